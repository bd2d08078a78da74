import { z } from 'zod'
import { clientJwks } from './operations/clients.ts'
import {
  authorizationDetailsType,
  checkLevels,
  claimValues,
  idTokenClaims,
  profileName,
  refreshRotation,
  resourceUri,
  seconds,
  signingAlg,
  webUrl,
} from './values.ts'

export const cookieSecure = z.enum(['always', 'https-only'])

/** By the iss of their statements, keys inline or behind a URL. */
const statementPublishers = z
  .record(
    z.string().min(1).max(2_000),
    z
      .strictObject({ jwks: clientJwks, jwksUri: webUrl })
      .partial()
      .refine(
        ({ jwks, jwksUri }) => (jwks === undefined) !== (jwksUri === undefined),
        'must have jwks or jwksUri, and not both',
      ),
  )
  .refine((publishers) => Object.keys(publishers).length <= 100, 'must be at most 100 publishers')

/** What each issuer may have of its own. Lifetimes are seconds. */
const perIssuer = {
  signingAlg,
  /** Set of check levels for clients that have none of their own. */
  profile: profileName,
  /** Levels of single checks, over those of the profile. */
  checkLevels,
  accessTokenLifetime: seconds,
  refreshTokenLifetime: seconds,
  pendingTokenLifetime: seconds,
  sessionLifetime: seconds,
  refreshRotation,
  /** Seconds after its use in which a refresh token is answered again, under rotation `grace`. */
  refreshGracePeriod: seconds,
  /** Claims of every token, under those of the client, the user and the request. */
  claims: claimValues,
  idTokenClaims,
  /** The implicit and hybrid response types, which RFC 9700 2.1.2 advises against. */
  legacyResponseTypes: z.boolean(),
  /** Whether a DPoP proof must carry a nonce of the issuer's (RFC 9449 8). */
  dpopNonceRequired: z.boolean(),
  /** APIs that tokens may be asked for (RFC 8707), beside the issuer's own; null means any, but for the profile strict. */
  resources: z.array(resourceUri).max(1_000).nullable(),
  /** Types of authorization_details that are known (RFC 9396 2). */
  authorizationDetailsTypes: z.array(authorizationDetailsType).max(100),
  /** Who may register clients (RFC 7591 3): nobody, anybody, or who has an initial access token. */
  registration: z.enum(['off', 'open', 'protected']),
  /** Whose software statements count when a client registers (RFC 7591 2.3). */
  statementPublishers,
}

/** What an issuer has of its own; what it leaves out is as for the default issuer. */
export const issuerSettings = z.strictObject(perIssuer).partial()
export type IssuerSettings = z.infer<typeof issuerSettings>

const orNull = <T extends Record<string, z.ZodType>>(shape: T) =>
  Object.fromEntries(Object.entries(shape).map(([name, field]) => [name, field.nullable()])) as {
    [K in keyof T]: z.ZodNullable<T[K]>
  }

/** The same as somebody sends them, where null says like leaving out: as for the default issuer. */
export const issuerSettingsInput = z.strictObject(orNull(perIssuer)).partial()
export type IssuerSettingsInput = z.infer<typeof issuerSettingsInput>

/** Workspace settings: those of the default issuer, and those that no issuer has for itself. */
export const settings = z.strictObject({
  ...perIssuer,
  /** Client that a password grant without client_id belongs to, as the tutorial's clients send none. */
  defaultClientId: z.string(),
  /** A hash below this cost is upgraded at the next login. */
  bcryptCost: z.number().int().min(4).max(15),
  /** `https-only` leaves Secure off while the issuer is plain http, since many clients then never send the cookie back. */
  cookieSecure,
  /** Seconds the sample API's clock (/me, /items) is ahead of the issuer's; behind it when negative. */
  apiClockSkew: z.number().int().min(-86_400).max(86_400),
  /** How many exchanges the log keeps. */
  exchangesKept: z.number().int().min(100).max(1_000_000),
})
export type Settings = z.infer<typeof settings>

export const settingsChanges = settings.partial()
export type SettingsChanges = z.infer<typeof settingsChanges>

export const defaultSettings: Settings = {
  signingAlg: 'RS256',
  profile: 'standard',
  checkLevels: {},
  accessTokenLifetime: 900,
  refreshTokenLifetime: 604_800,
  pendingTokenLifetime: 300,
  sessionLifetime: 86_400,
  refreshRotation: 'strict',
  refreshGracePeriod: 30,
  claims: {},
  idTokenClaims: 'minimal',
  legacyResponseTypes: false,
  dpopNonceRequired: false,
  resources: null,
  authorizationDetailsTypes: [],
  registration: 'open',
  statementPublishers: {},
  defaultClientId: 'demo-spa',
  bcryptCost: 10,
  cookieSecure: 'always',
  apiClockSkew: 0,
  exchangesKept: 5_000,
}
