import { z } from 'zod'
import { claimLayers } from '../../protocol/claim-layers.ts'
import { tokenVerdicts } from '../../protocol/token-verdict.ts'
import { command, query } from '../operation.ts'
import { jsonObject, refreshRotation, scopeName, seconds, timestamp } from '../values.ts'

export const tokenKind = z.enum(['access', 'refresh', 'pending'])
export type TokenKind = z.infer<typeof tokenKind>

export const tokenState = z.enum(['active', 'expired', 'consumed', 'revoked'])
export type TokenState = z.infer<typeof tokenState>

/** Who put a token on the deny list: whoever is at the workbench, its client, its user by logging out, or the issuer itself. */
export const revoker = z.enum(['workbench', 'client', 'user', 'issuer'])
export type Revoker = z.infer<typeof revoker>

/** One issued token: the ledger's row. The token itself is not kept, only its hash. */
export const tokenRow = z.object({
  jti: z.string(),
  /** `pending` waits for the second factor. */
  kind: tokenKind,
  state: tokenState,
  /** Name of the issuer it is of. */
  issuer: z.string(),
  /** Null for a token a client got for itself. */
  userId: z.string().nullable(),
  username: z.string().nullable(),
  clientId: z.string(),
  scopes: z.array(z.string()),
  grantId: z.string(),
  parentJti: z.string().nullable(),
  issuedAt: timestamp,
  /** When it ends at the issuer; its own exp may say something else. */
  expiresAt: timestamp,
  consumedAt: timestamp.nullable(),
  /** When it was first shown again after it was used up. */
  reusedAt: timestamp.nullable(),
  revokedAt: timestamp.nullable(),
  revokedBy: revoker.nullable(),
  revokedReason: z.string().nullable(),
})
export type TokenRow = z.infer<typeof tokenRow>

export const tokenDetail = tokenRow.extend({
  header: jsonObject,
  claims: jsonObject,
  /** Every token of the same grant, oldest first, this one included. */
  family: z.array(tokenRow),
})
export type TokenDetail = z.infer<typeof tokenDetail>

export const tokenFilter = z.strictObject({
  kind: tokenKind.optional(),
  state: tokenState.optional(),
  /** Only those whose time is not over: with the state `revoked`, what a deny list must still hold. */
  unexpired: z.literal(true).optional(),
  issuer: z.string().optional(),
  userId: z.string().optional(),
  clientId: z.string().optional(),
  grantId: z.string().optional(),
  /** Part of a jti, username, client id or scope. */
  search: z.string().max(200).optional(),
})
export type TokenFilter = z.infer<typeof tokenFilter>

/** The verdict on any pasted token. `unverified`: no key was given, or none can be. */
export const tokenVerdict = z.enum(tokenVerdicts)
export type TokenVerdict = z.infer<typeof tokenVerdict>

export const inspection = z.object({
  verdict: tokenVerdict,
  /** The verdict in words, with its reason. */
  reason: z.string(),
  /** The token as found inside the pasted text. */
  token: z.string(),
  header: jsonObject.nullable(),
  claims: jsonObject.nullable(),
  signature: z.enum(['valid', 'invalid', 'unknown_key', 'none', 'not_checked']),
  /** Which key answered: a kid of the issuer, or the JWKS URL. */
  verifiedWith: z.string().nullable(),
  /** The ledger's row, when the token is one of ours. */
  row: tokenRow.nullable(),
})
export type Inspection = z.infer<typeof inspection>

/** Which tokens a command is for: these, or all that match a filter when it begins (`{}` matches every token). */
const chosen = {
  jtis: z.array(z.string()).min(1).max(10_000).optional(),
  filter: tokenFilter.optional(),
}
const isOneChoice = ({ jtis, filter }: { jtis?: unknown; filter?: unknown }) =>
  (jtis === undefined) !== (filter === undefined)
const choice = { error: 'must be given, or a filter, but not both', path: ['jtis'] }

/** The tokens a command really changed: hand them to `tokens.restore`, 10,000 at a time, to undo it. */
const changed = z.object({ jtis: z.array(z.string()) })

export const scopeChange = z.enum(['add', 'remove', 'set'])
export type ScopeChange = z.infer<typeof scopeChange>

/**
 * Why a token kept its scopes: they are signed into a JWT, it waits for the second factor or has ended, its client or user may
 * not have them, or they are these already.
 */
