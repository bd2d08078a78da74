import { describe, expect, test } from 'vitest'
import { redactExchange } from '../../shared/flow/redact.ts'
import { type Answer, basic, bearer, ISSUER, type Issuer, openIssuer } from '../support/issuer.ts'
import { type ClientInformation, manage, postMetadata, register } from '../support/registration.ts'
import { openTwo, under } from '../support/second-issuer.ts'

const METADATA = {
  redirect_uris: ['https://client.example.org/callback', 'https://client.example.org/callback2'],
  grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
  token_endpoint_auth_method: 'client_secret_basic',
  client_name: 'My Example Client',
  logo_uri: 'https://client.example.org/logo.png',
}

/** RFC 7592 2.2: "a client […] replaces all its metadata". */
const updateOf = ({ client_id, client_secret }: ClientInformation) => ({
  client_id,
  client_secret,
  redirect_uris: ['https://client.example.org/callback', 'https://client.example.org/alt'],
  grant_types: ['authorization_code', 'refresh_token'],
  token_endpoint_auth_method: 'client_secret_basic',
  jwks_uri: 'https://client.example.org/my_public_keys.jwks',
  client_name: 'My New Example',
  'client_name#fr': 'Mon Nouvel Exemple',
})

function expectForeign({ status, headers, body }: Answer): void {
  expect([status, body.error, headers.get('www-authenticate')]).toEqual([
    401,
    'invalid_token',
    'Bearer error="invalid_token", error_description="The registration access token is not valid"',
  ])
}

