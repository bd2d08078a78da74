import { z } from 'zod'
import { profileName, seconds, signingAlg } from './values.ts'

export const cookieSecure = z.enum(['always', 'https-only'])

/** Workspace settings. Lifetimes are seconds. */
export const settings = z.strictObject({
  signingAlg,
  /** Set of check levels for clients that have none of their own. */
  profile: profileName,
  accessTokenLifetime: seconds,
  refreshTokenLifetime: seconds,
  pendingTokenLifetime: seconds,
  sessionLifetime: seconds,
  /** Client that a password grant without client_id belongs to, as the tutorial's clients send none. */
  defaultClientId: z.string(),
  /** A hash below this cost is upgraded at the next login. */
  bcryptCost: z.number().int().min(4).max(15),
  /** `https-only` leaves Secure off while the issuer is plain http, since many clients then never send the cookie back. */
  cookieSecure,
  /** How many exchanges the log keeps. */
  exchangesKept: z.number().int().min(100).max(1_000_000),
})
export type Settings = z.infer<typeof settings>

export const settingsChanges = settings.partial()
export type SettingsChanges = z.infer<typeof settingsChanges>

export const defaultSettings: Settings = {
  signingAlg: 'RS256',
  profile: 'standard',
  accessTokenLifetime: 900,
  refreshTokenLifetime: 604_800,
  pendingTokenLifetime: 300,
  sessionLifetime: 86_400,
  defaultClientId: 'demo-spa',
  bcryptCost: 10,
  cookieSecure: 'always',
  exchangesKept: 5_000,
}
