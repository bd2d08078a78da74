import { decodeProtectedHeader, jwtVerify } from 'jose'
import { expect } from 'vitest'
import { clientAuthMethod, grantType } from '../../../shared/contract/operations/clients.ts'
import { authorizationQuery } from '../../support/browser.ts'
import { beginAt } from '../../support/device.ts'
import { type Answer, basic, bearer, type Fields } from '../../support/issuer.ts'
import { list, type Member, single } from './member.ts'
import { once } from './once.ts'
import { openerId } from './openers.ts'
import { introspectedBy, keysAt, login, loginBy, openedBy, revokedBy } from './seen.ts'
import { ask, browserOfUser, claimsNow, proofOf, redeem, SECRET, tokensOf, type World } from './world.ts'

/** Verifies a JWT as an app does: with the key behind jwks_uri. */
const verified = async (world: World, jwksUri: string, jwt: string) =>
  jwtVerify(jwt, await keysAt(world, jwksUri), { currentDate: new Date(world.root.clock.now()) })

const proofs: Record<string, (world: World) => Promise<[Fields, Fields]>> = {
  none: async () => [{ client_id: 'public' }, {}],
  client_secret_basic: async () => [{}, basic('app', encodeURIComponent(SECRET))],
  client_secret_post: async () => [{ client_id: 'app', client_secret: SECRET }, {}],
}

/** Methods by JWT, with an algorithm whose requests they are seen in. */
const algOfMethod: Fields = { client_secret_jwt: 'HS256', private_key_jwt: 'ES256' }

const methodAtToken = async (world: World, method: string) => {
  const answer = await tokenByMethod(world, method)
  expect(answer.status, `${method}: ${answer.text}`).toBe(200)
}

async function tokenByMethod(world: World, method: string): Promise<Answer> {
  if (algOfMethod[method]) return (await loginBy(world, algOfMethod[method])).answer
  const [fields, headers] = await proofs[method]!(world)
  // Who proves nothing gets no token without a user.
  const grant =
    method === 'none'
      ? codeRequest((await ask(world, { client_id: 'public', scope: 'read' })).code!)
      : { grant_type: 'client_credentials', scope: 'read' }
  return world.issuer.token({ ...grant, ...fields }, headers)
}

const codeRequest = (code: string): Fields => ({
  grant_type: 'authorization_code',
  code,
  redirect_uri: 'http://127.0.0.1:3000/callback',
  code_verifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
})

const methodAt =
  (path: Path, refusal: string | null = null) =>
  async (world: World, method: string) => {
    const { status, body } = await askedByMethod(world, path, method)
    expect([status, body.error ?? null], method).toEqual(refusal === null ? [200, null] : [401, refusal])
  }

/** Endpoints that take any token from whoever may ask. */
const byAlg = { '/introspect': introspectedBy, '/revoke': revokedBy }
type Path = keyof typeof byAlg

async function askedByMethod(world: World, path: Path, method: string): Promise<Answer> {
  if (algOfMethod[method]) return byAlg[path](world, algOfMethod[method])
  const [fields, headers] = await proofs[method]!(world)
  return world.issuer.postForm(path, { token: 'x', ...fields }, headers)
}

const algAt = (path: Path) => async (world: World, alg: string) => {
  const { status, text } = await byAlg[path](world, alg)
  expect(status, `${alg} at ${path}: ${text}`).toBe(200)
}

const algAtToken = async (world: World, alg: string) => {
  const { status, text } = (await loginBy(world, alg)).answer
  expect(status, `${alg}: ${text}`).toBe(200)
}

const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer'

/** A request of each grant that has to be answered with a token. */
const grants: Record<string, (world: World) => Promise<Fields>> = {
  authorization_code: async (world) => codeRequest((await ask(world, { scope: 'read' })).code!),
  password: async () => ({ username: 'alice', password: 'wonderland', scope: 'read' }),
  refresh_token: async (world) => ({ refresh_token: (await login(world)).tokens.refresh_token! }),
  client_credentials: async () => ({ scope: 'read' }),
  'urn:ietf:params:oauth:grant-type:device_code': async (world) => {
    const device = await beginAt(world.issuer, { client_id: 'app', client_secret: SECRET, scope: 'read' })
    const page = await browserOfUser(world).post(`${world.prefix}/device`, { user_code: device.userCode })
    expect(page.text).toContain('Your device is connected')
    return { device_code: device.deviceCode }
  },
  [JWT_BEARER]: async (world) => ({
    assertion: await world.signers.get('ES256')!(claimsNow(world, 'ES256', { sub: 'alice' })),
  }),
  'urn:ietf:params:oauth:grant-type:token-exchange': async (world) => ({
    subject_token: (await login(world)).tokens.access_token!,
    subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
  }),
}

const grantRequest = async (world: World, grant_type: string) =>
  world.issuer.token({
    grant_type,
    ...(await proofOf(world, grant_type === JWT_BEARER ? 'ES256' : 'app')),
    ...(await grants[grant_type]!(world)),
  })

const described = single(async ({ root }, url) => {
  expect((await root.send(url)).status).toBe(200)
})

async function introspectionOpens(world: World, id: string): Promise<void> {
  const { access_token } = (await openedBy(world, id)).tokens
  const fields = { token: access_token, client_id: id, client_secret: SECRET }
  const accept = { accept: 'application/token-introspection+jwt' }
  const { text } = await world.issuer.postForm('/introspect', fields, accept)
  const { payload } = await verified(world, `${world.url}/jwks`, await world.opening.get(id)!(text))
  expect(payload, id).toMatchObject({ token_introspection: { active: true } })
}