describe('a client reads its registration (RFC 7592 2.1)', () => {
  test('and gets what it got when it registered', async () => {
    const issuer = await openIssuer()
    const client = await register(issuer, METADATA)
    const answer = await manage(issuer, 'GET', client)
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store'])
    expect(answer.body).toEqual(client)
  })

  test('with its own token and no other', async () => {
    const issuer = await openIssuer()
    const client = await register(issuer, METADATA)
    const other = await register(issuer, METADATA)
    const at = (uri: string, token: string) =>
      manage(issuer, 'GET', { registration_client_uri: uri, registration_access_token: token })
    const bare = await issuer.get(`/register/${client.client_id}`)
    expect([bare.status, bare.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="register"'])
    const wrong = [
      await at(client.registration_client_uri, other.registration_access_token),
      await at(client.registration_client_uri, (await issuer.login('alice')).access_token),
      await at(`${ISSUER}/register/nobody`, client.registration_access_token),
      await at(`${ISSUER}/register/demo-web`, client.registration_access_token),
      await at(`${ISSUER}/register/${encodeURIComponent('../é')}`, client.registration_access_token),
    ]
    for (const answer of wrong) expectForeign(answer)
  })

  test('never where there is no client_id', async () => {
    const issuer = await openIssuer()
    for (const path of ['/register/', '/register/%', '/register/a/b', '/register/{client_id}/']) {
      expect((await issuer.get(path, bearer('x'))).status, path).toBe(404)
    }
  })
})

describe('a client replaces its registration (RFC 7592 2.2)', () => {
  test('as in the example: what is left out is reset, the token is another, the secret stays', async () => {
    const issuer = await openIssuer()
    const client = await register(issuer, METADATA)
    const answer = await manage(issuer, 'PUT', client, updateOf(client))
    expect(answer.status, answer.text).toBe(200)
    const { registration_access_token: token, ...rest } = answer.body as ClientInformation
    expect(token).not.toBe(client.registration_access_token)
    expect(rest).toMatchObject({
      client_id: client.client_id,
      client_secret: client.client_secret,
      client_id_issued_at: client.client_id_issued_at,
      redirect_uris: ['https://client.example.org/callback', 'https://client.example.org/alt'],
      grant_types: ['authorization_code', 'refresh_token'],
      client_name: 'My New Example',
      jwks_uri: 'https://client.example.org/my_public_keys.jwks',
    })
    expect(rest).not.toHaveProperty('logo_uri')
    expectForeign(await manage(issuer, 'GET', client))
    expect((await manage(issuer, 'GET', { ...client, registration_access_token: token })).body).toEqual(
      answer.body,
    )
  })

  test('the secret goes with a method that needs none, and another comes with one that does', async () => {
    const issuer = await openIssuer()
    const client = await register(issuer, METADATA)
    const { client_secret: _secret, ...update } = updateOf(client)
    const open = await manage(issuer, 'PUT', client, { ...update, token_endpoint_auth_method: 'none' })
    expect(open.body).not.toHaveProperty('client_secret')
    const closed = await manage(issuer, 'PUT', open.body as ClientInformation, update)
    expect(closed.body.client_secret).toMatch(/^[\w-]{43}$/)
    expect(closed.body.client_secret).not.toBe(client.client_secret)
  })

  test('what only the workbench can set stays', async () => {
    const issuer = await openIssuer()
    const client = await register(issuer, METADATA)
    const own = { accessTokenLifetime: 60, profile: 'strict' as const, autoApprove: true }
    await issuer.call('clients.update', { id: client.client_id, changes: own })
    await manage(issuer, 'PUT', client, updateOf(client))
    expect(await issuer.call('clients.get', { id: client.client_id })).toMatchObject({
      ...own,
      name: 'My New Example',
    })
  })

  test.each<[string, (client: ClientInformation) => object, string]>([
    ['without client_id', () => ({ client_id: undefined }), 'update-client-id'],
    ['with the client_id of another', () => ({ client_id: 'demo-web' }), 'update-client-id'],
    ['with a secret of its own choice', () => ({ client_secret: 'mine' }), 'update-secret'],
    [
      'with the token it came with',
      (client) => ({ registration_access_token: client.registration_access_token }),
      'update-members',
    ],
    [
      'with a redirect URI that is none',
      () => ({ redirect_uris: ['/callback'] }),
      'redirect-uris-well-formed',
    ],
  ])('an update %s changes nothing, the token neither', async (_what, change, check) => {
    const issuer = await openIssuer()
    const client = await register(issuer, METADATA)
    const answer = await manage(issuer, 'PUT', client, { ...updateOf(client), ...change(client) })
    expect(answer.status).toBe(400)
    expect((await issuer.failedCheck()).check).toBe(`registration.${check}`)
    expect((await manage(issuer, 'GET', client)).body).toEqual(client)
  })
})

describe('what waits for its sector_identifier_uri', () => {
  const SECTOR = 'https://client.example.org/sector.json'

  /** Sends an update, and lets the answer it waits for come once `meanwhile` is done. */
  async function duringUpdate(issuer: Issuer, client: ClientInformation, meanwhile: () => Promise<unknown>) {
    const list = JSON.stringify(updateOf(client).redirect_uris)
    const fetch = async () => {
      await meanwhile()
      return new Response(list)
    }
    issuer.grantscope.listening({ issuer: ISSUER, control: null, warnings: [], fetch })
    return manage(issuer, 'PUT', client, { ...updateOf(client), sector_identifier_uri: SECTOR })
  }

  test('an update does not bring a client back that was removed meanwhile', async () => {
    const issuer = await openIssuer()
    const client = await register(issuer, METADATA)
    const answer = await duringUpdate(issuer, client, () => manage(issuer, 'DELETE', client))
    expectForeign(answer)
    const clients = await issuer.call('clients.list', {})
    expect(clients.map(({ id }) => id)).not.toContain(client.client_id)
  })

  test('an update comes second to another with the same token, and changes nothing', async () => {
    const issuer = await openIssuer()
    const client = await register(issuer, METADATA)
    let first: Answer | undefined
    const answer = await duringUpdate(issuer, client, async () => {
      first = await manage(issuer, 'PUT', client, { ...updateOf(client), client_name: 'First' })
    })
    expectForeign(answer)
    expect((await manage(issuer, 'GET', first!.body as ClientInformation)).body).toEqual(first!.body)
  })

  test('registers nobody at an issuer that was removed meanwhile', async () => {
    const issuer = await openTwo()
    const fetch = async () => {
      await issuer.call('issuers.delete', { name: 'acme' })
      return Response.json(METADATA.redirect_uris)
    }
    issuer.grantscope.listening({ issuer: ISSUER, control: null, warnings: [], fetch })
    const metadata = { ...METADATA, sector_identifier_uri: SECTOR }
    expect((await postMetadata(under('/acme', issuer), metadata)).status).toBe(404)
    expect((await issuer.call('clients.list', {})).filter(({ issuer }) => issuer === 'acme')).toEqual([])
  })

  test('an update leaves what was set in the workbench meanwhile', async () => {
    const issuer = await openIssuer()
    const client = await register(issuer, METADATA)
    const changes = { autoApprove: true, secret: 'of the workbench' }
    const answer = await duringUpdate(issuer, client, () =>
      issuer.call('clients.update', { id: client.client_id, changes }),
    )
    expect([answer.status, answer.body.client_secret]).toEqual([200, 'of the workbench'])
    expect(await issuer.call('clients.get', { id: client.client_id })).toMatchObject({ autoApprove: true })
  })
})

describe('a client removes its registration (RFC 7592 2.3)', () => {
  test('its tokens go along, and its registration access token is worth nothing', async () => {
    const issuer = await openIssuer()
    const client = await register(issuer, METADATA)
    const credentials = basic(client.client_id, client.client_secret!)
    const token = (await issuer.token({ grant_type: 'client_credentials' }, credentials)).body.access_token
    const gone = await manage(issuer, 'DELETE', client)
    expect([gone.status, gone.text, gone.headers.get('cache-control')]).toEqual([204, '', 'no-store'])
    expectForeign(await manage(issuer, 'GET', client))
    expect((await issuer.token({ grant_type: 'client_credentials' }, credentials)).body.error).toBe(
      'invalid_client',
    )
    expect((await issuer.get('/items', bearer(String(token)))).status).toBe(401)
  })

  test('a client that is removed in the workbench is as gone', async () => {
    const issuer = await openIssuer()
    const client = await register(issuer, METADATA)
    await issuer.call('clients.delete', { id: client.client_id })
    expectForeign(await manage(issuer, 'GET', client))
  })
})

describe('a client of another issuer', () => {
  const at = (issuer: Issuer, uri: string, token: string) =>
    manage(issuer, 'GET', { registration_client_uri: uri, registration_access_token: token })

  test('registers there, is managed there and is known nowhere else', async () => {
    const issuer = await openTwo()
    const client = await register(under('/acme', issuer), METADATA)
    const { client_id, registration_client_uri: uri, registration_access_token: token } = client
    expect(uri).toBe(`${ISSUER}/acme/register/${client_id}`)
    expect(await issuer.call('clients.get', { id: client_id })).toMatchObject({ issuer: 'acme' })
    expect((await at(issuer, uri, token)).status).toBe(200)
    expectForeign(await at(issuer, uri.replace('/acme', ''), token))
    const fields = { grant_type: 'client_credentials' }
    const credentials = basic(client_id, client.client_secret!)
    expect((await issuer.token(fields, credentials)).body.error).toBe('invalid_client')
    expect((await issuer.postForm('/acme/token', fields, credentials)).status).toBe(200)
  })

  test('needs another initial access token once the workspace was reset', async () => {
    const issuer = await openIssuer()
    const { token } = await issuer.call('registration.token', {})
    await issuer.call('workspace.reset', {})
    await issuer.call('settings.update', { registration: 'protected' })
    expect((await postMetadata(issuer, METADATA, bearer(token))).status).toBe(401)
  })

  test('needs an initial access token of that issuer, once it is protected', async () => {
    const issuer = await openTwo({
      workspace: { issuers: [{ name: 'acme', settings: { registration: 'protected' } }] },
    })
    const tokens = await Promise.all(
      ['default', 'acme'].map((name) => issuer.call('registration.token', { issuer: name })),
    )
    const statuses = tokens.map(async ({ token }) => {
      const answer = await postMetadata(under('/acme', issuer), METADATA, bearer(token))
      return answer.status
    })
    expect(await Promise.all(statuses)).toEqual([401, 201])
    await register(issuer, METADATA)
  })
})

test('registration and management are one trace, from which secrets are taken where it leaves', async () => {
  const issuer = await openIssuer()
  const client = await register(issuer, METADATA)
  await manage(issuer, 'GET', client)
  const { rows } = await issuer.call('exchanges.list', { limit: 2 })
  expect(rows.map(({ endpoint, traceId, clientId }) => [endpoint, traceId, clientId])).toEqual([
    ['client-configuration', rows[1]!.traceId, client.client_id],
    ['registration', rows[1]!.traceId, client.client_id],
  ])
  const redacted = JSON.stringify(redactExchange(await issuer.lastExchange()))
  expect(redacted).toContain('client_secret')
  for (const secret of [client.client_secret!, client.registration_access_token]) {
    expect(redacted).not.toContain(secret)
  }
  const { total } = await issuer.call('exchanges.list', { endpoint: 'registration' })
  expect(total).toBe(1)
})
