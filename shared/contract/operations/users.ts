import { z } from 'zod'
import { command, query } from '../operation.ts'
import { claimValues, issuerName, jsonObject, nothing, scopeName, timestamp } from '../values.ts'

export const secondFactorState = z.enum(['off', 'pending', 'on'])

export const user = z.object({
  /** The `sub` claim. Never changes. */
  id: z.string(),
  username: z.string(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  active: z.boolean(),
  /** The one issuer that knows the user; null means every issuer does. */
  issuer: z.string().nullable(),
  /** Scopes this user may be granted; null means any. */
  allowedScopes: z.array(z.string()).nullable(),
  /** Further claims, as they appear in profile and tokens. */
  claims: jsonObject,
  secondFactor: secondFactorState,
  /** Until when wrong codes have locked the second factor; null when it is not locked. */
  secondFactorLockedUntil: timestamp.nullable(),
  lastLoginAt: timestamp.nullable(),
  createdAt: timestamp,
  updatedAt: timestamp,
})
export type User = z.infer<typeof user>

const username = z.string().trim().min(1).max(200)
// bcrypt looks at the first 72 bytes only; a longer password would be cut without a word.
const password = z
  .string()
  .min(1)
  .refine(
    (text) => new TextEncoder().encode(text).length <= 72,
    'must be at most 72 bytes (the bcrypt limit)',
  )

const profile = {
  name: z.string().max(200).nullable(),
  email: z.email().max(320).nullable(),
  active: z.boolean(),
  issuer: issuerName.nullable(),
  allowedScopes: z.array(scopeName).nullable(),
  claims: claimValues,
}

export const newUser = z.strictObject({
  /** Becomes the `sub` claim; the username when left out. */
  id: z.string().trim().min(1).max(255).optional(),
  username,
  password,
  name: profile.name.default(null),
  email: profile.email.default(null),
  active: profile.active.default(true),
  issuer: profile.issuer.default(null),
  allowedScopes: profile.allowedScopes.default(null),
  claims: profile.claims.default({}),
})
export type NewUser = z.infer<typeof newUser>

export const userChanges = z.strictObject({ username, password, ...profile }).partial()
export type UserChanges = z.infer<typeof userChanges>

const byId = z.strictObject({ id: z.string() })

export const secondFactor = z.object({
  state: secondFactorState,
  /** Base32; null when off, and so are the fields below. */
  secret: z.string().nullable(),
  provisioningUri: z.string().nullable(),
  /** PNG data URL of the provisioning URI. */
  qr: z.string().nullable(),
  /** The code of this moment on the issuer's clock (RFC 6238, 6 digits, 30 s, SHA-1). */
  code: z.string().nullable(),
  /** When `code` ends. */
  codeEndsAt: timestamp.nullable(),
  failures: z.number().int(),
  lockedUntil: timestamp.nullable(),
})
export type SecondFactor = z.infer<typeof secondFactor>

export const userOperations = {
  'users.list': query('All users, by username.', nothing, z.array(user)),
  'users.get': query('One user.', byId, user),
  'users.create': command('Add a user.', newUser, user),
  'users.update': command('Change a user.', z.strictObject({ id: z.string(), changes: userChanges }), user),
  'users.delete': command('Remove a user, with grants, tokens and sessions.', byId, nothing),
  'users.secondFactor': query("A user's second factor with the code of this moment.", byId, secondFactor),
  'users.enrolSecondFactor': command(
    'Give a user a new TOTP secret; it counts once a right code has confirmed it.',
    byId,
    secondFactor,
  ),
  'users.confirmSecondFactor': command(
    'Switch a pending second factor on with its first right code.',
    z.strictObject({ id: z.string(), code: z.string().regex(/^\d{6}$/, 'must be six digits') }),
    secondFactor,
  ),
  'users.resetSecondFactor': command(
    'Switch the second factor off and forget its secret.',
    byId,
    secondFactor,
  ),
  'users.unlockSecondFactor': command('Forget wrong codes and end a lock-out.', byId, secondFactor),
}
