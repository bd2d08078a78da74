import type { Exchange } from '../../contract/operations/traces.ts'
import { decodeJwt, isJsonObject, type JsonObject } from '../../protocol/jwt.ts'
import { formPairs, headerOf, readBody } from '../body.ts'
import { pathOf } from '../words.ts'

/** What a rule must know of a client's registration. */
export interface RegisteredClient {
  id: string
  /** It has no way to prove who it is. */
  isPublic: boolean
  redirectUris: readonly string[]
}

/** What the rules are asked about. */
export interface TraceFacts {
  /** The trace, oldest first. */
  steps: readonly Step[]
  /** The same clients' requests of earlier traces that a rule compares with, oldest first. */
  earlier: readonly Step[]
  clients: ReadonlyMap<string, RegisteredClient>
}

/** An exchange with its parameters read. */
export interface Step {
  exchange: Exchange
  /** Of the query, and over them those of a form or a JSON body: text values, empty ones left out, each name once. */
  parameters: ReadonlyMap<string, string>
  query: ReadonlyMap<string, string>
  /** The JSON object of the answer; empty when it is none. */
  answer: JsonObject
  /** When the request came. Exchanges are dated by their answers. */
  began: number
  /** The token of the Authorization header, whatever its scheme, unless that is Basic. */
  token: string | null
}

export function toStep(exchange: Exchange): Step {
  const query = toMap(formPairs(/\?([^#]*)/.exec(exchange.url)?.[1] ?? ''))
  return {
    exchange,
    query,
    parameters: new Map([...query, ...bodyParameters(exchange)]),
    answer: answerOf(exchange),
    began: exchange.at - exchange.durationMs,
    token:
      /^\s*(?:Bearer|DPoP)\s+(\S+)\s*$/i.exec(headerOf(exchange.request, 'authorization') ?? '')?.[1] ?? null,
  }
}

function bodyParameters({ request }: Exchange): Map<string, string> {
  const { content } = readBody(request)
  if (content.kind === 'form') return toMap(content.pairs)
  if (content.kind !== 'json' || !isJsonObject(content.value)) return new Map()
  return toMap(
    Object.entries(content.value).flatMap(([name, value]) =>
      typeof value === 'string' ? [{ name, value }] : [],
    ),
  )
}

const toMap = (pairs: readonly { name: string; value: string }[]): Map<string, string> =>
  new Map(pairs.filter(({ value }) => value !== '').map(({ name, value }) => [name, value]))

function answerOf({ response }: Exchange): JsonObject {
  const { content } = readBody(response)
  return content.kind === 'json' && isJsonObject(content.value) ? content.value : {}
}

export const idOf = ({ exchange }: Step): number => exchange.id
/** Answered, and well. */
export const accepted = ({ exchange: { status, error } }: Step): boolean =>
  status > 0 && status < 400 && error === null
/** What a fault has made of an answer is not what issuer and client came to. */
export const isUntouched = ({ exchange }: Step): boolean => exchange.faults.length === 0

/** "#3 GET /authorize" */
export const nameOf = ({ exchange: { id, method, target } }: Step): string =>
  `#${id} ${method} ${pathOf(target)}`

/** What an app asked of a user, wherever it said so: in the URL, in a request object, or pushed ahead. */
export interface AuthorizationStep {
  step: Step
  parameters: ReadonlyMap<string, string>
}

/** The authorization requests of these steps. One that was pushed counts where it was pushed, not where it is named. */
export const authorizationsOf = (steps: readonly Step[]): AuthorizationStep[] =>
  steps
    .filter(isAuthorizationRequest)
    .map((step) => ({ step, parameters: withRequestObject(step.parameters) }))

function isAuthorizationRequest({ exchange: { endpoint }, parameters }: Step): boolean {
  if (endpoint === 'pushed-authorization') return true
  return endpoint === 'authorization' && parameters.has('client_id') && !parameters.has('request_uri')
}

/** RFC 9101: what is signed counts, over what stands beside it. */
function withRequestObject(parameters: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const object = parameters.get('request')
  const claims = (object && decodeJwt(object).claims) || {}
  const signed = Object.entries(claims).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' && value !== '' ? [[name, value]] : [],
  )
  return new Map([...parameters, ...signed])
}

export const clientIdOf = ({ step, parameters }: AuthorizationStep): string | null =>
  parameters.get('client_id') ?? step.exchange.clientId

export const scopesOf = (value: unknown): string[] =>
  typeof value === 'string' ? value.split(' ').filter((scope) => scope !== '') : []

/** Requests that show a refresh token for new tokens, on the token endpoint or the tutorial's own route. */
export const refreshesOf = (steps: readonly Step[]): Step[] =>
  steps.filter(({ exchange: { endpoint, grantType }, parameters }) => {
    const refreshes = endpoint === 'refresh' || (endpoint === 'token' && grantType === 'refresh_token')
    return refreshes && parameters.has('refresh_token')
  })

/** Access tokens as they were shown to the issuer or an API. */
export const shownTokens = (steps: readonly Step[]): { step: Step; token: string }[] =>
  steps.flatMap((step) => {
    const token = step.token ?? step.parameters.get('access_token')
    return token === undefined ? [] : [{ step, token }]
  })

/** Groups of what has the same key, in the order the keys came; without a key it is left out. */
export function groupBy<T>(items: readonly T[], keyOf: (item: T) => string | undefined): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const key = keyOf(item)
    if (key === undefined) continue
    const group = groups.get(key)
    if (group) group.push(item)
    else groups.set(key, [item])
  }
  return groups
}

/** "1.5 s", "40 s", "3 min" */
export function spanWords(milliseconds: number): string {
  const seconds = Math.abs(milliseconds) / 1000
  if (seconds >= 120) return `${Math.round(seconds / 60)} min`
  return `${seconds < 10 ? Number(seconds.toFixed(1)) : Math.round(seconds)} s`
}
