import fc from 'fast-check'
import { ISSUER } from '../support/issuer.ts'
import { rfc9449 } from '../support/rfc9449.ts'

/** Every route of the issuer, and some that are none. */
export const paths = [
  '/authorize',
  '/par',
  '/interaction',
  '/device_authorization',
  '/device',
  '/end_session',
  '/userinfo',
  '/token',
  '/register',
  '/register/demo-web',
  '/refresh',
  '/login',
  '/logout',
  '/me',
  '/items',
  '/2fa/setup',
  '/2fa/verify',
  '/introspect',
  '/revoke',
  '/jwks',
  '/openapi.json',
  '/docs',
  '/.well-known/openid-configuration',
  '/.well-known/oauth-authorization-server',
  '/.well-known/oauth-protected-resource',
  '/.well-known/oauth-protected-resource/me',
  '/.well-known/oauth-protected-resource/items',
  '/.well-known/webfinger',
  '/nowhere',
  '/__proto__',
] as const

const parameterNames = [
  'grant_type',
  'username',
  'password',
  'scope',
  'client_id',
  'client_secret',
  'refresh_token',
  'token',
  'token_type_hint',
  'code',
  'redirect_uri',
  'response_type',
  'response_mode',
  'request',
  'request_uri',
  'acr_values',
  'display',
  'state',
  'prompt',
  'code_challenge',
  'code_verifier',
  'id_token_hint',
  'id',
  'decision',
  'title',
  'resource',
  'authorization_details',
  'dpop_jkt',
  '__proto__',
  'constructor',
  'toString',
  '',
]
const goodValues = [
  'password',
  'refresh_token',
  'client_credentials',
  'alice',
  'wonderland',
  'demo-web',
  'read',
  'authorization_code',
  'form_post',
  'http://127.0.0.1:3000/callback',
  'login consent',
]

const long = fc.constantFrom('x', 'é', '\0', '%', ' ', '"', '[', '🦊').map((unit) => unit.repeat(10_000))
const value = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...goodValues) },
  { weight: 3, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  { weight: 1, arbitrary: long },
)
const name = fc.oneof(fc.constantFrom(...parameterNames), fc.string({ unit: 'binary', maxLength: 20 }))

/** Pairs as they might stand in a form: escaped, escaped by halves, or not at all. */
const pair = fc.tuple(name, value, fc.constantFrom('whole', 'half', 'raw')).map(([key, text, escaping]) => {
  if (escaping === 'raw') return `${key}=${text}`
  const escaped = new URLSearchParams([[key, text]]).toString()
  return escaping === 'whole' ? escaped : escaped.slice(0, Math.max(1, escaped.length - 1))
})
const form = fc.array(pair, { maxLength: 12 }).map((pairs) => pairs.join('&'))
const manyPairs = fc
  .integer({ min: 150, max: 400 })
  .map((count) => Array.from({ length: count }, (_, index) => `p${index}=1`).join('&'))
const badEscapes = fc.constantFrom(
  'username=%',
  'username=%f',
  'username=%ff',
  '%00=%00',
  'a=%ED%A0%80',
  '====&&&&',
)

