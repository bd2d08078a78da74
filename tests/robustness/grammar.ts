import fc from 'fast-check'
import type { Endpoint } from '../../electron/server/provider/endpoint.ts'
import { answerOf, authorizationQuery, codeFields, fieldOf, openBrowser } from '../support/browser.ts'
import { beginAt, DEVICE_CODE } from '../support/device.ts'
import { basic, type Fields, ISSUER, type Issuer } from '../support/issuer.ts'
import { goodFields, mutated, type WildRequest } from './requests.ts'

// Requests by the grammar of each endpoint: its own parameters, with values of theirs that are right, of another kind, or broken.

/** What was really given out, to be used, mixed up and broken. */
export interface Given {
  access: string[]
  refresh: string[]
  codes: string[]
  deviceCodes: string[]
  userCodes: string[]
  requestUris: string[]
  interactions: string[]
  cookies: string[]
}

/** Several of most, for some of the requests use one up. */
export async function giveOut(issuer: Issuer): Promise<Given> {
  const given: Given = {
    access: [],
    refresh: [],
    codes: [],
    deviceCodes: [],
    userCodes: [],
    requestUris: [],
    interactions: [],
    cookies: [],
  }
  for (const username of ['alice', 'dave', 'carol', 'erin']) {
    const { access_token, refresh_token } = await issuer.login(username, { scope: 'openid read' })
    given.access.push(access_token)
    if (refresh_token) given.refresh.push(refresh_token)
  }
  for (let count = 0; count < 3; count++) {
    const browser = openBrowser(issuer)
    given.codes.push(answerOf(await browser.logIn()).code!)
    given.cookies.push([...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; '))
    const waiting = openBrowser(issuer)
    given.interactions.push(fieldOf(await waiting.follow(await waiting.authorize()), 'id'))
    const device = await beginAt(issuer)
    given.deviceCodes.push(device.deviceCode)
    given.userCodes.push(device.userCode)
    const pushed = await issuer.postForm('/par', Object.fromEntries(authorizationQuery({})))
    given.requestUris.push(String(pushed.body.request_uri))
  }
  return given
}

const CLIENTS = ['demo-web', 'demo-spa', 'demo-service', 'demo-device']
const GRANTS = [
  'authorization_code',
  'refresh_token',
  'client_credentials',
  'password',
  DEVICE_CODE,
  'urn:ietf:params:oauth:grant-type:token-exchange',
  'urn:ietf:params:oauth:grant-type:jwt-bearer',
]
const TOKEN_TYPES = ['access_token', 'refresh_token', 'id_token', 'jwt'].map(
  (name) => `urn:ietf:params:oauth:token-type:${name}`,
)

/** Right values of every parameter, by its name. */
const rightValues = (given: Given): Record<string, readonly string[]> => {
  const tokens = [...given.access, ...given.refresh]
  return {
    grant_type: GRANTS,
    client_id: CLIENTS,
    client_secret: ['demo-web-secret', 'demo-service-secret'],
    username: ['alice', 'bob', 'carol', 'dave'],
    password: ['wonderland', 'builder', 'caroling', 'davinci'],
    scope: ['read', 'openid', 'openid profile offline_access', 'admin', 'read write'],
    code: [...given.codes, '000000'],
    code_verifier: [codeFields('').code_verifier!],
    code_challenge: [Object.fromEntries(authorizationQuery({})).code_challenge!],
    code_challenge_method: ['S256', 'plain'],
    redirect_uri: ['http://127.0.0.1:3000/callback', 'http://[::1]:1/', 'https://evil.test/cb', 'app:/cb'],
    post_logout_redirect_uri: ['http://127.0.0.1:3000/', 'https://evil.test/'],
    refresh_token: given.refresh,
    token: tokens,
    token_type_hint: ['access_token', 'refresh_token', 'pending'],
    device_code: given.deviceCodes,
    user_code: given.userCodes,
    request_uri: given.requestUris,
    request: tokens,
    response_type: ['code', 'code id_token', 'token', 'none'],
    response_mode: ['query', 'fragment', 'form_post', 'jwt'],
    prompt: ['none', 'login', 'consent', 'none login', 'select_account'],
    max_age: ['0', '60', '-1', '1e9'],
    state: ['af0ifjsldkj'],
    nonce: ['n-0S6_WzA2Mj'],
    id_token_hint: tokens,
    login_hint: ['alice', 'nobody'],
    claims: ['{"id_token":{"email":null}}', '{"userinfo":[]}', '{'],
    resource: ['http://127.0.0.1:4400', 'acct:alice@127.0.0.1', 'urn:api', 'relative'],
    rel: ['http://openid.net/specs/connect/1.0/issuer', 'self'],
    authorization_details: ['[{"type":"payment_initiation"}]', '[]', '{}'],
    subject_token: tokens,
    subject_token_type: TOKEN_TYPES,
    actor_token: tokens,
    actor_token_type: TOKEN_TYPES,
    requested_token_type: TOKEN_TYPES,
    audience: ['api'],
    assertion: tokens,
    client_assertion: tokens,
    client_assertion_type: ['urn:ietf:params:oauth:client-assertion-type:jwt-bearer'],
    id: given.interactions,
    decision: ['allow', 'deny'],
    'scope:read': ['on'],
    title: ['a title'],
    redirect_uris: ['http://127.0.0.1:3000/callback'],
    client_name: ['An app'],
  }
}

const CLIENT = 'client_id client_secret client_assertion client_assertion_type'
const AUTHORIZE =
  'response_type redirect_uri scope state nonce prompt max_age response_mode code_challenge code_challenge_method id_token_hint login_hint claims resource authorization_details request request_uri'

/** Parameters of each endpoint, by its name. One that is new gets a little of everything. */
const parametersOf: Readonly<Record<string, string>> = {
  authorization: `client_id ${AUTHORIZE}`,
  'pushed-authorization': `${CLIENT} ${AUTHORIZE}`,
  'device-authorization': `${CLIENT} scope resource authorization_details`,
  device: 'user_code',
  interaction: 'id decision username password code scope:read',
  registration: 'redirect_uris client_name scope',
  'client-configuration': 'client_id client_secret redirect_uris client_name',
  token: `grant_type ${CLIENT} username password scope code code_verifier redirect_uri refresh_token device_code resource subject_token subject_token_type actor_token actor_token_type requested_token_type audience assertion`,
  introspection: `${CLIENT} token token_type_hint`,
  webfinger: 'resource rel',
  revocation: `${CLIENT} token token_type_hint`,
  'end-session': 'client_id id_token_hint post_logout_redirect_uri state',
  items: 'title',
  refresh: 'refresh_token scope',
  login: 'username password',
  '2fa-verify': 'code',
}

const anything = 'client_id token scope state id'
const BROKEN = [
  '',
  'x',
  '\0',
  ' ',
  '%',
  '"',
  'é🦊',
  '[]',
  '{"__proto__":1}',
  '../..',
  '-1',
  'a b  c',
  'x'.repeat(3000),
]

/** `text` standing in another's place: right, of another parameter, broken, or mutated from a right one. */
function textFor(name: string, right: Record<string, readonly string[]>): fc.Arbitrary<string> {
  const own = right[name] ?? BROKEN
  const any = Object.values(right).flat()
  return fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(...own) },
    { weight: 1, arbitrary: fc.constantFrom(...any) },
    { weight: 1, arbitrary: fc.constantFrom(...BROKEN) },
    { weight: 1, arbitrary: mutated(own.filter((text) => text !== '')) },
  )
}

