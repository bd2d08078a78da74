import { exportJWK, generateKeyPair } from 'jose'
import { describe, expect, test } from 'vitest'
import { basic, ISSUER, type Issuer, openIssuer, START } from '../support/issuer.ts'
import { postMetadata, register } from '../support/registration.ts'

/** RFC 7591 3.1 */
const EXAMPLE = {
  redirect_uris: ['https://client.example.org/callback', 'https://client.example.org/callback2'],
  client_name: 'My Example Client',
  'client_name#ja-Jpan-JP': '\u30AF\u30E9\u30A4\u30A2\u30F3\u30C8\u540D',
  token_endpoint_auth_method: 'client_secret_basic',
  logo_uri: 'https://client.example.org/logo.png',
  jwks_uri: 'https://client.example.org/my_public_keys.jwks',
  example_extension_parameter: 'example_value',
}

/** OpenID Connect Registration 1.0 3.1 */
const OPENID_EXAMPLE = {
  application_type: 'web',
  redirect_uris: ['https://client.example.org/callback', 'https://client.example.org/callback2'],
  client_name: 'My Example',
  'client_name#ja-Jpan-JP': '\u30AF\u30E9\u30A4\u30A2\u30F3\u30C8\u540D',
  logo_uri: 'https://client.example.org/logo.png',
  subject_type: 'pairwise',
  sector_identifier_uri: 'https://other.example.net/file_of_redirect_uris.json',
  token_endpoint_auth_method: 'client_secret_basic',
  jwks_uri: 'https://client.example.org/my_public_keys.jwks',
  userinfo_encrypted_response_alg: 'RSA-OAEP-256',
  userinfo_encrypted_response_enc: 'A128CBC-HS256',
  contacts: ['ve7jtb@example.org', 'mary@example.org'],
  request_uris: ['https://client.example.org/rf.txt#qpXaRLh_n93TTR9F252ValdatUQvQiJi5BDub2BeznA'],
}

const CALLBACK = { redirect_uris: ['https://client.example.org/callback'] }

/** Lets the issuer fetch this, and nothing else. */
const serving = (issuer: Issuer, pages: Record<string, () => Response>): void =>
  issuer.grantscope.listening({
    issuer: ISSUER,
    control: null,
    warnings: [],
    fetch: async ({ url }) => pages[url]?.() ?? Promise.reject(new Error(`nothing at ${url}`)),
  })