const anyJson = fc.oneof(
  fc.dictionary(fc.constantFrom(...parameterNames), fc.oneof(value, fc.jsonValue())),
  fc.jsonValue(),
)
const json = fc.oneof(
  anyJson.map((content) => JSON.stringify(content)),
  fc.integer({ min: 1, max: 60_000 }).map((depth) => '['.repeat(depth) + ']'.repeat(depth)),
  fc.integer({ min: 1, max: 20_000 }).map((depth) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`),
  fc.constantFrom(
    '{"__proto__":{"code":"1"}}',
    '{"code":1e400}',
    '{"title":"\\ud800"}',
    '{"title":"\\u0000"}',
    '{',
  ),
)
const bytes = fc.uint8Array({ maxLength: 400 })
const megabyte = fc
  .constantFrom('x', 'a=1&', '{"a":', '\0')
  .map((unit) => unit.repeat(1_048_576 / unit.length))

const body = fc.oneof(
  { weight: 6, arbitrary: form },
  { weight: 4, arbitrary: json },
  { weight: 2, arbitrary: bytes },
  { weight: 1, arbitrary: badEscapes },
  { weight: 1, arbitrary: manyPairs },
  { weight: 1, arbitrary: fc.constant('') },
)

const contentType = fc.oneof(
  { weight: 5, arbitrary: fc.constant('application/x-www-form-urlencoded') },
  { weight: 3, arbitrary: fc.constant('application/json') },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      'application/x-www-form-urlencoded; charset=utf-16',
      'APPLICATION/JSON;;;',
      'multipart/form-data',
      'text/plain',
      ';',
      '/',
      'x'.repeat(10_000),
      '"><script>',
    ),
  },
)

/** What a header may hold on its way through fetch: any byte but NUL, CR and LF. */
const headerText = fc
  .array(fc.integer({ min: 1, max: 255 }), { maxLength: 80 })
  .map((codes) => String.fromCharCode(...codes.filter((code) => code !== 10 && code !== 13)))
const base64 = fc.uint8Array({ maxLength: 60 }).map((octets) => Buffer.from(octets).toString('base64'))
const authorization = (tokens: readonly string[]) =>
  fc.oneof(
    fc.constantFrom(...tokens).map((token) => `Bearer ${token}`),
    mutated(tokens).map((token) => `Bearer ${token}`),
    fc.constantFrom(...tokens).map((token) => `DPoP ${token}`),
    base64.map((credentials) => `Basic ${credentials}`),
    fc.constantFrom('Basic', 'Basic :', 'Bearer', 'Bearer  ', 'Digest x', `Bearer ${'x'.repeat(50_000)}`),
    headerText,
  )
/** Real proofs of other requests, broken ones, and anything. */
const proof = fc.oneof(
  fc.constantFrom(rfc9449.tokenProof, rfc9449.resourceProof, `${rfc9449.tokenProof}, x`, '', '..'),
  fc.constant(null).chain(() => mutated([rfc9449.tokenProof, rfc9449.resourceProof])),
  headerText,
)
const cookies = fc.oneof(
  fc.constantFrom(
    'session_id=',
    'session_id',
    'session_id=a; session_id=b',
    '=;=;',
    `session_id=${'x'.repeat(9_000)}`,
  ),
  headerText,
  headerText.map((text) => `session_id=${text}`),
)

/** A token with one bit flipped, a piece cut out, doubled, or its parts in another order. */
export const mutated = (tokens: readonly string[]) =>
  fc
    .tuple(
      fc.constantFrom(...tokens),
      fc.nat(),
      fc.nat(7),
      fc.constantFrom('flip', 'cut', 'double', 'shuffle', 'drop'),
    )
    .map(([token, place, bit, how]) => {
      const at = place % token.length
      if (how === 'cut') return token.slice(0, at)
      if (how === 'double') return token.slice(0, at) + token
      if (how === 'shuffle') return token.split('.').reverse().join('.')
      if (how === 'drop') return token.slice(0, at) + token.slice(at + 1)
      // Bit 7 would leave ASCII, and bits that give a control character no header can hold.
      const flipped = String.fromCharCode(token.charCodeAt(at) ^ (1 << (bit % 7)))
      return token.slice(0, at) + flipped + token.slice(at + 1)
    })
    .map((token) => token.replace(/[^\x21-\x7e]/g, '~'))

const method = fc.oneof(
  { weight: 6, arbitrary: fc.constant('POST') },
  { weight: 3, arbitrary: fc.constant('GET') },
  {
    weight: 1,
    arbitrary: fc.constantFrom('PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD', 'BREW', 'PROPFIND', 'x'),
  },
)
const query = fc.oneof(
  { weight: 4, arbitrary: fc.constant('') },
  { weight: 1, arbitrary: form.map((text) => `?${encodeURI(Buffer.from(text).toString()).slice(0, 500)}`) },
  { weight: 1, arbitrary: fc.constantFrom('?access_token=x', '?%ff=%', '?a=b&a=b', '?__proto__=1') },
)

export interface WildRequest {
  target: string
  init: RequestInit
}

/** What each route would take, for requests that are wrong in one place only. */
export const goodFields: Partial<Record<string, Record<string, string>>> = {
  '/authorize': {
    client_id: 'demo-spa',
    response_type: 'code',
    redirect_uri: 'http://127.0.0.1:3000/callback',
    scope: 'openid read',
    state: 'x',
    max_age: '60',
    id_token_hint: '',
    response_mode: 'jwt',
  },
  '/interaction': { id: 'x', username: 'alice', password: 'wonderland' },
  '/end_session': { client_id: 'demo-spa', post_logout_redirect_uri: 'http://127.0.0.1:3000/', state: 'x' },
  '/token': {
    grant_type: 'password',
    username: 'alice',
    password: 'wonderland',
    scope: 'read',
    client_id: 'demo-spa',
  },
  '/par': {
    client_id: 'demo-spa',
    response_type: 'code',
    redirect_uri: 'http://127.0.0.1:3000/callback',
    state: 'x',
  },
  '/device_authorization': { client_id: 'demo-device', scope: 'openid read' },
  '/device': { user_code: 'BCDF-GHJK' },
  '/login': { username: 'alice', password: 'wonderland' },
  '/refresh': { refresh_token: '' },
  '/items': { title: 'a title' },
  '/2fa/verify': { code: '000000' },
  '/introspect': { token: '', client_id: 'demo-web', client_secret: 'demo-web-secret' },
  '/revoke': { token: '' },
}
const jsonRoutes = ['/refresh', '/items', '/2fa/verify']

/** A request the route would take, with one field of its own or another's replaced, and a real token or a broken one. */
function nearlyGood(path: string, tokens: readonly string[]): fc.Arbitrary<WildRequest> {
  const good = goodFields[path] ?? {}
  const anyToken = fc.oneof(fc.constantFrom(...tokens), mutated(tokens))
  const field = fc.oneof(fc.constantFrom(...Object.keys(good), 'grant_type', 'scope'), name)
  return fc
    .tuple(field, fc.oneof(value, anyToken), anyToken, anyToken, fc.boolean())
    .map(([key, text, sent, bearer, asJson]) => {
      const given = Object.entries(good).map(([name, value]) => [name, value === '' ? sent : value])
      const fields = Object.fromEntries([...given, [key, text]]) as Record<string, string>
      const useJson = asJson && jsonRoutes.includes(path)
      const headers = new Headers({ 'content-type': useJson ? 'application/json' : FORM })
      if (!['/token', '/login', '/introspect', '/revoke'].includes(path)) {
        headers.set('authorization', `Bearer ${bearer}`)
      }
      const body = useJson ? JSON.stringify(fields) : new URLSearchParams(fields).toString()
      const init = path === '/me' ? { method: 'GET', headers } : { method: 'POST', headers, body }
      return { target: `${ISSUER}${path}`, init }
    })
}

const FORM = 'application/x-www-form-urlencoded'

/** Requests nobody should send, to one route. `tokens` are real ones, to use and to break. */
export const wildRequest = (path: string, tokens: readonly string[]): fc.Arbitrary<WildRequest> =>
  fc.oneof(nearlyGood(path, tokens), whollyWild(path, tokens))

const whollyWild = (path: string, tokens: readonly string[]): fc.Arbitrary<WildRequest> =>
  fc
    .record({
      method,
      query,
      body,
      contentType: fc.option(contentType),
      authorization: fc.option(authorization(tokens)),
      dpop: fc.option(proof, { freq: 2 }),
      cookie: fc.option(cookies),
      origin: fc.option(fc.constantFrom('https://app.test', 'null', '')),
    })
    .map(({ method, query, body, contentType, authorization, dpop, cookie, origin }) => {
      const headers = new Headers()
      const given = { 'content-type': contentType, authorization, dpop, cookie, origin }
      for (const [name, text] of Object.entries(given)) if (text !== null) headers.set(name, text)
      const withBody = method !== 'GET' && method !== 'HEAD'
      const init = {
        method,
        headers,
        ...(withBody ? { body: body as string | Uint8Array<ArrayBuffer> } : {}),
      }
      return { target: `${ISSUER}${path}${query}`, init }
    })

export const megabyteBody = megabyte