/** Most of the parameters that belong together, in any order, some of them twice. */
const pairsOf = (names: readonly string[], right: Record<string, readonly string[]>) =>
  fc.array(
    fc.oneof(...names.map((name) => textFor(name, right).map((text): [string, string] => [name, text]))),
    { maxLength: names.length + 1 },
  )

/** Parameters that are all there, and right together but for one. */
const completeOf = (names: readonly string[], right: Record<string, readonly string[]>) =>
  fc
    .tuple(
      fc.tuple(...names.map((name) => fc.constantFrom(...(right[name] ?? BROKEN)))),
      fc.subarray([...names], { minLength: 0 }),
      pairsOf(names, right),
    )
    .map(([values, kept, [changed]]): [string, string][] => {
      const pairs = names.map((name, index): [string, string] => [name, values[index]!])
      return [...pairs.filter(([name]) => kept.includes(name)), ...(changed ? [changed] : [])]
    })

/** A request that is right, and one time in two has one more parameter or another value of one. */
const goodOf = (endpoint: Endpoint, names: readonly string[], right: Record<string, readonly string[]>) => {
  const fields = { ...goodFields[endpoint.path], ...goodBeside[endpoint.name] }
  const base = Object.entries(fields).map(([name, text]) =>
    fc.constantFrom(...(text === '' || name === 'id' ? right[name]! : [text])).map((value) => [name, value]),
  )
  return fc.tuple(fc.tuple(...base), fc.boolean(), pairsOf(names, right)).map(
    ([pairs, changes, [change]]) =>
      Object.entries({
        ...Object.fromEntries(pairs),
        ...(changes && change ? Object.fromEntries([change]) : {}),
      }) as [string, string][],
  )
}

