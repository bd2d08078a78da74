import { protectedClaims } from './claim-layers.ts'
import { isJsonObject, type JsonObject } from './jwt.ts'

// The `claims` parameter (OpenID Connect Core 1.0 5.5). Beside userinfo and id_token it has a member of ours, access_token, for
// clients that want a claim where only their API looks.

/** What holds the claims; each is a member of the parameter. */
export const claimTargets = ['access_token', 'id_token', 'userinfo'] as const
export type ClaimTarget = (typeof claimTargets)[number]

/** OpenID Connect Core 1.0 5.5.1 */
export interface ClaimRequest {
  essential?: boolean
  value?: unknown
  values?: readonly unknown[]
}

export type ClaimsRequest = Partial<Record<ClaimTarget, Record<string, ClaimRequest>>>

const MAX_CHARACTERS = 10_000
const MAX_CLAIMS = 100
const MAX_DEPTH = 10

type ParsedClaims = { claims: ClaimsRequest } | { problem: string }

/** Reads a `claims` parameter as it came. */
export function parseClaimsParameter(text: string): ParsedClaims {
  if (text.length > MAX_CHARACTERS) return { problem: `is longer than ${MAX_CHARACTERS} characters` }
  try {
    return parseClaims(JSON.parse(text))
  } catch {
    return { problem: 'is not JSON' }
  }
}

/** The same once it is JSON. Members and claims nobody knows are passed over, as the standard wants. */
export function parseClaims(json: unknown): ParsedClaims {
  if (!isJsonObject(json)) return { problem: 'is not a JSON object' }
  if (isDeeperThan(json, MAX_DEPTH)) return { problem: `is nested deeper than ${MAX_DEPTH} levels` }
  const claims: ClaimsRequest = {}
  for (const target of claimTargets) {
    const member = Object.hasOwn(json, target) ? json[target] : undefined
    if (member === undefined) continue
    const problem = memberProblem(target, member)
    if (problem !== null) return { problem }
    claims[target] = Object.fromEntries(
      Object.entries(member as JsonObject).map(([name, asked]) => [
        name,
        known((asked ?? {}) as ClaimRequest),
      ]),
    )
  }
  return { claims }
}

function memberProblem(target: ClaimTarget, member: unknown): string | null {
  if (!isJsonObject(member)) return `has a member ${target} that is not an object`
  const names = Object.entries(member)
  if (names.length > MAX_CLAIMS) return `asks for more than ${MAX_CLAIMS} claims in ${target}`
  for (const [name, asked] of names) {
    const problem = requestProblem(asked)
    if (problem !== null) return `asks for ${target}.${name} with ${problem}`
  }
  return null
}

function requestProblem(asked: unknown): string | null {
  if (asked === null) return null
  if (!isJsonObject(asked)) return 'something that is neither null nor an object'
  if (asked.essential !== undefined && typeof asked.essential !== 'boolean') {
    return 'an essential that is neither true nor false'
  }
  const { values } = asked
  if (values !== undefined && !(Array.isArray(values) && values.length > 0)) return 'values that are no list'
  return null
}

const known = ({ essential, value, values }: ClaimRequest): ClaimRequest => ({
  ...(essential === undefined ? {} : { essential }),
  ...(value === undefined ? {} : { value }),
  ...(values === undefined ? {} : { values }),
})

const isDeeperThan = (value: unknown, levels: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (levels === 0 || Object.values(value).some((inner) => isDeeperThan(inner, levels - 1)))

/** The request that gives these claims to every target; null takes a claim away. */
export function claimsWithValues(values: JsonObject): ClaimsRequest {
  const asked = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value }]))
  return Object.fromEntries(claimTargets.map((target) => [target, asked]))
}

/** The same request, asking for claims without saying what their values are to be; but whose and how proven it may still say. */
export const withoutValues = (claims: ClaimsRequest): ClaimsRequest =>
  Object.fromEntries(
    Object.entries(claims).map(([target, member]) => [
      target,
      Object.fromEntries(
        Object.entries(member).map(([name, asked]) =>
          protectedClaims.has(name)
            ? [name, asked]
            : [name, asked.essential === undefined ? {} : { essential: asked.essential }],
        ),
      ),
    ]),
  )

/** Who may act for a user is for the issuer and the user to say, not for a client that asks (RFC 8693 4.4). */
const MAY_ACT = 'may_act'

/**
 * What the request gives of one target's claims, over those of the layers before: the value it wants, or the first of those it
 * would take where the claim has none of them. A `"value": null` takes a claim away.
 */
export function givenClaims(asked: Record<string, ClaimRequest>, before: JsonObject): JsonObject {
  const given = Object.entries(asked).flatMap(([name, { value, values }]): [string, unknown][] => {
    if (protectedClaims.has(name) || name === MAY_ACT) return []
    if (value !== undefined) return [[name, value]]
    const held = Object.hasOwn(before, name) ? before[name] : undefined
    if (values === undefined || values.some((wanted) => sameJson(wanted, held))) return []
    return [[name, values[0]]]
  })
  return Object.fromEntries(given)
}

const sameJson = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

/** The user the ID token must be about (5.5.1): null when the request does not say. */
export function requestedSubject(claims: ClaimsRequest | null): string | null {
  const value = claims?.id_token?.sub?.value
  return typeof value === 'string' ? value : null
}

/** The authentication contexts one of which must be met (5.5.1.1): null unless the request calls acr essential and names some. */
export function essentialAcr(claims: ClaimsRequest | null): string[] | null {
  const acr = claims?.id_token?.acr
  if (!acr?.essential) return null
  const named = acr.value === undefined ? (acr.values ?? []) : [acr.value]
  const values = named.filter((value) => typeof value === 'string')
  return values.length > 0 ? values : null
}
