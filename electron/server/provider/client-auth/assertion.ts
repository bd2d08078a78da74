import {
  type AssertionChecks,
  type AssertionFacts,
  LONGEST_LIFE_MS,
  numericDate,
} from '../../../../shared/protocol/checks/assertion/index.ts'
import { secretAlgorithms } from '../../../../shared/protocol/jwk.ts'
import { type DecodedJwt, decodeJwt, signedJwtProblem } from '../../../../shared/protocol/jwt.ts'
import type { Core } from '../../core.ts'
import { useAssertion } from '../../store/assertions.ts'
import type { ClientRecord } from '../../store/clients.ts'
import { hashOf } from '../../tokens/read.ts'
import { check, type RequestContext } from '../context.ts'
import { issuerUrls } from '../issuer-url.ts'
import { noteForeignAudience } from '../own.ts'
import { verifyWithSecret } from './client-secret-jwt.ts'
import { noteWrongSecret, notGuessing } from './guesses.ts'
import { verifyWithKeyPair } from './private-key-jwt.ts'
import type { SignatureFacts } from './signature-facts.ts'

/** Takes an assertion apart. @throws OAuthError when it is no signed JWT or has no sub */
export function readAssertion(
  context: RequestContext,
  assertion: string,
  { readable }: Pick<AssertionChecks, 'readable'>,
): DecodedJwt & { subject: string } {
  const decoded = decodeJwt(assertion)
  const claims = decoded.claims ?? {}
  check(context, readable, { problem: signedJwtProblem(decoded), claims })
  return { ...decoded, subject: claims.sub as string }
}

/** Whether the header names an algorithm for secrets (RFC 7518 3.2). */
export const isForSecret = ({ header }: DecodedJwt): boolean =>
  typeof header?.alg === 'string' && secretAlgorithms.includes(header.alg)

/**
 * Whether the client signed this, for this issuer, for now and for the first time (RFC 7523 3).
 *
 * @throws OAuthError what the checks say
 */
export async function acceptAssertion(
  context: RequestContext,
  client: ClientRecord,
  decoded: DecodedJwt,
  { genuine, unused }: AssertionChecks,
): Promise<void> {
  const { core } = context
  const { header, claims } = decoded
  const bySecret = isForSecret(decoded)
  if (bySecret) notGuessing(context, client)
  const facts: AssertionFacts = {
    problem: null,
    header: header ?? {},
    claims: claims ?? {},
    clientId: client.id,
    ...(await signatureOf(core, client, decoded)),
    audiences: audiencesOf(context),
    now: core.clock.now(),
    usedAt: null,
  }
  if (bySecret && facts.signature === 'invalid') noteWrongSecret(context, client)
  noteForeignAudience(context, facts.claims.aud)
  check(context, genuine, facts)
  check(context, unused, { ...facts, usedAt: noteUse(context, client, 'assertion', facts) })
}

/** The issuer, its token endpoint and the endpoint it was sent to, under every name of the issuer (RFC 7523 3). */
function audiencesOf(context: RequestContext): string[] {
  const paths = new Set(['', '/token', context.path])
  return issuerUrls(context).flatMap((name) => [...paths].map((path) => name + path))
}

/** How the signature of a JWT holds against the client's keys or, by its algorithm or for want of keys, its secret. */
export function signatureOf(core: Core, client: ClientRecord, decoded: DecodedJwt): Promise<SignatureFacts> {
  const keyless = client.jwks === null && client.jwksUri === null && client.secret !== null
  return isForSecret(decoded) || keyless
    ? verifyWithSecret(client, decoded.token)
    : verifyWithKeyPair(core, client, decoded)
}

/**
 * Notes that a JWT was used for this purpose. Returns when it was before; null for the first time, and for one without jti.
 */
export function noteUse(
  { core }: RequestContext,
  { id }: ClientRecord,
  purpose: 'assertion' | 'request',
  { claims, now }: Pick<AssertionFacts, 'claims' | 'now'>,
): number | null {
  const { jti } = claims
  if (typeof jti !== 'string' || jti === '') return null
  // A lenient issuer takes assertions that live for years; they are not kept that long.
  const expiresAt = Math.min(numericDate(claims.exp) ?? now, now + LONGEST_LIFE_MS)
  return core.database.write((writer) =>
    useAssertion(writer, {
      clientId: id,
      jtiHash: hashOf(purpose === 'assertion' ? jti : `${purpose}:${jti}`),
      usedAt: now,
      expiresAt: Math.round(expiresAt),
    }),
  )
}
