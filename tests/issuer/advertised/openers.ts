import { createHash } from 'node:crypto'
import { compactDecrypt } from 'jose'
import type { InputOf } from '../../../shared/contract/operations/index.ts'
import { contentEncryptions, isSecretEncryption, keyEncryptions } from '../../../shared/protocol/jwe.ts'
import { openingKey } from '../../support/encryption.ts'
import type { Issuer } from '../../support/issuer.ts'

/** By client: what opens the answers it gets. */
export type Openers = ReadonlyMap<string, (jwe: string) => Promise<string>>

/** How a client is called that gets its answers encrypted like this. */
export const openerId = (alg: string, enc = 'A128CBC-HS256'): string => `opener.${alg}.${enc}`

/** Every alg with the usual enc, and every enc with one alg. */
const ways = [
  ...keyEncryptions.map((alg) => [alg, 'A128CBC-HS256'] as const),
  ...contentEncryptions.slice(1).map((enc) => ['ECDH-ES', enc] as const),
]

type Options = Omit<InputOf<'clients.create'>, 'id'> & { secret: string }

/** A client for each way to encrypt, which gets all its answers so. */
export async function registerOpeners(issuer: Issuer, options: Options): Promise<Openers> {
  const pairs = { RSA: await openingKey('RSA'), EC: await openingKey('EC') }
  const openers = new Map<string, (jwe: string) => Promise<string>>()
  for (const [alg, enc] of ways) {
    const secret = isSecretEncryption(alg)
    const pair = pairs[alg.startsWith('RSA') ? 'RSA' : 'EC']
    await issuer.call('clients.create', {
      ...options,
      id: openerId(alg, enc),
      authMethods: ['client_secret_post'],
      jwks: secret ? null : { keys: [pair.jwk] },
      userinfoSignedResponseAlg: 'ES256',
      idTokenEncryptedResponseAlg: alg,
      idTokenEncryptedResponseEnc: enc,
      userinfoEncryptedResponseAlg: alg,
      userinfoEncryptedResponseEnc: enc,
      introspectionEncryptedResponseAlg: alg,
      introspectionEncryptedResponseEnc: enc,
      authorizationEncryptedResponseAlg: alg,
      authorizationEncryptedResponseEnc: enc,
    })
    openers.set(openerId(alg, enc), async (jwe) => {
      if (!secret) return (await pair.open(jwe)).text
      const { plaintext } = await compactDecrypt(jwe, secretKeyOf(options.secret, alg, enc))
      return new TextDecoder().decode(plaintext)
    })
  }
  return openers
}

const wrapping: Readonly<Record<string, number>> = { A128KW: 16, A256KW: 32 }
const content: Readonly<Record<string, number>> = { A128GCM: 16, 'A256CBC-HS512': 64 }

/** OpenID Connect Core 1.0 10.2 */
export function secretKeyOf(secret: string, alg: string, enc: string): Uint8Array {
  const length = wrapping[alg] ?? content[enc] ?? 32
  const hash = createHash(length > 32 ? 'sha512' : 'sha256').update(secret)
  return hash.digest().subarray(0, length)
}
