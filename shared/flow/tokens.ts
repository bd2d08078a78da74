import type { Exchange, Message } from '../contract/operations/traces.ts'
import { type DecodedJwt, decodeJwt, isJsonObject } from '../protocol/jwt.ts'
import { formPairs, readBody } from './body.ts'

export interface FoundToken {
  /** What it was sent as: "access_token", "Bearer", or "JWT" where only its shape tells. */
  name: string
  /** Where it was found, in words: "request header Authorization", "response body". */
  places: string[]
  token: string
  decoded: DecodedJwt
}

interface Sighting {
  name: string
  place: string
  token: string
}

const tokenNames = new Set([
  'access_token',
  'actor_token',
  'assertion',
  'client_assertion',
  'id_token',
  'id_token_hint',
  'logout_token',
  'refresh_token',
  'registration_access_token',
  'request',
  'subject_token',
  'token',
])

/** Every token an exchange carries, request first, each once. Opaque ones are found by name, JWTs by their shape too. */
export function findTokens({
  url,
  request,
  response,
}: Pick<Exchange, 'url' | 'request' | 'response'>): FoundToken[] {
  const found = new Map<string, FoundToken>()
  const sightings = [
    ...inHeaders(request, 'request'),
    ...inUrl(url, 'request URL'),
    ...inBody(request, 'request body'),
    ...inHeaders(response, 'response'),
    ...inBody(response, 'response body'),
  ]
  for (const { name, place, token } of sightings) {
    const known = found.get(token)
    if (!known) found.set(token, { name, places: [place], token, decoded: decodeJwt(token) })
    else if (!known.places.includes(place)) known.places.push(place)
  }
  return [...found.values()]
}

function inHeaders(message: Message, side: 'request' | 'response'): Sighting[] {
  return message.headers.flatMap(([header, value]) => {
    const place = `${side} header ${titleCase(header)}`
    const scheme = /^\s*(Bearer|DPoP)\s+(\S+)\s*$/i.exec(value)
    if (header.toLowerCase() === 'authorization')
      return scheme ? [{ name: scheme[1]!, place, token: scheme[2]! }] : []
    return header.toLowerCase() === 'location' ? inUrl(value, place) : jwtsIn(value, place)
  })
}

function inUrl(url: string, place: string): Sighting[] {
  const query = /[?#](.*)$/s.exec(url)?.[1] ?? ''
  return fromPairs(query.replaceAll('#', '&'), place)
}

const fromPairs = (text: string, place: string): Sighting[] =>
  formPairs(text).flatMap(({ name, value }) => named(name, value, place))

function inBody(message: Message, place: string): Sighting[] {
  const { content } = readBody(message)
  switch (content.kind) {
    case 'form':
      return content.pairs.flatMap(({ name, value }) => named(name, value, place))
    case 'json':
      return inJson(content.value, place)
    case 'text':
      return [...membersIn(message.body, place), ...jwtsIn(message.body, place)]
    case 'none':
    case 'binary':
      return []
  }
}

function inJson(value: unknown, place: string, name = ''): Sighting[] {
  if (typeof value === 'string') return named(name, value, place)
  if (Array.isArray(value)) return value.flatMap((inner) => inJson(inner, place, name))
  if (!isJsonObject(value)) return []
  return Object.entries(value).flatMap(([key, inner]) => inJson(inner, place, key))
}

function named(name: string, value: string, place: string): Sighting[] {
  if (value === '') return []
  return tokenNames.has(name) ? [{ name, place, token: value }] : jwtsIn(value, place, name)
}

/** Tokens by name in JSON that does not parse, because it was cut or is broken. */
const membersIn = (text: string, place: string): Sighting[] =>
  [...text.matchAll(/"(\w{1,40})"\s*:\s*"([^"\\\s]+)/g)].flatMap(([, name = '', token = '']) =>
    tokenNames.has(name) ? [{ name, place, token }] : [],
  )

/** A JOSE header starts with `{"`, which is always `eyJ`; two parts at least, so that a cut one is still seen. */
const jwtsIn = (text: string, place: string, name = ''): Sighting[] =>
  [...text.matchAll(/eyJ[\w-]{5,}\.[\w-]*(?:\.[\w-]*){0,3}/g)].map(([token]) => ({
    name: name || 'JWT',
    place,
    token,
  }))

const titleCase = (header: string): string =>
  header === 'dpop'
    ? 'DPoP'
    : header.replace(/(^|-)([a-z])/g, (_, dash: string, letter: string) => dash + letter.toUpperCase())

/** The jti of a token, where it says one. */
export const jtiOf = ({ claims }: DecodedJwt): string | null =>
  typeof claims?.jti === 'string' ? claims.jti : null
