import { decodeBase64Url } from './base64url.ts'
import { findToken, withoutQuotes } from './find-token.ts'
import { isJoseJson } from './jose.ts'
import { decodePart, isJsonObject, type JsonObject } from './jwt.ts'
import { splitSdJwt } from './sd-jwt.ts'

export interface SourcedToken {
  token: string
  /** Where it was, in words: "access_token", "GET /me: Authorization"; empty for a text that is the token alone. */
  place: string
}

/** What a pasted text holds. */
export interface Paste {
  /** In the order they were found, each once. */
  tokens: SourcedToken[]
  /** The text itself, when it is a key and no token: a JWK, a JWK Set, PEM. */
  key: string | null
}

const mostTokens = 200
const deepest = 60
/** Of an opaque token: anything shorter beside a token's name is a word. */
const shortest = 8

/**
 * Finds the tokens in whatever was pasted: a header line, JSON, a URL with query or fragment, a cookie header, a HAR file, a log.
 * JWTs are known by their shape, opaque tokens by the name beside them. Never throws.
 */
export function readPaste(text: string): Paste {
  const trimmed = text.trim()
  if (trimmed === '') return { tokens: [], key: null }
  if (/^-----BEGIN [A-Z0-9 ]+-----/.test(trimmed)) return { tokens: [], key: trimmed }
  const json = /^[[{]/.test(trimmed) ? parseJson(trimmed) : undefined
  if (isJsonObject(json)) {
    if (isJoseJson(json)) return { tokens: [{ token: trimmed, place: '' }], key: null }
    if (typeof json.kty === 'string' || isKeySet(json)) return { tokens: [], key: trimmed }
  }
  const found = new Found()
  if (json !== undefined) inJson(json, found)
  else inText(trimmed, '', found)
  const tokens = found.list()
  return { tokens: tokens.length > 0 ? tokens : [{ token: alone(trimmed), place: '' }], key: null }
}

const isKeySet = ({ keys }: JsonObject): boolean =>
  Array.isArray(keys) && keys.every((key) => isJsonObject(key) && typeof key.kty === 'string')

const alone = (text: string): string => {
  const bare = withoutQuotes(text)
  return splitSdJwt(bare) ? bare : findToken(text)
}

class Found {
  readonly #places = new Map<string, string>()

  add(token: string, place: string): void {
    if (token === '' || this.#places.size >= mostTokens) return
    if (!this.#places.has(token)) this.#places.set(token, place)
  }

  list(): SourcedToken[] {
    return [...this.#places].map(([token, place]) => ({ token, place }))
  }
}

const tokenNames =
  /^(?:access_token|id_token|refresh_token|token|id_token_hint|logout_token|subject_token|actor_token|assertion|client_assertion|request|response|vp_token|registration_access_token)$/i

function inJson(json: unknown, found: Found): void {
  const entries = isJsonObject(json) && isJsonObject(json.log) ? json.log.entries : undefined
  if (Array.isArray(entries)) for (const entry of entries) inHarEntry(entry, found)
  else walk(json, '', '', found, 0)
}

/** HAR 1.2: tokens are named by the request they went with. */
function inHarEntry(entry: unknown, found: Found): void {
  const request = member(entry, 'request')
  const response = member(entry, 'response')
  const url = String(request.url ?? '')
  const path = URL.canParse(url) ? new URL(url).pathname : url
  const place = `${String(request.method ?? '')} ${path}`.trim()
  for (const { headers } of [request, response]) {
    const named = Array.isArray(headers) ? headers.filter(isJsonObject) : []
    for (const { name, value } of named) inText(`${name}: ${value}`, `${place}: ${name}`, found, true)
  }
  inText(url, `${place}: URL`, found)
  inBody(member(request, 'postData').text, `${place}: request body`, found)
  const { text, encoding } = member(response, 'content')
  inBody(encoding === 'base64' ? fromBase64(text) : text, `${place}: response body`, found)
}

/** A member that should be an object; an empty one when it is none. */
function member(value: unknown, name: string): JsonObject {
  const found = isJsonObject(value) ? value[name] : undefined
  return isJsonObject(found) ? found : {}
}

function inBody(body: unknown, place: string, found: Found): void {
  if (typeof body !== 'string') return
  const json = /^\s*[[{]/.test(body) ? parseJson(body) : undefined
  if (json === undefined) inText(body, place, found)
  else walk(json, '', place, found, 0)
}

function walk(value: unknown, name: string, place: string, found: Found, depth: number): void {
  if (depth > deepest || value === null) return
  if (typeof value === 'string') inString(value, name, place, found)
  else if (isJsonObject(value) && isJoseJson(value)) found.add(JSON.stringify(value), place || name)
  else if (typeof value === 'object')
    for (const [key, inner] of Object.entries(value))
      walk(inner, Array.isArray(value) ? name : key, place, found, depth + 1)
}

function inString(value: string, name: string, place: string, found: Found): void {
  const at = placeOf(place, name)
  if (tokenNames.test(name) && !/\s/.test(value)) found.add(value, at)
  else inText(value, at, found)
}

/** Each run of letters a token may have, so that a long text is read once. */
const runs = /[A-Za-z0-9_.~%-]+/g

/** @param named the place says it all: what stands before the token adds nothing */
function inText(text: string, place: string, found: Found, named = false): void {
  if (wrapped(text)) {
    found.add(text.replace(/\s+/g, ''), place)
    return
  }
  for (const { 0: run, index } of text.matchAll(runs)) {
    if (!run.includes('eyJ') && run.length < shortest) continue
    const name = nameBefore(text, index)
    const token = tokenIn(run, name)
    if (token) found.add(token, placeOf(place, named ? '' : name))
  }
}

function tokenIn(run: string, name: string): string | null {
  const start = run.indexOf('eyJ')
  const compact = start < 0 ? null : compactIn(run.slice(start))
  return compact ?? (isOpaque(name, run) ? decodePercent(run) : null)
}

const placeOf = (place: string, name: string): string => [place, name].filter((part) => part !== '').join(' ')

/** One token over several lines, as mail and terminals break it. */
const wrapped = (text: string): boolean =>
  /\s/.test(text) &&
  /^eyJ[A-Za-z0-9_.~\s-]+$/.test(text) &&
  text.split(/\s+/).filter((line) => line.split('.').length >= 3 && line.startsWith('eyJ')).length < 2

function compactIn(run: string): string | null {
  const token = run.replace(/%.*$/, '').replace(/~$/, (end) => (run.includes('~') ? end : ''))
  const sd = splitSdJwt(token)
  if (sd) return token
  const parts = token.replace(/~.*$/, '').split('.')
  // A sentence may end after it; an unsecured token ends with a dot of its own.
  if (parts.length > 3 && parts.at(-1) === '' && parts.length !== 5) parts.pop()
  return parts.length >= 3 && decodePart('header', parts[0]!).value ? parts.join('.') : null
}

/** "access_token" of `access_token=`, "Authorization" of `Authorization: Bearer `. */
const nameBefore = (text: string, index: number): string =>
  /([A-Za-z][\w-]{0,60})["']?\s*[:=]\s*["']?(?:(?:Bearer|DPoP)\s+)?$/i.exec(
    text.slice(Math.max(0, index - 90), index),
  )?.[1] ?? ''

const isOpaque = (name: string, run: string): boolean =>
  run.length >= shortest &&
  (tokenNames.test(name) || (/^authorization$/i.test(name) && !/^(?:Bearer|DPoP|Basic|Digest)$/i.test(run)))

function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function fromBase64(text: unknown): string {
  if (typeof text !== 'string') return ''
  try {
    const url = text
      .replaceAll('+', '-')
      .replaceAll('/', '_')
      .replace(/(?<!=)=+$/, '')
    return new TextDecoder().decode(decodeBase64Url(url))
  } catch {
    return ''
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
