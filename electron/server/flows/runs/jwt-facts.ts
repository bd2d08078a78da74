import { createHash } from 'node:crypto'
import {
  compactDecrypt,
  compactVerify,
  createLocalJWKSet,
  errors,
  importJWK,
  type JSONWebKeySet,
  type JWK,
} from 'jose'
import { jsonValue } from '../../../../shared/flow/client/context.ts'
import type { FlowContext, JwtFacts, KeyFinding } from '../../../../shared/flow/client/types.ts'
import { decodeJwt } from '../../../../shared/protocol/jwt.ts'
import type { ProfileSecrets, RunRecord } from './record.ts'

// What keys say of JWTs that an issuer sent: its own are in the JWKS the run fetched, those of the client in its profile.

type Keys = Pick<RunRecord, 'secrets'>

export async function jwtFacts(run: Keys, context: FlowContext, token: string): Promise<JwtFacts> {
  const { signed, encryption } = await decrypted(run.secrets, token)
  const signature =
    signed === null
      ? { holds: false, observed: 'it could not be decrypted' }
      : await verify(run, context, signed)
  return { signed, encryption, signature }
}

/** A JWT out of its encryption, where it has one (RFC 7516). */
export async function decrypted(
  secrets: ProfileSecrets,
  token: string,
): Promise<Pick<JwtFacts, 'signed' | 'encryption'>> {
  const { form, header } = decodeJwt(token)
  if (form !== 'jwe') return { signed: token, encryption: null }
  const alg = String(header?.alg)
  const failed = (reason: string) => ({ signed: null, encryption: { holds: false, observed: reason } })
  try {
    const key = await decryptionKey(secrets, alg, String(header?.enc))
    if (key === null) return failed(`${alg}, and the profile has no key for that`)
    const { plaintext } = await compactDecrypt(token, key)
    const signed = Buffer.from(plaintext).toString('utf8')
    return { signed, encryption: { holds: true, observed: `${alg}, ${String(header?.enc)}` } }
  } catch (error) {
    return failed(`${alg}: ${error instanceof Error ? error.message : error}`)
  }
}

/** The private key of the profile; for a symmetric algorithm its secret, hashed (OpenID Connect Core 1.0 10.2). */
async function decryptionKey({ secret, privateJwk }: ProfileSecrets, alg: string, enc: string) {
  if (/^(?:RSA|ECDH)/.test(alg)) {
    if (privateJwk === null) return null
    // Made to sign with; its owner may have registered it to be encrypted for, too.
    const { alg: _alg, use: _use, key_ops: _operations, ...bare } = privateJwk
    return importJWK(bare as JWK, alg)
  }
  const bits = keyBits(alg, enc)
  if (secret === null || bits === null) return null
  const hash = bits <= 256 ? 'sha256' : bits === 384 ? 'sha384' : 'sha512'
  return createHash(hash)
    .update(secret)
    .digest()
    .subarray(0, bits / 8)
}

/** How long the key of a symmetric algorithm is (RFC 7518 4.4, 4.5, 4.7); null for any other. */
function keyBits(alg: string, enc: string): number | null {
  const found = alg === 'dir' ? /(?:^A|HS)(\d+)(?:GCM)?$/.exec(enc) : /^A(\d+)(?:GCM)?KW$/.exec(alg)
  return found ? Number(found[1]) : null
}

export async function verify({ secrets }: Keys, context: FlowContext, token: string): Promise<KeyFinding> {
  const alg = String(decodeJwt(token).header?.alg ?? '')
  const jwks = jsonValue(context, 'jwks')
  try {
    if (alg.startsWith('HS')) {
      if (secrets.secret === null) return { holds: false, observed: `${alg}, and the profile has no secret` }
      await compactVerify(token, new TextEncoder().encode(secrets.secret))
      return { holds: true, observed: `${alg} with the client secret` }
    }
    if (!Array.isArray(jwks.keys)) return { holds: false, observed: 'no keys were fetched to verify it with' }
    const { protectedHeader } = await compactVerify(
      token,
      createLocalJWKSet(jwks as unknown as JSONWebKeySet),
    )
    return { holds: true, observed: `${alg} with key ${protectedHeader.kid ?? 'without kid'}` }
  } catch (error) {
    return { holds: false, observed: problemOf(error, token) }
  }
}

function problemOf(error: unknown, token: string): string {
  const { kid } = decodeJwt(token).header ?? {}
  if (error instanceof errors.JWKSNoMatchingKey) return `no key ${JSON.stringify(kid)} in the JWKS`
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'the signature does not fit'
  return error instanceof Error ? error.message : String(error)
}
