import type { JsonObject } from './jwt.ts'

/** Where a claim of a token comes from: the protocol itself, or one of the layers that may add to it, each over those before. */
export const claimLayers = ['protocol', 'issuer', 'client', 'user', 'request'] as const
export type ClaimLayer = (typeof claimLayers)[number]

/**
 * Claims that say whose token it is, for whom, for how long and how it came about. Only the protocol sets them, and no layer
 * takes their place (RFC 7519 4.1, RFC 7800 3.1, RFC 8693 4, RFC 9068 2.2, RFC 9396 9.1, OpenID Connect Core 1.0 2, 3.3.2.11).
 */
export const protectedClaims: ReadonlySet<string> = new Set([
  'iss',
  'sub',
  'aud',
  'exp',
  'iat',
  'jti',
  'client_id',
  'azp',
  'scope',
  'nonce',
  'at_hash',
  'c_hash',
  's_hash',
  'sid',
  'cnf',
  'act',
  'auth_time',
  'acr',
  'amr',
  'authorization_details',
])

export interface LayeredClaim {
  name: string
  value: unknown
  layer: ClaimLayer
  /** The layers it took the place of, lowest first. */
  overrides: ClaimLayer[]
}

/** A claim that is not there, and the layer that is the reason. */
export interface AbsentClaim {
  name: string
  layer: ClaimLayer
}

/** The claims of one token, and an account of how they came about. */
export interface ClaimAccount {
  claims: LayeredClaim[]
  /** Taken away by a null. */
  removed: AbsentClaim[]
  /** Left out, since only the protocol sets them. */
  refused: AbsentClaim[]
}

export type Layer = readonly [layer: ClaimLayer, values: JsonObject]

/** Lays layers over the protocol's claims: a later value takes the place of an earlier one, and null takes the claim away. */
export function layClaims(protocol: JsonObject, layers: readonly Layer[]): ClaimAccount {
  const laid = new Map<string, LayeredClaim>()
  const refused: AbsentClaim[] = []
  for (const [layer, values] of layers) {
    for (const [name, value] of Object.entries(values)) {
      if (value === undefined) continue
      if (protectedClaims.has(name)) refused.push({ name, layer })
      else laid.set(name, over(laid.get(name), { name, value, layer }))
    }
  }
  const all = [...laid.values()]
  return {
    claims: [...ofProtocol(protocol), ...all.filter(({ value }) => value !== null)],
    removed: all.filter(({ value, overrides }) => value === null && overrides.length > 0).map(absent),
    refused,
  }
}

const over = (below: LayeredClaim | undefined, claim: Omit<LayeredClaim, 'overrides'>): LayeredClaim => ({
  ...claim,
  overrides: below ? [...below.overrides, below.layer] : [],
})

const ofProtocol = (claims: JsonObject): LayeredClaim[] =>
  Object.entries(claims)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ({ name, value, layer: 'protocol', overrides: [] }))

const absent = ({ name, layer }: LayeredClaim): AbsentClaim => ({ name, layer })

/** The claims as the object that is signed or sent. */
export const claimValues = ({ claims }: Pick<ClaimAccount, 'claims'>): JsonObject =>
  Object.fromEntries(claims.map(({ name, value }) => [name, value]))
