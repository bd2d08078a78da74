import { isJsonObject, type JsonObject } from '../../protocol/jwt.ts'
import { type EndpointName, type FlowContext, FlowProblem, type Pair } from './types.ts'

// What steps look up in a run.

/** Values that stand in where a parameter of another name was not given. */
const standIns: Readonly<Record<string, string>> = {
  token: 'access_token',
  subject_token: 'access_token',
  id_token_hint: 'id_token',
}

/** A parameter, or a value of this name, or what stands in for it; undefined without any. An empty text is none. */
export function lookUp({ parameters, values }: FlowContext, name: string): string | undefined {
  const found = parameters[name] || values[name] || values[standIns[name] ?? '']
  return found || undefined
}

/** @throws FlowProblem when the run has no such value */
export function needed(context: FlowContext, name: string): string {
  const value = lookUp(context, name)
  if (value === undefined) throw new FlowProblem(`There is no ${name} yet.`)
  return value
}

/** Names of what a step needs and the run does not have. */
export const missing = (context: FlowContext, needs: readonly string[]): string[] =>
  needs.filter((name) => lookUp(context, name) === undefined)

/** A JSON object kept as text; empty when it is none. */
export function jsonValue({ values }: FlowContext, name: string): JsonObject {
  return parseObject(values[name] ?? '') ?? {}
}

export function parseObject(text: string): JsonObject | null {
  try {
    const parsed: unknown = JSON.parse(text)
    return isJsonObject(parsed) ? parsed : null
  } catch {
    return null
  }
}

/** Whether the issuer describes itself, so that its metadata is to be fetched. */
export const hasMetadata = ({ profile }: FlowContext): boolean => profile.issuer.kind !== 'manual'

/** Whether the metadata is still to come. */
export const lacksMetadata = (context: FlowContext): boolean =>
  hasMetadata(context) && context.values.metadata === undefined

/** Where an endpoint is, by the metadata or as it was typed in; undefined when the issuer has none. */
export function findEndpoint(context: FlowContext, name: EndpointName): string | undefined {
  const { issuer } = context.profile
  const url = issuer.kind === 'manual' ? issuer.endpoints[name] : jsonValue(context, 'metadata')[name]
  return typeof url === 'string' && isWebUrl(url) ? url : undefined
}

/** @throws FlowProblem */
export function endpoint(context: FlowContext, name: EndpointName): string {
  const url = findEndpoint(context, name)
  if (url !== undefined) return url
  if (lacksMetadata(context)) throw new FlowProblem(`${name} is not known before the metadata is there.`)
  const where = hasMetadata(context) ? "The issuer's metadata" : 'The profile'
  throw new FlowProblem(`${where} names no ${name}.`)
}

/** A route of the tutorial, which no metadata names. @throws FlowProblem */
export function route({ issuerUrl }: FlowContext, path: string): string {
  if (issuerUrl === null) throw new FlowProblem(`The profile has no issuer URL, where ${path} would be.`)
  return issuerUrl.replace(/\/$/, '') + path
}

/** What `iss` has to be; null when nobody said. */
export function expectedIssuer(context: FlowContext): string | null {
  const { issuer } = context.profile
  if (issuer.kind === 'manual') return issuer.issuer
  const { issuer: named } = jsonValue(context, 'metadata')
  return typeof named === 'string' ? named : null
}

/** Scopes that are asked for; the parameter goes before the profile. */
export const requestedScope = ({ parameters, profile }: FlowContext): string =>
  (parameters.scope ?? profile.scope).trim()

export const asksForIdToken = (context: FlowContext): boolean =>
  requestedScope(context).split(/\s+/).includes('openid')

/** Whether the answer of the authorization endpoint was asked for as a JWT (JARM 2.3). */
export function asksForJwt({ parameters, profile }: FlowContext): boolean {
  const mode = parameters.response_mode || profile.extraParameters.response_mode
  return mode !== undefined && /^(?:.+\.)?jwt$/.test(mode)
}

/** Scope, resource and audience, as far as there are any. */
export function accessPairs(context: FlowContext): Pair[] {
  const { parameters, profile } = context
  return present([
    ['scope', requestedScope(context)],
    ['resource', parameters.resource ?? profile.resource],
    ['audience', parameters.audience ?? profile.audience],
  ])
}

/** What the profile sends along with everything. */
export const extraPairs = ({ profile }: FlowContext): Pair[] => Object.entries(profile.extraParameters)

/** These parameters, as far as they were given. */
export const givenPairs = ({ parameters }: FlowContext, names: readonly string[]): Pair[] =>
  present(names.map((name) => [name, parameters[name]]))

export const present = (pairs: readonly (readonly [string, string | null | undefined])[]): Pair[] =>
  pairs.flatMap(([name, value]): Pair[] => (value ? [[name, value]] : []))

export const headerOf = (headers: readonly Pair[], name: string): string | null =>
  headers.find(([header]) => header.toLowerCase() === name)?.[1] ?? null

function isWebUrl(url: string): boolean {
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)
}
