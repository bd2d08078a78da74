import { createHmac } from 'node:crypto'
import type { Core } from '../../core.ts'
import { randomId } from '../../random.ts'
import { readNonceSecret, writeNonceSecret } from '../../store/settings.ts'
import type { RequestContext } from '../context.ts'

/** How long a nonce is the newest. It is accepted as long again. */
export const NONCE_WINDOW_MS = 60_000

/** Nonces a proof may have now, the newest first; null where none is asked for (RFC 9449 8). */
export const acceptedNonces = (context: RequestContext): [string, string] | null =>
  context.settings.dpopNonceRequired ? currentNonces(context) : null

/** The newest, and the one before it. */
export function currentNonces({ core, issuerName }: RequestContext): [string, string] {
  const window = Math.floor(core.clock.now() / NONCE_WINDOW_MS)
  const secret = secretOf(core)
  return [nonceOf(secret, issuerName, window), nonceOf(secret, issuerName, window - 1)]
}

/** Hands the client the newest nonce when the one it used is not that (RFC 9449 8.1, 8.2). */
export function offerNonce(
  { replyHeaders }: RequestContext,
  nonces: [string, string] | null,
  used: unknown,
): void {
  if (nonces !== null && used !== nonces[0]) replyHeaders.push(['dpop-nonce', nonces[0]])
}

/** Nothing is kept of a nonce: whoever has the secret makes it again. */
const nonceOf = (secret: string, issuerName: string, window: number): string =>
  createHmac('sha256', secret).update(`${issuerName} ${window}`).digest('base64url').slice(0, 22)

function secretOf({ database, random }: Core): string {
  const known = readNonceSecret(database.read)
  if (known !== undefined) return known
  const made = randomId(random, 32)
  database.write((writer) => writeNonceSecret(writer, made))
  return made
}
