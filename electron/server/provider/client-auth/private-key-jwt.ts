import { compactVerify, importJWK } from 'jose'
import { algorithmsOf, type PublicJwk } from '../../../../shared/protocol/jwk.ts'
import type { DecodedJwt } from '../../../../shared/protocol/jwt.ts'
import type { Core } from '../../core.ts'
import type { ClientRecord } from '../../store/clients.ts'
import { keyName } from '../../tokens/client-keys.ts'
import type { SignatureFacts } from './signature-facts.ts'

// Threat: a JWT that chooses how it is checked (alg none, or HS256 with the public key as secret). The registered key says
// which algorithms are its own; the header only picks one of them.

/**
 * A JWT signed with a key pair whose public half is registered (OpenID Connect Core 1.0 9).
 *
 * @param who whose keys they are, for what it says of them
 */
export async function verifyWithKeyPair(
  { clientKeys }: Core,
  holder: Pick<ClientRecord, 'jwks' | 'jwksUri'>,
  { token, header }: DecodedJwt,
  who = 'the client',
): Promise<SignatureFacts> {
  const kid = typeof header?.kid === 'string' ? header.kid : null
  let keys: readonly PublicJwk[]
  try {
    keys = await clientKeys.of(holder, kid)
  } catch (error) {
    return unavailable(error instanceof Error ? error.message : String(error))
  }
  const facts = {
    keysProblem: null,
    algorithms: [...new Set(keys.flatMap(algorithmsOf))],
    secretBytes: null,
  }
  const alg = typeof header?.alg === 'string' ? header.alg : 'none'
  const candidates = keys.filter(
    (key) => algorithmsOf(key).includes(alg) && (kid === null || key.kid === undefined || key.kid === kid),
  )
  if (candidates.length === 0) {
    return { ...facts, signature: 'unknown_key', reason: unknownKey(who, { kid, alg, keys }) }
  }
  for (const key of candidates) {
    if (await signed(token, key, alg)) {
      return { ...facts, signature: 'valid', reason: `signed with ${keyName(key)}` }
    }
  }
  return { ...facts, signature: 'invalid', reason: `does not match ${candidates.map(keyName).join(', ')}` }
}

const unavailable = (problem: string): SignatureFacts => ({
  keysProblem: problem,
  algorithms: [],
  secretBytes: null,
  signature: 'unknown_key',
  reason: problem,
})

const unknownKey = (
  who: string,
  { kid, alg, keys }: { kid: string | null; alg: string; keys: readonly PublicJwk[] },
): string =>
  kid === null
    ? `no key of ${who} is for ${alg}`
    : `no key for ${alg} has the kid "${kid}"; ${who} has ${keys.map(keyName).join(', ')}`

/** A key that cannot be imported has signed nothing. */
async function signed(token: string, jwk: PublicJwk, alg: string): Promise<boolean> {
  try {
    await compactVerify(token, await importJWK(jwk, alg), { algorithms: [alg] })
    return true
  } catch {
    return false
  }
}
