import { describe, expect, test } from 'vitest'
import { expectRefusal } from '../support/expect-refusal.ts'
import { basic, bearer, ISSUER, type Json, openIssuer, START } from '../support/issuer.ts'
import { postMetadata, register } from '../support/registration.ts'

const CALLBACK = { redirect_uris: ['https://client.example.org/callback'] }

describe('a registration that cannot be is refused, and says why (RFC 7591 3.2.2)', () => {
  const cases: [what: string, metadata: Json, error: string, check: string][] = [
    ['no redirect URI', {}, 'invalid_redirect_uri', 'redirect-uris-present'],
    [
      'a fragment',
      { redirect_uris: ['https://a.example/#f'] },
      'invalid_redirect_uri',
      'redirect-uris-well-formed',
    ],
    [
      'redirect URIs that are a text',
      { redirect_uris: 'https://a.example/' },
      'invalid_client_metadata',
      'members-usable',
    ],
    [
      'the word loopback',
      { redirect_uris: ['loopback'] },
      'invalid_redirect_uri',
      'redirect-uris-well-formed',
    ],
    [
      'javascript:',
      { redirect_uris: ['javascript:alert(1)'] },
      'invalid_redirect_uri',
      'redirect-uris-harmless',
    ],
    [
      'plain http elsewhere',
      { redirect_uris: ['http://a.example/'] },
      'invalid_redirect_uri',
      'redirect-uris-secure',
    ],
    [
      'encryption without a key',
      { ...CALLBACK, id_token_encrypted_response_alg: 'RSA-OAEP' },
      'invalid_client_metadata',
      'encryption-keys',
    ],
    [
      'encryption without its algorithm',
      { ...CALLBACK, id_token_encrypted_response_enc: 'A128GCM' },
      'invalid_client_metadata',
      'encryption-keys',
    ],
    [
      'encryption nobody knows',
      { ...CALLBACK, id_token_encrypted_response_alg: 'RSA1_5' },
      'invalid_client_metadata',
      'members-usable',
    ],
    [
      'encryption with a secret it has not',
      { ...CALLBACK, token_endpoint_auth_method: 'none', userinfo_encrypted_response_alg: 'dir' },
      'invalid_client_metadata',
      'encryption-keys',
    ],
    [
      'a place to fetch requests from by plain http',
      { ...CALLBACK, request_uris: ['http://app.example/request.jwt'] },
      'invalid_client_metadata',
      'request-uris',
    ],
    [
      'a method nobody knows',
      { ...CALLBACK, token_endpoint_auth_method: 'tls_client_auth' },
      'invalid_client_metadata',
      'members-usable',
    ],
    [
      'a grant type nobody knows',
      { ...CALLBACK, grant_types: ['urn:x'] },
      'invalid_client_metadata',
      'members-usable',
    ],
    [
      'contacts that are a text',
      { ...CALLBACK, contacts: 'me' },
      'invalid_client_metadata',
      'members-usable',
    ],
    [
      'a logo that is no URL',
      { ...CALLBACK, logo_uri: 'logo.png' },
      'invalid_client_metadata',
      'members-usable',
    ],
    [
      'a private key',
      { ...CALLBACK, jwks: { keys: [{ kty: 'EC', crv: 'P-256', x: 'a', y: 'b', d: 'c' }] } },
      'invalid_client_metadata',
      'members-usable',
    ],
    [
      'a point off the curve',
      { ...CALLBACK, jwks: { keys: [{ kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA' }] } },
      'invalid_client_metadata',
      'members-usable',
    ],
    [
      'code without its grant',
      { ...CALLBACK, response_types: ['code'], grant_types: ['client_credentials'] },
      'invalid_client_metadata',
      'types-consistent',
    ],
    [
      'a legacy response type',
      { ...CALLBACK, response_types: ['token id_token'], grant_types: ['implicit'] },
      'invalid_client_metadata',
      'response-types-supported',
    ],
    [
      'a key method without keys',
      { ...CALLBACK, token_endpoint_auth_method: 'private_key_jwt' },
      'invalid_client_metadata',
      'keys-present',
    ],
    [
      'a statement that is no JWT',
      { ...CALLBACK, software_statement: 'x' },
      'invalid_software_statement',
      'software-statement',
    ],
    [
      'pairwise on two hosts',
      { redirect_uris: ['https://a.example/', 'https://b.example/'], subject_type: 'pairwise' },
      'invalid_client_metadata',
      'sector-named',
    ],
    [
      'a post-logout loopback',
      { ...CALLBACK, post_logout_redirect_uris: ['loopback'] },
      'invalid_client_metadata',
      'members-usable',
    ],
  ]
  test.each(cases)('%s', async (_what, metadata, error, check) => {
    const issuer = await openIssuer()
    const answer = await postMetadata(issuer, metadata)
    expect([answer.status, answer.body.error]).toEqual([400, error])
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect((await issuer.failedCheck()).check).toBe(`registration.${check}`)
    expect(
      (await issuer.call('clients.list', {})).filter(({ registeredAt }) => registeredAt !== null),
    ).toEqual([])
  })

  test.each([['[]'], ['"x"'], ['{'], ['']])('a body that is no object: %j', async (body) => {
    const issuer = await openIssuer()
    const headers = { 'content-type': 'application/json' }
    const answer = await issuer.send('/register', { method: 'POST', headers, body })
    expectRefusal(answer, {
      status: 400,
      error: 'invalid_client_metadata',
      description: 'The body is not a JSON object',
    })
  })

  test('nesting without end', async () => {
    const issuer = await openIssuer()
    const body = `{"x":${'['.repeat(100_000)}${']'.repeat(100_000)}}`
    const headers = { 'content-type': 'application/json' }
    const answer = await issuer.send('/register', { method: 'POST', headers, body })
    expect([answer.status, answer.body.error]).toEqual([400, 'invalid_client_metadata'])
    expect((await issuer.failedCheck()).check).toBe('registration.metadata-nesting')
  })

  test('a form is not JSON', async () => {
    const issuer = await openIssuer()
    const answer = await issuer.postForm('/register', { redirect_uris: 'https://a.example/' })
    expect([answer.status, answer.body.error]).toEqual([400, 'invalid_client_metadata'])
    expect((await issuer.failedCheck()).check).toBe('registration.media-type')
  })

  test('a lenient issuer takes what a strict one refuses', async () => {
    const app = { redirect_uris: ['myapp://callback'], scope: 'dolphin' }
    for (const [profile, status] of [
      ['strict', 400],
      ['standard', 201],
      ['lenient', 201],
    ] as const) {
      const issuer = await openIssuer({ workspace: { settings: { profile } } })
      expect((await postMetadata(issuer, app)).status, profile).toBe(status)
    }
  })
})

describe('who may register', () => {
  test('nobody, where registration is off: no endpoint, and none advertised', async () => {
    const issuer = await openIssuer({ workspace: { settings: { registration: 'off' } } })
    const client = { registration_client_uri: '/register/x', registration_access_token: 'x' }
    expect((await postMetadata(issuer, CALLBACK)).status).toBe(404)
    expect((await issuer.get(client.registration_client_uri, bearer('x'))).status).toBe(404)
    expect((await issuer.get('/.well-known/openid-configuration')).body).not.toHaveProperty(
      'registration_endpoint',
    )
  })

  test('anybody, where it is open', async () => {
    const issuer = await openIssuer()
    const { body } = await issuer.get('/.well-known/openid-configuration')
    expect(body.registration_endpoint).toBe(`${ISSUER}/register`)
    await register(issuer, CALLBACK, bearer('whatever'))
  })

  test('who has an initial access token, where it is protected', async () => {
    const issuer = await openIssuer({ workspace: { settings: { registration: 'protected' } } })
    const bare = await postMetadata(issuer, CALLBACK)
    expect([bare.status, bare.body.error, bare.headers.get('www-authenticate')]).toEqual([
      401,
      'invalid_token',
      'Bearer realm="register"',
    ])
    const { token, expiresAt } = await issuer.call('registration.token', { lifetime: 60 })
    expect(expiresAt).toBe(START + 60_000)
    for (let n = 0; n < 2; n++) await register(issuer, CALLBACK, bearer(token))
    issuer.clock.advance(60)
    const refused = await postMetadata(issuer, CALLBACK, bearer(token))
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([
      401,
      'Bearer error="invalid_token", error_description="The initial access token is not valid"',
    ])
    expect((await issuer.failedCheck()).observed).toBe('a token that expired 2031-04-06T12:01:00.000Z')
    const access = (await issuer.login('alice')).access_token
    expect((await postMetadata(issuer, CALLBACK, bearer(access))).status).toBe(401)
  })

  test('never more than a thousand: those that were never used go first, the oldest first', async () => {
    const issuer = await openIssuer()
    const used = await register(issuer, { grant_types: ['client_credentials'] })
    await issuer.token({ grant_type: 'client_credentials' }, basic(used.client_id, used.client_secret!))
    const first = await register(issuer, CALLBACK)
    for (let n = 0; n < 999; n++) await postMetadata(issuer, CALLBACK)
    const ids = (await issuer.call('clients.list', {})).flatMap(({ id, registeredAt }) =>
      registeredAt ? [id] : [],
    )
    expect(ids).toHaveLength(1000)
    expect([ids.includes(used.client_id), ids.includes(first.client_id)]).toEqual([true, false])
  })
})
