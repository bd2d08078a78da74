import { generateKeyPairSync, sign } from 'node:crypto'
import { ContractError, notFound } from '../../../../shared/contract/envelope.ts'
import type { ParsedInputOf } from '../../../../shared/contract/operations/index.ts'
import { type BreakTools, findBreak } from '../../../../shared/protocol/breaks/index.ts'
import { decodeToken } from '../../../../shared/protocol/jose.ts'
import type { JsonObject } from '../../../../shared/protocol/jwt.ts'
import type { Core } from '../../core.ts'
import { type LabKey, secretBytes, signingAlgorithms, toKeyObject } from './key-material.ts'
import { hmacOf, labSigningKey, signatureWith } from './sign.ts'

/**
 * Breaks a token in one way.
 *
 * @throws ContractError `not_found` for an unknown way; `refused` when this token cannot be broken so
 */
export async function breakForLab(core: Core, input: ParsedInputOf<'lab.break'>): Promise<{ token: string }> {
  const plan = planBreak(core, input)
  if ('unfit' in plan) throw new ContractError('refused', plan.unfit)
  return { token: await plan.apply() }
}

/**
 * How to break a token in one way, or why that cannot be.
 *
 * @throws ContractError `not_found` for an unknown way or key
 */
export function planBreak(
  core: Core,
  { token, breakId, key }: ParsedInputOf<'lab.break'>,
): { apply(): Promise<string> } | { unfit: string } {
  const way = findBreak(breakId)
  if (!way) throw notFound('way to break a token', breakId)
  const { header, claims, token: found, serialization } = decodeToken(token.trim())
  const parts = found.split('.')
  if (!header || !claims || serialization !== 'compact' || parts.length !== 3)
    return { unfit: 'Only a compact JWT with readable header and claims can be broken.' }
  const [head = '', payload = '', signature = ''] = parts
  const breakable = { header, claims, parts: { header: head, payload, signature } }
  const tools = toolsFor(core, key, header)
  const unfit = way.unfit?.(breakable, tools) ?? null
  return unfit === null ? { apply: async () => way.apply(breakable, tools) } : { unfit }
}

function toolsFor(core: Core, key: ParsedInputOf<'lab.break'>['key'], header: JsonObject): BreakTools {
  const signer = labSigningKey(core, key)
  const alg = key.kind === 'secret' ? 'HS256' : signer && (pick(signer, header.alg) ?? null)
  // A key that signs nothing cannot be asked to.
  const usable = key.kind !== 'none' && alg !== null
  const stranger = makeStranger()
  return {
    now: Math.floor(core.clock.now() / 1000),
    signer: usable ? { kid: typeof signer?.jwk.kid === 'string' ? signer.jwk.kid : null, alg } : null,
    sign: async (input) => signatureWith(core, key, alg ?? '', input),
    signAsStranger: async (input) => stranger.sign(input),
    strangerJwk: stranger.jwk,
    hmac: (secret, text) => hmacOf('HS256', secretBytes(secret, 'text'), text),
    publicPem: signer && signer.jwk.kty !== 'oct' ? pemOf(signer) : null,
  }
}

/** The token's own algorithm where the key has it, so that nothing but the one thing is wrong. */
function pick(signer: LabKey, alg: unknown): string | undefined {
  const fits = signingAlgorithms(signer)
  return fits.find((name) => name === alg) ?? fits[0]
}

const pemOf = (key: LabKey): string =>
  toKeyObject(key, 'public').export({ format: 'pem', type: 'spki' }).toString()

/** A key that was made for this one token, and that nobody has reason to trust. */
function makeStranger(): { jwk: JsonObject; sign(input: string): string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return {
    jwk: { ...publicKey.export({ format: 'jwk' }) },
    sign: (input) =>
      sign('sha256', Buffer.from(input), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString(
        'base64url',
      ),
  }
}
