import {
  contentEncryptions,
  DEFAULT_CONTENT_ENCRYPTION,
  keyEncryptions,
} from '../../../shared/protocol/jwe.ts'
import { algorithm, type OptionField, type Row } from './option-rows.ts'

type EncryptionField =
  | {
      [Name in OptionField]: Name extends `${infer Field extends string}EncryptedResponseAlg`
        ? `${Field}EncryptedResponse`
        : never
    }[OptionField]
  | 'requestObjectEncryption'

const byKeyPair = 'With its public key, or a key made of its secret (OpenID Connect Core 1.0 10.2).'
const content = 'How the content itself is encrypted.'
const inTheClear = 'Not encrypted'

/** The two settings that decide how one thing is encrypted. */
const encryption = (
  field: EncryptionField,
  name: string,
  what: string,
  { about = byKeyPair, nullMeans = inTheClear } = {},
): Row[] => [
  [`${field}Alg`, `${name}_alg`, `${what} encrypted by`, about, algorithm(nullMeans, keyEncryptions)],
  [
    `${field}Enc`,
    `${name}_enc`,
    `${what}: content`,
    content,
    algorithm(DEFAULT_CONTENT_ENCRYPTION, contentEncryptions),
  ],
]

/** What is encrypted for a client, and by it. */
export const encrypted: Row[] = [
  ...encryption('idTokenEncryptedResponse', 'id_token_encrypted_response', 'ID tokens'),
  ...encryption('userinfoEncryptedResponse', 'userinfo_encrypted_response', 'Userinfo'),
  ...encryption('introspectionEncryptedResponse', 'introspection_encrypted_response', 'Introspection'),
  ...encryption('authorizationEncryptedResponse', 'authorization_encrypted_response', 'Login answers'),
  ...encryption('requestObjectEncryption', 'request_object_encryption', 'Request objects', {
    about: 'What it says it uses, with the issuer\'s key of use "enc" or a key made of its secret.',
    nullMeans: 'Any way, or none',
  }),
]
