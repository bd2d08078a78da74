import { isSecretEncryption } from './jwe.ts'
import { encryptionsOf, type PublicJwk } from './jwk.ts'

/** What a client may have encrypted, or encrypts itself: its name in our settings and in client metadata. */
const encryptions = [
  { answer: true, field: 'idTokenEncryptedResponse', member: 'id_token_encrypted_response' },
  { answer: true, field: 'userinfoEncryptedResponse', member: 'userinfo_encrypted_response' },
  { answer: true, field: 'authorizationEncryptedResponse', member: 'authorization_encrypted_response' },
  { answer: true, field: 'introspectionEncryptedResponse', member: 'introspection_encrypted_response' },
  { answer: false, field: 'requestObjectEncryption', member: 'request_object_encryption' },
] as const

type Field = (typeof encryptions)[number]['field']

/** The settings of a client that decide over encryption. */
export type EncryptionSettings = Readonly<Record<`${Field}Alg` | `${Field}Enc`, string | null>> & {
  jwks: { keys: readonly PublicJwk[] } | null
  jwksUri: string | null
}

export interface EncryptionProblem {
  field: `${Field}Alg` | `${Field}Enc`
  /** The same setting in client metadata (OpenID Connect Registration 1.0 2, JARM 3, RFC 9701 6). */
  member: string
  /** The end of a sentence that begins with the setting. */
  problem: string
}

/**
 * What of a client's encryption does not fit together: an `enc` without its `alg`, or an `alg` nobody has a key for. Keys behind a
 * URL are taken on trust until they are needed.
 *
 * @param hasSecret whether client and issuer share a secret
 */
export const encryptionProblems = (client: EncryptionSettings, hasSecret: boolean): EncryptionProblem[] =>
  encryptions.flatMap(({ answer, field, member }): EncryptionProblem[] => {
    const [alg, enc] = [client[`${field}Alg`], client[`${field}Enc`]]
    if (alg === null) {
      if (enc === null) return []
      const problem = `says how the content is encrypted, and ${member}_alg not how its key is`
      return [{ field: `${field}Enc`, member: `${member}_enc`, problem }]
    }
    const problem = keyProblem(client, alg, { answer, hasSecret })
    return problem === null ? [] : [{ field: `${field}Alg`, member: `${member}_alg`, problem }]
  })

function keyProblem(
  { jwks, jwksUri }: EncryptionSettings,
  alg: string,
  { answer, hasSecret }: { answer: boolean; hasSecret: boolean },
): string | null {
  if (isSecretEncryption(alg)) return hasSecret ? null : `is ${alg}, which takes a client secret`
  // With a key pair a request is encrypted for the issuer, by the issuer's key.
  if (!answer || jwksUri !== null || jwks?.keys.some((key) => encryptionsOf(key).includes(alg))) return null
  return `is ${alg}, and none of the client's public keys is for that: register one with use "enc"`
}