describe('a client registers itself (RFC 7591 3)', () => {
  test('the example of the RFC gets an id, a secret, a token to manage it with, and what the issuer holds it to', async () => {
    const issuer = await openIssuer()
    const answer = await postMetadata(issuer, EXAMPLE)
    expect(answer.status).toBe(201)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.headers.get('pragma')).toBe('no-cache')
    const { client_id, client_secret, registration_access_token, ...rest } = answer.body
    expect([client_id, client_secret, registration_access_token]).toEqual([
      expect.stringMatching(/^[\w-]{22}$/),
      expect.stringMatching(/^[\w-]{43}$/),
      expect.stringMatching(/^[\w-]{43}$/),
    ])
    expect(rest).toMatchObject({
      client_id_issued_at: START / 1000,
      client_secret_expires_at: 0,
      registration_client_uri: `${ISSUER}/register/${client_id}`,
      redirect_uris: EXAMPLE.redirect_uris,
      client_name: 'My Example Client',
      'client_name#ja-Jpan-JP': EXAMPLE['client_name#ja-Jpan-JP'],
      token_endpoint_auth_method: 'client_secret_basic',
      grant_types: ['authorization_code'],
      response_types: ['code'],
      logo_uri: EXAMPLE.logo_uri,
      jwks_uri: EXAMPLE.jwks_uri,
      application_type: 'web',
    })
    expect(rest).not.toHaveProperty('example_extension_parameter')
  })

  test('what was said of the client is what the workbench shows of it', async () => {
    const issuer = await openIssuer()
    const { client_id: id } = await register(issuer, {
      ...CALLBACK,
      grant_types: ['authorization_code', 'refresh_token'],
      scope: 'openid read',
      post_logout_redirect_uris: ['https://client.example.org/bye'],
      backchannel_logout_uri: 'https://client.example.org/backchannel',
      backchannel_logout_session_required: true,
      default_max_age: 3600,
      dpop_bound_access_tokens: true,
      contacts: ['ve7jtb@example.org'],
    })
    expect(await issuer.call('clients.get', { id })).toMatchObject({
      name: id,
      issuer: 'default',
      registeredAt: START,
      hasSecret: true,
      authMethods: ['client_secret_basic'],
      grantTypes: ['authorization_code', 'refresh_token'],
      allowedScopes: ['openid', 'read'],
      postLogoutRedirectUris: ['https://client.example.org/bye'],
      backchannelLogoutUri: 'https://client.example.org/backchannel',
      backchannelLogoutSessionRequired: true,
      defaultMaxAge: 3600,
      dpopBoundAccessTokens: true,
      contacts: ['ve7jtb@example.org'],
    })
    expect(await issuer.call('clients.get', { id: 'demo-web' })).toMatchObject({ registeredAt: null })
  })

  test('it can be used at once', async () => {
    const issuer = await openIssuer()
    const client = await register(issuer, { grant_types: ['client_credentials'], scope: 'read' })
    expect(client.response_types).toEqual([])
    const answer = await issuer.token(
      { grant_type: 'client_credentials' },
      basic(client.client_id, client.client_secret!),
    )
    expect(answer.status, answer.text).toBe(200)
  })

  test('a public client, and one that signs, have no secret', async () => {
    const issuer = await openIssuer()
    const { publicKey } = await generateKeyPair('ES256')
    const encrypting = { ...(await exportJWK(publicKey)), use: 'enc' }
    const jwks = { keys: [await exportJWK(publicKey), encrypting, { kty: 'AKP' }], note: 'x' }
    const clients = [
      await register(issuer, { ...CALLBACK, token_endpoint_auth_method: 'none' }),
      await register(issuer, { ...CALLBACK, token_endpoint_auth_method: 'private_key_jwt', jwks }),
    ]
    for (const client of clients) {
      expect(client).not.toHaveProperty('client_secret')
      expect(client).not.toHaveProperty('client_secret_expires_at')
    }
    expect(clients[1]!.jwks).toEqual({ keys: [jwks.keys[0], encrypting] })
  })

  test('a member that is null or empty counts as left out', async () => {
    const issuer = await openIssuer()
    const client = await register(issuer, { ...CALLBACK, client_uri: '', jwks_uri: null, scope: null })
    expect(client).not.toHaveProperty('client_uri')
    expect(client).not.toHaveProperty('scope')
  })

  test('a software statement is not asked for an opinion, and the trace says so', async () => {
    const issuer = await openIssuer()
    const software_statement =
      'eyJhbGciOiJSUzI1NiJ9.eyJzb2Z0d2FyZV9pZCI6IjROUkIxLTBYWkFCWkk5RTYtNVNNM1IiLCJjbGllbnRfbmFtZSI6IkV4YW1wbGUifQ.c2ln'
    const client = await register(issuer, { ...CALLBACK, scope: 'read write', software_statement })
    expect(client).not.toHaveProperty('client_name')
    const { verdicts } = await issuer.lastExchange()
    expect(verdicts.find(({ check }) => check === 'registration.software-statement')).toMatchObject({
      outcome: 'passed',
      observed: expect.stringContaining('ignored'),
    })
  })

  test('unknown members and scopes are left out, and the trace says so', async () => {
    const issuer = await openIssuer()
    const client = await register(issuer, { ...EXAMPLE, scope: 'read write dolphin' })
    expect(client.scope).toBe('read write')
    const { verdicts } = await issuer.lastExchange()
    const warned = verdicts.filter(({ outcome }) => outcome === 'warned')
    expect(warned.map(({ check, observed }) => [check, observed])).toEqual([
      ['registration.scope-known', 'left out of the registration: dolphin'],
      ['registration.members-known', 'ignored: example_extension_parameter'],
    ])
  })

  test('a page of another origin may register', async () => {
    const issuer = await openIssuer()
    const { headers } = await postMetadata(issuer, CALLBACK, { origin: 'https://app.test' })
    expect(headers.get('access-control-allow-origin')).toBe('*')
  })
})

describe('legacy response types, once they are switched on', () => {
  test('are registered with the implicit grant, in any order of words', async () => {
    const issuer = await openIssuer({ workspace: { settings: { legacyResponseTypes: true } } })
    const client = await register(issuer, {
      ...CALLBACK,
      response_types: ['token id_token', 'code'],
      grant_types: ['implicit', 'authorization_code'],
    })
    expect([client.response_types, client.grant_types]).toEqual([
      ['id_token token', 'code'],
      ['authorization_code', 'implicit'],
    ])
  })
})

describe('sector_identifier_uri (OpenID Connect Registration 1.0 5)', () => {
  const uri = OPENID_EXAMPLE.sector_identifier_uri
  const example = OPENID_EXAMPLE

  test('the example of the standard is taken, with what it wants encrypted', async () => {
    const issuer = await openIssuer()
    serving(issuer, { [uri]: () => Response.json([...example.redirect_uris, 'https://elsewhere.example/']) })
    expect(await register(issuer, example)).toMatchObject({
      userinfo_encrypted_response_alg: 'RSA-OAEP-256',
      userinfo_encrypted_response_enc: 'A128CBC-HS256',
      request_uris: example.request_uris,
      subject_type: 'pairwise',
      sector_identifier_uri: uri,
      contacts: example.contacts,
    })
  })

  test.each<[string, () => Response, string]>([
    ['lacks a redirect URI', () => Response.json([example.redirect_uris[0]]), 'sector-covers'],
    ['is no list', () => Response.json({ uris: example.redirect_uris }), 'sector-readable'],
    ['holds what is no text', () => Response.json([...example.redirect_uris, 1]), 'sector-readable'],
    ['is not there', () => new Response('', { status: 404 }), 'sector-readable'],
    ['leads elsewhere', () => Response.redirect('https://elsewhere.example/'), 'sector-readable'],
    ['is larger than a megabyte', () => new Response('['.repeat(1_100_000)), 'sector-readable'],
  ])('is refused when the list %s', async (_what, page, check) => {
    const issuer = await openIssuer()
    serving(issuer, { [uri]: page })
    expect((await postMetadata(issuer, example)).body.error).toBe('invalid_client_metadata')
    expect((await issuer.failedCheck()).check).toBe(`registration.${check}`)
  })
})
