import { describe, expect, test } from 'vitest'
import { openApiDocument } from '../../electron/server/provider/openapi/document.ts'
import { endpoints } from '../../electron/server/provider/routes.ts'
import { isJsonObject, type JsonObject } from '../../shared/protocol/jwt.ts'
import { authorizationQuery } from '../support/browser.ts'
import { type Answer, bearer, cookie, type Issuer, openIssuer } from '../support/issuer.ts'

const options = { version: '1.2.3', scopes: [], path: '/', cookie: 'session_id' }
const document = openApiDocument(options) as unknown as JsonObject

/** What lies at a JSON pointer (RFC 6901) of the document. */
function at(pointer: string): unknown {
  let current: unknown = document
  for (const part of pointer.split('/').slice(1)) {
    const name = decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~')
    current = isJsonObject(current) ? current[name] : undefined
  }
  return current
}

const objectAt = (pointer: string): JsonObject => {
  const found = at(pointer)
  if (!isJsonObject(found)) throw new Error(`there is no object at ${pointer}`)
  return found
}

interface Described {
  path: string
  method: string
  operation: JsonObject
}

const operations: Described[] = Object.entries(objectAt('/paths')).flatMap(([path, item]) =>
  Object.entries(item as Record<string, JsonObject>).map(([method, operation]) => ({
    path,
    method,
    operation,
  })),
)

/** Every object inside a value, with its place. */
function* objectsIn(value: unknown, place = ''): Generator<[string, JsonObject]> {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* objectsIn(item, `${place}/${index}`)
  } else if (isJsonObject(value)) {
    yield [place, value]
    for (const [name, item] of Object.entries(value)) yield* objectsIn(item, `${place}/${name}`)
  }
}

describe('the routes', () => {
  const routes = (list: [string, readonly string[]][]) =>
    list.flatMap(([path, methods]) => methods.map((method) => `${method.toUpperCase()} ${path}`)).sort()

  test('each is described, and each description has its route', () => {
    // The files of the documentation page are parts of /docs.
    const real = endpoints.filter(({ path }) => !path.startsWith('/docs/'))
    expect(routes(operations.map(({ path, method }) => [path, [method]]))).toEqual(
      routes(real.map(({ path, methods }) => [path, methods])),
    )
  })
})

describe('the document', () => {
  test('has what OpenAPI 3.1 requires of it', () => {
    expect(document.openapi).toMatch(/^3\.1\.\d+$/)
    expect(document.info).toMatchObject({ title: expect.any(String), version: '1.2.3' })
    expect(Object.keys(objectAt('/paths')).every((path) => path.startsWith('/'))).toBe(true)
    const known = ['openapi', 'info', 'tags', 'servers', 'paths', 'components']
    expect(Object.keys(document).filter((name) => !known.includes(name))).toEqual([])
  })

  test('every $ref leads somewhere', () => {
    const refs = [...objectsIn(document)].flatMap(([, { $ref }]) => (typeof $ref === 'string' ? [$ref] : []))
    expect(refs.length).toBeGreaterThan(10)
    expect(refs.filter((ref) => !ref.startsWith('#/') || at(ref.slice(1)) === undefined)).toEqual([])
  })

  test('every schema is used', () => {
    const text = JSON.stringify(document)
    const names = Object.keys(objectAt('/components/schemas'))
    expect(names.filter((name) => !text.includes(`"#/components/schemas/${name}"`))).toEqual([])
  })

  test('every component has a name OpenAPI allows', () => {
    const names = ['schemas', 'securitySchemes'].flatMap((kind) =>
      Object.keys(objectAt(`/components/${kind}`)),
    )
    expect(names.filter((name) => !/^[a-zA-Z0-9._-]+$/.test(name))).toEqual([])
  })

  test('every schema is JSON Schema: known types, required properties that exist, valid patterns', () => {
    const types = ['string', 'integer', 'number', 'boolean', 'object', 'array', 'null']
    for (const [place, schema] of objectsIn(objectAt('/components/schemas'))) {
      if (/\/(properties|examples\/\d+)$/.test(place) || place.split('/').length < 2) continue
      const { type, required = [], properties = {}, pattern } = schema as Record<string, never>
      expect(
        [type ?? []].flat().filter((name) => !types.includes(name)),
        place,
      ).toEqual([])
      expect(
        (required as string[]).filter((name) => !(name in properties)),
        place,
      ).toEqual([])
      if (pattern) expect(() => new RegExp(pattern, 'u'), place).not.toThrow()
    }
  })

  test('operation ids are unique, tags declared, summaries there', () => {
    const ids = operations.map(({ operation }) => operation.operationId)
    expect(new Set(ids).size).toBe(ids.length)
    const declared = (document.tags as { name: string }[]).map(({ name }) => name)
    for (const { path, operation } of operations) {
      expect(declared, path).toEqual(expect.arrayContaining(operation.tags as string[]))
      expect(operation.summary, path).toEqual(expect.stringMatching(/.{4}/))
    }
  })

  test('every response has a status, a description and, in its content, schemas', () => {
    for (const { path, method, operation } of operations) {
      const responses = Object.entries(operation.responses as Record<string, JsonObject>)
      expect(responses.length, path).toBeGreaterThan(0)
      for (const [status, { description, content = {} }] of responses) {
        expect(status, `${method} ${path}`).toMatch(/^[2-5]\d\d$/)
        expect(description, `${method} ${path}`).toEqual(expect.stringMatching(/./))
        for (const media of Object.values(content as JsonObject)) expect(media).toHaveProperty('schema')
      }
    }
  })

  test('security names schemes that exist; scopes only where the scheme has them', () => {
    const schemes = objectAt('/components/securitySchemes')
    for (const { path, operation } of operations) {
      for (const requirement of operation.security as Record<string, string[]>[]) {
        for (const [name, scopes] of Object.entries(requirement)) {
          expect(schemes, path).toHaveProperty(name)
          if ((schemes[name] as JsonObject).type !== 'oauth2') expect(scopes, path).toEqual([])
        }
      }
    }
  })
})