const goodBeside: Readonly<Record<string, Fields>> = {
  'pushed-authorization': Object.fromEntries(authorizationQuery({})),
  authorization: Object.fromEntries(authorizationQuery({})),
}

/** A path that leads to the endpoint. */
export const pathOf = ({ path }: Endpoint): string => path.replace(/\{[^}]+\}/, 'demo-web')

const credentials = (given: Given): fc.Arbitrary<Fields> =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constant<Fields>({}) },
    {
      weight: 3,
      arbitrary: fc
        .tuple(
          fc.constantFrom('Bearer', 'DPoP', 'bearer'),
          fc.constantFrom(...given.access, ...given.refresh),
        )
        .map(([scheme, token]): Fields => ({ authorization: `${scheme} ${token}` })),
    },
    {
      weight: 1,
      arbitrary: mutated(given.access).map((token): Fields => ({ authorization: `Bearer ${token}` })),
    },
    {
      weight: 2,
      arbitrary: fc
        .tuple(
          fc.constantFrom(...CLIENTS),
          fc.constantFrom('demo-web-secret', 'demo-service-secret', 'wrong'),
        )
        .map(([id, secret]) => basic(id, secret)),
    },
    { weight: 1, arbitrary: fc.constantFrom(...given.cookies).map((cookie): Fields => ({ cookie })) },
    { weight: 1, arbitrary: fc.constantFrom(...given.access).map((dpop): Fields => ({ dpop })) },
  )

const JSON_ENDPOINTS = ['registration', 'client-configuration', 'refresh', 'items', '2fa-verify']

/** Requests to one endpoint, in its own grammar. */
export function grammaticalRequest(endpoint: Endpoint, given: Given): fc.Arbitrary<WildRequest> {
  const right = rightValues(given)
  const names = (parametersOf[endpoint.name] ?? anything).split(' ')
  const pairs = fc.oneof(goodOf(endpoint, names, right), completeOf(names, right), pairsOf(names, right))
  return fc
    .tuple(fc.constantFrom(...endpoint.methods), pairs, credentials(given), fc.boolean())
    .map(([method, fields, authorization, plain]) => {
      const target = `${ISSUER}${pathOf(endpoint)}`
      const query = new URLSearchParams(fields).toString()
      if (method === 'GET' || method === 'DELETE')
        return { target: `${target}?${query}`, init: { method, headers: new Headers(authorization) } }
      const asJson = !plain && JSON_ENDPOINTS.includes(endpoint.name)
      const type = asJson ? 'application/json' : 'application/x-www-form-urlencoded'
      const headers = new Headers({ ...authorization, 'content-type': type })
      return { target, init: { method, headers, body: asJson ? jsonOf(fields) : query } }
    })
}

/** redirect_uris is a list, as registration wants it. */
const jsonOf = (fields: [string, string][]): string =>
  JSON.stringify(
    Object.fromEntries(fields.map(([name, text]) => [name, name === 'redirect_uris' ? [text] : text])),
  )
