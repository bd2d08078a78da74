import { z } from 'zod'

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

export const profileName = z.enum(['strict', 'standard', 'lenient'])
export type ProfileName = z.infer<typeof profileName>

export const jsonObject = z.record(z.string(), z.unknown())