describe('security', () => {
  const bearerScheme = 'OAuth2PasswordBearer'

  test('protected routes ask for the bearer with their scopes, and only they', () => {
    const asked = operations.flatMap(({ path, method, operation }) =>
      (operation.security as Record<string, string[]>[]).flatMap((requirement) =>
        requirement[bearerScheme] ? [[`${method} ${path}`, requirement[bearerScheme]]] : [],
      ),
    )
    expect(Object.fromEntries(asked)).toEqual({
      'get /me': [],
      'get /items': ['read'],
      'get /userinfo': ['openid'],
      'post /userinfo': ['openid'],
      'post /items': ['write'],
      'post /logout': [],
      'post /2fa/setup': [],
      'post /2fa/verify': [],
    })
  })

  test('the password flow has the token URL and the scopes of the workspace as they are now', async () => {
    const issuer = await openIssuer()
    await issuer.call('scopes.create', { name: 'coffee', description: 'Make coffee' })
    const { components } = (await issuer.get('/openapi.json')).body as Record<string, JsonObject>
    const scheme = (components!.securitySchemes as JsonObject)[bearerScheme] as JsonObject
    expect(scheme.type).toBe('oauth2')
    const { password, ...otherFlows } = scheme.flows as Record<string, JsonObject>
    expect(otherFlows).toEqual({})
    expect(password!.tokenUrl).toBe('/token')
    expect(password!.scopes).toMatchObject({ read: expect.any(String), coffee: 'Make coffee' })
  })

  test('the cookie is session_id', () => {
    expect(objectAt('/components/securitySchemes/APIKeyCookie')).toMatchObject({
      type: 'apiKey',
      in: 'cookie',
      name: 'session_id',
    })
  })
})

test('GET /openapi.json is readable for pages of other origins and never stale', async () => {
  const issuer = await openIssuer()
  const answer = await issuer.get('/openapi.json', { origin: 'https://editor.example.test' })
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toBe('application/json')
  expect(answer.headers.get('access-control-allow-origin')).toBe('*')
  expect(answer.headers.get('cache-control')).toBe('no-cache')
})