const introspectionOpensOnce = (world: World, id: string): Promise<void> =>
  once(world.seen, `introspection for ${id}`, () => introspectionOpens(world, id))

export const endpoints: Record<string, Member> = {
  issuer: single(async (world, issuer) => {
    expect(issuer).toBe(world.url)
    const { access_token } = (await login(world)).tokens
    expect((await world.issuer.get('/me', bearer(access_token!))).status).toBe(200)
  }),
  jwks_uri: single(async (world, url) => {
    const { access_token } = (await login(world)).tokens
    expect((await verified(world, url, access_token!)).payload.iss).toBe(world.url)
  }),
  token_endpoint: single(async (world, url) => {
    const { code } = await ask(world, { client_id: 'opaque', scope: 'read' })
    const answer = await world.root.postForm(url, { ...codeRequest(code!), client_id: 'opaque' })
    expect(answer.body.token_type).toBe('Bearer')
  }),
  grant_types_supported: list(
    async (world, grant_type) => {
      // What it is called stands for response types, which are held to their own word.
      if (grant_type === 'implicit') return
      const { status, text } = await grantRequest(world, grant_type)
      expect(status, `${grant_type}: ${text}`).toBe(200)
    },
    grantType.options,
    async (world, grant_type) => {
      expect((await grantRequest(world, grant_type)).body.error, grant_type).toBe('unsupported_grant_type')
    },
  ),
  token_endpoint_auth_methods_supported: list(methodAtToken),
  token_endpoint_auth_signing_alg_values_supported: list(algAtToken),
  introspection_endpoint: single(async (world, url) => {
    const { access_token } = (await login(world)).tokens
    const { body } = await world.root.postForm(url, {
      token: access_token!,
      ...(await proofOf(world, 'app')),
    })
    expect(body.active).toBe(true)
  }),
  introspection_endpoint_auth_methods_supported: list(
    methodAt('/introspect'),
    clientAuthMethod.options,
    methodAt('/introspect', 'invalid_client'),
  ),
  introspection_endpoint_auth_signing_alg_values_supported: list(algAt('/introspect')),
  introspection_signing_alg_values_supported: list(async (world, alg) => {
    const { text } = await introspectedBy(world, alg)
    expect(decodeProtectedHeader(text).alg).toBe(alg)
    expect((await verified(world, `${world.url}/jwks`, text)).payload).toMatchObject({
      token_introspection: { active: true },
    })
  }),
  introspection_encryption_alg_values_supported: list(async (world, alg) =>
    introspectionOpensOnce(world, openerId(alg)),
  ),
  introspection_encryption_enc_values_supported: list(async (world, enc) =>
    introspectionOpensOnce(world, openerId('ECDH-ES', enc)),
  ),
  pushed_authorization_request_endpoint: single(async (world, url) => {
    const pushed = {
      ...Object.fromEntries(authorizationQuery({ scope: world.scope })),
      ...(await proofOf(world, 'app')),
    }
    const { body } = await world.root.postForm(url, { ...pushed, client_id: 'app', login_hint: 'alice' })
    const { code } = await ask(world, { request_uri: String(body.request_uri) })
    expect((await redeem(world, code)).status).toBe(200)
  }),
  device_authorization_endpoint: single(async (world, url) => {
    const { body } = await world.root.postForm(url, { client_id: 'public' })
    expect((await world.root.send(String(body.verification_uri))).status).toBe(200)
  }),
  revocation_endpoint: single(async (world, url) => {
    const { access_token } = await tokensOf(world, { scope: 'read' })
    await world.root.postForm(url, { token: access_token!, ...(await proofOf(world, 'app')) })
    expect((await world.issuer.get('/me', bearer(access_token!))).status).toBe(401)
  }),
  revocation_endpoint_auth_methods_supported: list(methodAt('/revoke')),
  revocation_endpoint_auth_signing_alg_values_supported: list(algAt('/revoke')),
  registration_endpoint: single(
    async (world, url) => {
      const body = JSON.stringify({ redirect_uris: ['https://app.example/callback'] })
      const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body }
      const { status, headers } = await world.root.send(url, init)
      if (status === 401) expect(headers.get('www-authenticate')).toContain('Bearer')
      else expect(status).toBe(201)
    },
    async (world) => {
      const { status } = await world.issuer.postJson('/register', { redirect_uris: ['https://app.example/'] })
      expect(status).toBe(404)
    },
  ),
  dpop_signing_alg_values_supported: list(async (world, alg) => {
    expect((await loginBy(world, alg)).tokens.token_type, alg).toBe('DPoP')
  }),
  authorization_details_types_supported: list(
    async (world, type) => {
      const authorization_details = JSON.stringify([{ type }])
      const { code } = await ask(world, { client_id: 'opaque', scope: 'read', authorization_details })
      const { body } = await redeem(world, code, 'opaque')
      expect(body.authorization_details).toEqual([{ type }])
    },
    ['payment_initiation'],
    async (world, type) => {
      const authorization_details = JSON.stringify([{ type }])
      const refused = 'invalid_authorization_details'
      const told = await ask(world, { authorization_details, scope: 'read' })
      // The lenient profile lets types pass that nobody listed.
      expect([refused, undefined]).toContain(told.error)
    },
  ),
  protected_resources: list(async (world, resource) => {
    const { origin, pathname } = new URL(resource)
    const path = `/.well-known/oauth-protected-resource${pathname === '/' ? '' : pathname}`
    const { body } = await world.root.send(origin + path)
    expect(body).toMatchObject({ resource, authorization_servers: [world.url] })
  }),
  service_documentation: described,
}