export const scopesKept = z.enum(['signed', 'pending', 'ended', 'not_allowed', 'same'])
export type ScopesKept = z.infer<typeof scopesKept>

/** Where a token can be shown. */
export const effectPlace = z.enum([
  'introspection',
  'userinfo',
  'api_online',
  'api_offline',
  'refresh',
  'second_factor',
])
export type EffectPlace = z.infer<typeof effectPlace>

/** What one request with the token would be answered now. */
export const tokenEffect = z.object({
  place: effectPlace,
  /** "GET /userinfo" */
  request: z.string(),
  accepted: z.boolean(),
  /** HTTP status. */
  status: z.number().int(),
  /** What comes back, in short. */
  answer: z.string(),
  /** Why. */
  reason: z.string(),
  /** The check that refuses, and the section of the standard that has it do so. */
  check: z.string().nullable(),
  spec: z.string().nullable(),
})
export type TokenEffect = z.infer<typeof tokenEffect>

export const tokenEffects = z.object({
  effects: z.array(tokenEffect),
  /** Seconds by which the sample API's clock is ahead of the issuer's. */
  apiClockSkew: z.number().int(),
  /** When time alone will change one of the answers; null when it never will. */
  changesAt: timestamp.nullable(),
})
export type TokenEffects = z.infer<typeof tokenEffects>

/** One of several refreshes at once. */
export const raceRun = z.object({
  /** In the order they were sent. */
  number: z.number().int(),
  won: z.boolean(),
  status: z.number().int(),
  error: z.string().nullable(),
  /** What the issuer said to the loser, or gave to the winner. */
  answer: z.string(),
  /** What the check saw that refused it. */
  observed: z.string().nullable(),
  /** The new tokens. */
  jtis: z.array(z.string()),
  exchangeId: z.number().int().nullable(),
  /** As the trace has it. */
  durationMs: z.number().nullable(),
})
export type RaceRun = z.infer<typeof raceRun>

const raceOutcome = z.object({ winners: z.number().int(), familyRevoked: z.boolean() })

export const refreshRace = z.object({
  /** Where they were sent, and as whom. */
  request: z.string(),
  policy: refreshRotation,
  /** What the policy says should happen, in words and as numbers. */
  rule: z.string(),
  expected: raceOutcome,
  observed: raceOutcome,
  asExpected: z.boolean(),
  runs: z.array(raceRun),
  /** The family as the race left it, oldest first. */
  family: z.array(tokenRow),
  /** The trace that shows the race. */
  traceId: z.string().nullable(),
})
export type RefreshRace = z.infer<typeof refreshRace>

export const tokenResponse = z.object({
  access_token: z.string(),
  token_type: z.string(),
  expires_in: z.number().int(),
  scope: z.string(),
  refresh_token: z.string().optional(),
  id_token: z.string().optional(),
})

const claimLayer = z.enum(claimLayers)
const absentClaims = z.array(z.object({ name: z.string(), layer: claimLayer }))

const layeredClaims = z.object({
  /** Null for what is not a JWT. A kid that is not made yet is `…`. */
  header: jsonObject.nullable(),
  claims: z.array(
    z.object({
      name: z.string(),
      /** `…` for what is made only with the token: jti, at_hash, sid. */
      value: z.unknown(),
      /** Where it comes from. */
      layer: claimLayer,
      /** The layers it took the place of, lowest first. */
      overrides: z.array(claimLayer),
    }),
  ),
  /** Claims that a null took away, and in which layer it stands. */
  removed: absentClaims,
})
export type LayeredClaims = z.infer<typeof layeredClaims>

export const tokenPreview = z.object({
  /** Why there would be no tokens at all; then all of them are null. */
  refusal: z.string().nullable(),
  /** What would be granted. */
  scopes: z.array(z.string()),
  accessToken: layeredClaims.nullable(),
  idToken: layeredClaims.nullable(),
  userinfo: layeredClaims.nullable(),
  /** What is different from what one might expect, and why. */
  warnings: z.array(z.string()),
})
export type TokenPreview = z.infer<typeof tokenPreview>