describe('what is described is what is answered', () => {
  /** A request for each route, and more where the answers differ. */
  const requests: [string, string, (issuer: Issuer) => Promise<Answer>][] = [
    [
      'post',
      '/token',
      ({ token }) => token({ grant_type: 'password', username: 'alice', password: 'wonderland' }),
    ],
    [
      'post',
      '/token',
      ({ token }) => token({ grant_type: 'password', username: 'alice', password: 'wrong' }),
    ],
    ['post', '/token', ({ token }) => token({ grant_type: 'password', client_id: 'nobody' })],
    ['post', '/token', ({ token }) => token({ username: 'x'.repeat(300_000) })],
    [
      'post',
      '/device_authorization',
      ({ postForm }) => postForm('/device_authorization', { client_id: 'demo-device' }),
    ],
    ['post', '/device_authorization', ({ postForm }) => postForm('/device_authorization', {})],
    ['post', '/par', ({ postForm }) => postForm('/par', Object.fromEntries(authorizationQuery({})))],
    ['post', '/par', ({ postForm }) => postForm('/par', {})],
    [
      'post',
      '/register',
      ({ postJson }) => postJson('/register', { redirect_uris: ['https://app.example/'] }),
    ],
    ['post', '/register', ({ postJson }) => postJson('/register', {})],
    ['get', '/register/{client_id}', ({ get }) => get('/register/demo-web')],
    ['get', '/device', ({ get }) => get('/device')],
    ['post', '/device', ({ postForm }) => postForm('/device', { user_code: 'x' })],
    ['get', '/me', async (issuer) => issuer.get('/me', await loggedIn(issuer))],
    ['get', '/me', ({ get }) => get('/me')],
    ['get', '/items', async (issuer) => issuer.get('/items', await loggedIn(issuer, 'read'))],
    ['get', '/items', async (issuer) => issuer.get('/items', await loggedIn(issuer))],
    [
      'post',
      '/items',
      async (issuer) => issuer.postJson('/items', { title: 'x' }, await loggedIn(issuer, 'write')),
    ],
    ['post', '/items', async (issuer) => issuer.postJson('/items', {}, await loggedIn(issuer, 'write'))],
    ['post', '/items', async (issuer) => issuer.postJson('/items', { title: 'x' }, await loggedIn(issuer))],
    ['post', '/refresh', async (issuer) => issuer.postJson('/refresh', await refreshToken(issuer))],
    ['post', '/refresh', async (issuer) => issuer.postForm('/refresh', await refreshToken(issuer))],
    ['post', '/refresh', ({ postJson }) => postJson('/refresh', { refresh_token: 'garbage' })],
    ['post', '/refresh', ({ postJson }) => postJson('/refresh', {})],
    ['post', '/login', ({ postForm }) => postForm('/login', { username: 'alice', password: 'wonderland' })],
    ['post', '/login', ({ postForm }) => postForm('/login', { username: 'alice', password: 'wrong' })],
    ['post', '/logout', async (issuer) => issuer.postForm('/logout', {}, await loggedIn(issuer))],
    ['post', '/logout', ({ postForm }) => postForm('/logout', {}, cookie('made-up'))],
    ['post', '/2fa/setup', async (issuer) => issuer.postForm('/2fa/setup', {}, await loggedIn(issuer))],
    [
      'post',
      '/2fa/verify',
      async (issuer) => issuer.postJson('/2fa/verify', { code: '1' }, await loggedIn(issuer)),
    ],
    ['get', '/jwks', ({ get }) => get('/jwks')],
    ['get', '/.well-known/openid-configuration', ({ get }) => get('/.well-known/openid-configuration')],
    [
      'get',
      '/.well-known/oauth-authorization-server',
      ({ get }) => get('/.well-known/oauth-authorization-server'),
    ],
    ['get', '/openapi.json', ({ get }) => get('/openapi.json')],
    ['get', '/docs', ({ get }) => get('/docs')],
  ]

  const loggedIn = async (issuer: Issuer, scope = '') =>
    bearer((await issuer.login('alice', { scope })).access_token)

  const refreshToken = async (issuer: Issuer) => ({
    refresh_token: (await issuer.login('alice')).refresh_token!,
  })

  test.each(requests)('%s %s (%#)', async (method, path, send) => {
    const answer = await send(await openIssuer())
    const { responses } = operations.find((one) => one.path === path && one.method === method)!.operation
    const response = (responses as Record<string, JsonObject>)[answer.status]
    expect(response, `status ${answer.status}`).toBeDefined()
    const type = answer.headers.get('content-type')!.split(';')[0]!
    const { schema } = (response!.content as Record<string, { schema: JsonObject }>)[type]!
    const parsed: unknown = type === 'application/json' ? JSON.parse(answer.text) : answer.text
    expect(misfits(schema, parsed)).toEqual([])
  })

  test('examples of refusals fit the shape of errors', () => {
    const examples = [...objectsIn(objectAt('/paths'))].flatMap(([, { example }]) =>
      example ? [example] : [],
    )
    expect(examples.length).toBeGreaterThan(10)
    for (const example of examples)
      expect(misfits(objectAt('/components/schemas/Error'), example)).toEqual([])
  })
})

/** Where a value does not fit a schema of the kinds this document uses; a property nobody described counts. */
function misfits(schema: JsonObject, value: unknown, place = ''): string[] {
  if (typeof schema.$ref === 'string') return misfits(objectAt(schema.$ref.slice(1)), value, place)
  const types = [schema.type].flat()
  if (!types.includes(typeOf(value))) return [`${place} is ${typeOf(value)}, not ${types.join(' or ')}`]
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => misfits(schema.items as JsonObject, item, `${place}/${index}`))
  }
  if (isJsonObject(value)) return propertyMisfits(schema, value, place)
  const { const: constant = value, enum: allowed = [value] } = schema as { const?: unknown; enum?: unknown[] }
  return value === constant && allowed.includes(value) ? [] : [`${place} is ${JSON.stringify(value)}`]
}

function propertyMisfits(schema: JsonObject, value: JsonObject, place: string): string[] {
  const { properties, required = [] } = schema as {
    properties?: Record<string, JsonObject>
    required?: string[]
  }
  const missing = required.filter((name) => !(name in value)).map((name) => `${place} has no ${name}`)
  // Without properties, or with additionalProperties, the schema leaves the rest open.
  const closed = properties !== undefined && schema.additionalProperties !== true
  const rest = Object.entries(value).flatMap(([name, item]) => {
    const property = properties?.[name]
    if (property) return misfits(property, item, `${place}/${name}`)
    return closed ? [`${place} has ${name}, which is not described`] : []
  })
  return [...missing, ...rest]
}

function typeOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return Number.isInteger(value) ? 'integer' : typeof value
}
