import { z } from 'zod'
import { command, query } from '../operation.ts'
import { encryptionKeyAlg, issuerName, jsonObject, nothing, signingAlg, timestamp } from '../values.ts'

/**
 * `active`: signs new tokens, and is in the JWKS. `published`: in the JWKS without signing access tokens; answers to clients that
 * ask for its algorithm are signed with it. `retired`: out of the JWKS, but the issuer itself still takes what it signed.
 * `revoked`: what it signed is refused everywhere.
 *
 * A key that others encrypt with signs nothing, and so is never active: `published` it is offered, `retired` it still decrypts
 * what is under way, `revoked` it decrypts nothing.
 */
export const keyState = z.enum(['active', 'published', 'retired', 'revoked'])
export type KeyState = z.infer<typeof keyState>

const keyUse = z.enum(['access', 'refresh', 'encryption'])

export const keyAlg = z.enum([...signingAlg.options, ...encryptionKeyAlg.options])

export const key = z.object({
  kid: z.string(),
  /** Name of the issuer whose key it is. */
  issuer: z.string(),
  alg: keyAlg,
  /**
   * `access` signs access and ID tokens and all signed answers; `refresh` refresh tokens, which nobody else verifies;
   * `encryption` decrypts request objects that clients encrypted for the issuer.
   */
  use: keyUse,
  state: keyState,
  /** Signs new tokens now. */
  active: z.boolean(),
  createdAt: timestamp,
  /** When it came into its state. */
  changedAt: timestamp,
  /** Null for a symmetric key, which is never published. */
  publicJwk: jsonObject.nullable(),
})
export type Key = z.infer<typeof key>

/** Tokens of the ledger that a key signed. ID tokens are not in the ledger. */
export const keyUsage = z.object({
  kid: z.string(),
  /** Those that count now. */
  live: z.number().int(),
  all: z.number().int(),
})
export type KeyUsage = z.infer<typeof keyUsage>

const one = z.strictObject({ kid: z.string().max(200) })
const place = {
  /** The default issuer when left out. */
  issuer: issuerName.optional(),
  use: keyUse.default('access'),
  /**
   * Whether it signs at once. Else it waits in the JWKS, so that clients know it before the first token comes. One for encryption
   * is in the JWKS either way; this takes those of its kind out, which go on decrypting.
   */
  activate: z.boolean().default(false),
}

export const keyOperations = {
  'keys.list': query('Keys, public parts only.', nothing, z.array(key)),
  'keys.get': query('One key, its public half also as PEM.', one, key.extend({ pem: z.string().nullable() })),
  'keys.usage': query('How many tokens each key signed.', nothing, z.array(keyUsage)),
  'keys.jwks': query(
    'The JWKS of an issuer, as everybody sees it.',
    z.strictObject({ issuer: issuerName.optional() }),
    z.object({
      /** Null while the issuer does not listen. */
      url: z.string().nullable(),
      jwks: z.object({ keys: z.array(jsonObject) }),
    }),
  ),
  'keys.secret': query(
    'The HS256 secret, base64url, which an API needs to verify tokens signed with it.',
    z.strictObject({ kid: z.string() }),
    z.object({ secret: z.string() }),
  ),
  'keys.generate': command(
    'Make a key to sign with, or a pair that clients encrypt request objects for.',
    z.strictObject({ ...place, alg: keyAlg }),
    key,
  ),
  'keys.import': command(
    "Take a private key as one of the issuer's: a JWK, or PEM without passphrase.",
    z.strictObject({
      ...place,
      text: z.string().max(20_000),
      /** For a key that could sign with several, as an RSA one; its own `alg` where it names one. */
      alg: keyAlg.optional(),
    }),
    key,
  ),
  'keys.activate': command(
    'Let a key sign; the issuer is set to its algorithm. The one that signed until now stays in the JWKS.',
    one,
    key,
  ),
  'keys.publish': command('Put a retired key back into the JWKS.', one, key),
  'keys.retire': command(
    'Take a key out of the JWKS. Who verifies by the JWKS refuses its tokens; the issuer itself still takes them.',
    one,
    key,
  ),
  'keys.revoke': command(
    'Refuse everything a key signed, now and later, or was encrypted for. Its tokens go on the deny list.',
    one,
    key,
  ),
  'keys.restore': command(
    'Take the revocation of a key back, and that of the tokens revoked with it.',
    one,
    key,
  ),
  'keys.delete': command(
    'Forget a key for good. Refused while it signs, or while tokens live that it signed.',
    one,
    nothing,
  ),
}