export const tokenOperations = {
  'tokens.list': query(
    'Issued tokens, newest first.',
    z.strictObject({
      filter: tokenFilter.default({}),
      offset: z.number().int().min(0).default(0),
      limit: z.number().int().min(1).max(1000).default(200),
    }),
    z.object({ total: z.number().int(), rows: z.array(tokenRow) }),
  ),
  'tokens.get': query(
    'One token with header, claims and family.',
    z.strictObject({ jti: z.string() }),
    tokenDetail,
  ),
  'tokens.revoke': command(
    'Put tokens on the deny list.',
    z.strictObject({ ...chosen, reason: z.string().max(200).optional() }).refine(isOneChoice, choice),
    changed,
  ),
  'tokens.revokeFamily': command(
    'Revoke every token of a grant, and those they were exchanged for.',
    z.strictObject({ grantId: z.string() }),
    changed,
  ),
  'tokens.expire': command(
    "Let tokens end now, or so many seconds from now, at the issuer. A JWT's own exp stays as signed, so it can only end before.",
    z
      .strictObject({ ...chosen, seconds: z.number().int().min(0).max(315_360_000).default(0) })
      .refine(isOneChoice, choice),
    changed.extend({
      /** How many were left alone since a JWT cannot outlive its exp. Of one token alone that is an error. */
      bound: z.number().int(),
    }),
  ),
  'tokens.restore': command(
    'Take back the newest of what ended a token: its revocation, else its use, else an expiry set by hand.',
    z.strictObject(chosen).refine(isOneChoice, choice),
    changed,
  ),
  'tokens.setScopes': command(
    'Change what a live token is good for: an opaque access token, or a refresh token for what it will give.',
    z.strictObject({ jti: z.string(), scopes: z.array(scopeName).max(100) }),
    z.object({
      /** The scopes it had: hand them back to undo it. */
      before: z.array(z.string()),
      scopes: z.array(z.string()),
    }),
  ),
  'tokens.changeScopes': command(
    'Change what many live tokens are good for: add, take away or set scopes. Those it cannot change are skipped and counted.',
    z
      .strictObject({ ...chosen, how: scopeChange, scopes: z.array(scopeName).max(100) })
      .refine(isOneChoice, choice),
    changed.extend({
      /** The scopes they had: set them again, 10,000 tokens at a time, to undo it. */
      before: z.array(z.object({ scopes: z.array(z.string()), jtis: z.array(z.string()) })),
      skipped: z.array(z.object({ reason: scopesKept, count: z.number().int() })),
    }),
  ),
  'tokens.effects': query(
    'What would be answered to a token now: by introspection, userinfo and the sample API, and by an API that checks offline.',
    z.strictObject({ jti: z.string() }),
    tokenEffects,
  ),
  'tokens.refreshRace': command(
    'Send several refreshes with one refresh token at once, and see who wins and what becomes of the family.',
    z.strictObject({ jti: z.string(), count: z.number().int().min(2).max(20).default(5) }),
    refreshRace,
  ),
  'tokens.issue': command(
    'Issue tokens to a client, for a user or for itself, without a login.',
    z.strictObject({
      /** The default one when left out. */
      issuer: z.string().optional(),
      clientId: z.string().optional(),
      userId: z.string().optional(),
      scopes: z.array(scopeName).default([]),
      lifetime: seconds.optional(),
      /** Of all its tokens and of userinfo, over those of issuer, client and user; a null takes a claim away. */
      claims: jsonObject.default({}),
    }),
    tokenResponse,
  ),
  'tokens.preview': query(
    'The claims a user would log in to at a client, with the layer each comes from; nothing is issued.',
    z.strictObject({
      /** The default one when left out. */
      issuer: z.string().optional(),
      clientId: z.string(),
      /** Left out when the client acts for itself. */
      userId: z.string().optional(),
      scopes: z.array(scopeName).default([]),
      /** A `claims` parameter (OpenID Connect Core 1.0 5.5). */
      claims: jsonObject.optional(),
    }),
    tokenPreview,
  ),
  'tokens.inspect': query(
    'Decode whatever was pasted and say whether it holds.',
    z.strictObject({
      input: z.string().max(1_000_000),
      /** Whose keys must have signed it; left out, any issuer's may. */
      issuer: z.string().optional(),
      /** Verify with this JWKS instead of the issuer's keys. */
      jwksUrl: z.url({ protocol: /^https?$/ }).optional(),
    }),
    inspection,
  ),
}
