import { z } from 'zod'
import { levelProblem } from '../protocol/checks/registry.ts'
import { referenceProblems } from '../protocol/claim-references.ts'

// Field types that several nouns share. Times are epoch milliseconds on the issuer's clock unless a name says otherwise.

export const timestamp = z.number().int()
export const seconds = z.number().int().positive().max(315_360_000)
export const nothing = z.strictObject({})

/** RFC 6749 3.3: a scope-token is printable ASCII without space, double quote and backslash. */
export const scopeName = z
  .string()
  .regex(
    /^[\x21\x23-\x5B\x5D-\x7E]{1,100}$/,
    'must be 1 to 100 printable ASCII characters without space, " or \\',
  )

/** RFC 6749 appendix A.1: client_id is VSCHAR. */
export const clientId = z
  .string()
  .regex(/^[\x21-\x7E]{1,200}$/, 'must be 1 to 200 printable ASCII characters')

export const signingAlg = z.enum(['RS256', 'PS256', 'ES256', 'EdDSA', 'HS256'])
export type SigningAlg = z.infer<typeof signingAlg>

/**
 * What a key pair of an issuer is for that others encrypt with: `RSA-OAEP-256` for any way with RSA, `ECDH-ES` for any with a curve.
 */
export const encryptionKeyAlg = z.enum(['RSA-OAEP-256', 'ECDH-ES'])
export type EncryptionKeyAlg = z.infer<typeof encryptionKeyAlg>

export const profileName = z.enum(['strict', 'standard', 'lenient'])
export type ProfileName = z.infer<typeof profileName>

export const jsonObject = z.record(z.string(), z.unknown())

/** Claims by name. Those that are held elsewhere have the form of the standard (OpenID Connect Core 1.0 5.6.2). */
export const claimValues = jsonObject.superRefine((claims, context) => {
  for (const { path, message } of referenceProblems(claims)) {
    context.addIssue({ code: 'custom', path, message })
  }
})

/** `default` lives at the root of the host; any other at `/{name}`. */
export const issuerName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'must be 1 to 40 lower-case letters, digits and hyphens')

export const DEFAULT_ISSUER = 'default'

/** What stands at `/{name}` already, so that no issuer can: the default one's own routes. */
const TAKEN = [
  '2fa authorize device docs interaction introspect items jwks login logout me par refresh register revoke token userinfo',
  DEFAULT_ISSUER,
]
  .join(' ')
  .split(' ')

/** Of an issuer beside the default one. */
export const newIssuerName = issuerName.refine((name) => !TAKEN.includes(name), {
  error: ({ input }) => `must not be "${input}", which is a path of the default issuer`,
})

/** Of checks, by id: instead of the level the profile gives them. A check that leaves nothing to go on with keeps its. */
export const checkLevels = z
  .record(z.string().max(100), z.enum(['enforce', 'warn', 'off']))
  .superRefine((levels, context) => {
    for (const [id, level] of Object.entries(levels)) {
      const message = levelProblem(id, level)
      if (message !== null) context.addIssue({ code: 'custom', path: [id], message })
    }
  })
export type CheckLevels = z.infer<typeof checkLevels>

/**
 * What becomes of a refresh token that is used. `strict`: it is used up, and a second use revokes its family. `grace`: the
 * same, but a second use within the grace period is answered. `none`: it goes on until it expires.
 */
export const refreshRotation = z.enum(['strict', 'grace', 'none'])
export type RefreshRotation = z.infer<typeof refreshRotation>

/**
 * What an ID token says of the user beside who they are. `minimal`: only what was asked for by name, or set for issuer or
 * client; the rest comes from userinfo (OpenID Connect Core 1.0 5.4). `all`: whatever userinfo would.
 */
export const idTokenClaims = z.enum(['minimal', 'all'])

/** RFC 8707 2 */
export const resourceUri = z
  .string()
  .max(2_000)
  .refine(
    (uri) => URL.canParse(uri) && /^[\x21-\x7E]+$/.test(uri) && !uri.includes('#'),
    'must be an absolute URI without a fragment',
  )

/** What the core may be asked to call. */
export const webUrl = z
  .url({ protocol: /^https?$/ })
  .max(2_000)
  .refine(
    (url) => URL.canParse(url) && new URL(url).username === '' && new URL(url).password === '',
    'must have no user name and no password',
  )

/** RFC 9396 2: any name or URI. */
export const authorizationDetailsType = z.string().min(1).max(200)
