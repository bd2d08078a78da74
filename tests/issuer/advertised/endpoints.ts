import { createRemoteJWKSet, customFetch, decodeProtectedHeader, jwtVerify } from 'jose'
import { expect } from 'vitest'
import { clientAuthMethod, grantType } from '../../../shared/contract/operations/clients.ts'
import { authorizationQuery } from '../../support/browser.ts'
import { alice, beginAt } from '../../support/device.ts'
import { basic, bearer, type Fields } from '../../support/issuer.ts'
import { list, type Member, single } from './member.ts'
import {
  ask,
  browserOf,
  claimsNow,
  openerId,
  proofOf,
  redeem,
  SECRET,
  tokensOf,
  type World,
} from './world.ts'

/** Verifies a JWT as an app does: with the key behind jwks_uri. */
const verified = async ({ root }: World, jwksUri: string, jwt: string) => {
  const answer = await root.send(jwksUri)
  return jwtVerify(
    jwt,
    createRemoteJWKSet(new URL(jwksUri), { [customFetch]: async () => new Response(answer.text) }),
    { currentDate: new Date(Number(await now(root))) },
  )
}
const now = async ({ clock }: World['root']) => clock.now()

const proofs: Record<string, (world: World) => Promise<[Fields, Fields]>> = {
  none: async () => [{ client_id: 'public' }, {}],
  client_secret_basic: async () => [{}, basic('app', encodeURIComponent(SECRET))],
  client_secret_post: async () => [{ client_id: 'app', client_secret: SECRET }, {}],
  client_secret_jwt: async (world) => [await proofOf(world, 'app', 'HS256'), {}],
  private_key_jwt: async (world) => [await proofOf(world, 'ES256'), {}],
}

const ids: Fields = { none: 'public', private_key_jwt: 'ES256' }

const methodAtToken = async (world: World, method: string) => {
  const [fields, headers] = await proofs[method]!(world)
  const { code } = await ask(world, { client_id: ids[method] ?? 'app', scope: 'read' })
  const { code: _, ...rest } = { code: '', ...fields }
  const answer = await world.issuer.token({ ...codeRequest(code!), ...rest }, headers)
  expect(answer.status, `${method}: ${answer.text}`).toBe(200)
}

const codeRequest = (code: string): Fields => ({
  grant_type: 'authorization_code',
  code,
  redirect_uri: 'http://127.0.0.1:3000/callback',
  code_verifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
})

const methodAt =
  (path: string, refusal: string | null = null) =>
  async (world: World, method: string) => {
    const [fields, headers] = await proofs[method]!(world)
    const { status, body } = await world.issuer.postForm(path, { token: 'x', ...fields }, headers)
    expect([status, body.error ?? null], method).toEqual(refusal === null ? [200, null] : [401, refusal])
  }

const algAt = (path: string) => async (world: World, alg: string) => {
  const id = alg.startsWith('HS') ? 'app' : alg
  const fields = {
    grant_type: 'client_credentials',
    scope: 'read',
    token: 'x',
    ...(await proofOf(world, id, alg)),
  }
  const { status, text } = await world.issuer.postForm(path, fields)
  expect(status, `${alg} at ${path}: ${text}`).toBe(200)
}

const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer'

/** A request of each grant that has to be answered with a token. */
const grants: Record<string, (world: World) => Promise<Fields>> = {
  authorization_code: async (world) => codeRequest((await ask(world)).code!),
  password: async () => ({ username: 'alice', password: 'wonderland' }),
  refresh_token: async (world) => ({ refresh_token: (await tokensOf(world)).refresh_token! }),
  client_credentials: async () => ({ scope: 'read' }),
  'urn:ietf:params:oauth:grant-type:device_code': async (world) => {
    const device = await beginAt(world.issuer, { client_id: 'app', client_secret: SECRET, scope: 'read' })
    const browser = browserOf(world)
    const user_code = device.userCode
    const login = await browser.follow(await browser.post(`${world.prefix}/device`, { user_code }))
    const page = await browser.fill(login, alice)
    expect(page.text).toContain('Your device is connected')
    return { device_code: device.deviceCode }
  },
  [JWT_BEARER]: async (world) => ({
    assertion: await world.signers.get('ES256')!(claimsNow(world, 'ES256', { sub: 'alice' })),
  }),
  'urn:ietf:params:oauth:grant-type:token-exchange': async (world) => ({
    subject_token: (await tokensOf(world, { scope: 'read' })).access_token!,
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
  const accept = { accept: 'application/token-introspection+jwt' }
  const fields = { token: 'x', client_id: id, client_secret: SECRET }
  const { text } = await world.issuer.postForm('/introspect', fields, accept)
  await verified(world, `${world.url}/jwks`, await world.opening.get(id)!(text))
}

export const endpoints: Record<string, Member> = {
  issuer: single(async (world, issuer) => {
    expect(issuer).toBe(world.url)
    expect((await world.issuer.get('/me', bearer((await tokensOf(world)).access_token!))).status).toBe(200)
  }),
  jwks_uri: single(async (world, url) => {
    const { access_token } = await tokensOf(world)
    expect((await verified(world, url, access_token!)).payload.iss).toBe(world.url)
  }),
  token_endpoint: single(async (world, url) => {
    const fields = { ...codeRequest((await ask(world)).code!), client_id: 'app', client_secret: SECRET }
    const answer = await world.root.postForm(url, fields)
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
  token_endpoint_auth_signing_alg_values_supported: list(algAt('/token')),
  introspection_endpoint: single(async (world, url) => {
    const { access_token } = await tokensOf(world)
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
    const accept = { accept: 'application/token-introspection+jwt' }
    const { text } = await world.issuer.postForm(
      '/introspect',
      { token: 'x', ...(await proofOf(world, alg)) },
      accept,
    )
    expect(decodeProtectedHeader(text).alg).toBe(alg)
    await verified(world, `${world.url}/jwks`, text)
  }),
  introspection_encryption_alg_values_supported: list(async (world, alg) =>
    introspectionOpens(world, openerId(alg)),
  ),
  introspection_encryption_enc_values_supported: list(async (world, enc) =>
    introspectionOpens(world, openerId('ECDH-ES', enc)),
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
    const { access_token } = await tokensOf(world)
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
    const key = world.proofKeys.get(alg)!
    const iat = Math.floor(world.issuer.clock.now() / 1000)
    const proof = await key.proof('POST', `${world.url}/token`, { claims: { iat } })
    const fields = { grant_type: 'client_credentials', scope: 'read', ...(await proofOf(world, 'app')) }
    expect((await world.issuer.token(fields, { dpop: proof })).body.token_type, alg).toBe('DPoP')
  }),
  authorization_details_types_supported: list(
    async (world, type) => {
      const authorization_details = JSON.stringify([{ type }])
      const { code } = await ask(world, { authorization_details })
      expect((await redeem(world, code)).body.authorization_details).toEqual([{ type }])
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
