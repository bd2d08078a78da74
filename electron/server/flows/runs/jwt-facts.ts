import { compactVerify, createLocalJWKSet, errors, type JSONWebKeySet } from 'jose'
import { jsonValue } from '../../../../shared/flow/client/context.ts'
import type { FlowContext, JwtFacts, KeyFinding } from '../../../../shared/flow/client/types.ts'
import { decodeJwt, type JsonObject } from '../../../../shared/protocol/jwt.ts'
import { decrypt } from '../../tokens/jwe/decrypt.ts'
import { keyOfSecret } from '../../tokens/jwe/secret-key.ts'
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
  if (form !== 'jwe' || header === null) return { signed: token, encryption: null }
  const [alg, enc] = [String(header.alg), String(header.enc)]
  const key = keyFor(secrets, alg, enc)
  const failed = (observed: string) => ({
    signed: null,
    encryption: { holds: false, observed, tried: key !== null },
  })
  if (key === null) return failed(`${alg}, and the profile has no key for that`)
  try {
    const signed = await decrypt(token, header, key)
    return { signed, encryption: { holds: true, observed: `${alg}, ${enc}`, tried: true } }
  } catch (error) {
    return failed(`${alg}: ${error instanceof Error ? error.message : error}`)
  }
}

/** The private key of the profile; for a symmetric algorithm the one made of its secret. Null where it has none of that kind. */
function keyFor(
  { secret, privateJwk }: ProfileSecrets,
  alg: string,
  enc: string,
): JsonObject | Buffer | null {
  if (/^(?:RSA|ECDH)/.test(alg)) return privateJwk
  return /^(?:dir|A\d+(?:GCM)?KW)$/.test(alg) && secret !== null ? keyOfSecret(secret, alg, enc) : null
}

async function verify({ secrets }: Keys, context: FlowContext, token: string): Promise<KeyFinding> {
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
