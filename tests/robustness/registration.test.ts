import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ISSUER, openIssuer } from '../support/issuer.ts'
import { manage, postMetadata, register } from '../support/registration.ts'

const members = [
  'redirect_uris',
  'token_endpoint_auth_method',
  'grant_types',
  'response_types',
  'client_name',
  'client_name#fr',
  'scope',
  'jwks',
  'jwks_uri',
  'post_logout_redirect_uris',
  'application_type',
  'subject_type',
  'sector_identifier_uri',
  'id_token_signed_response_alg',
  'request_object_signing_alg',
  'token_endpoint_auth_signing_alg',
  'require_signed_request_object',
  'authorization_details_types',
  'default_max_age',
  'default_acr_values',
  'frontchannel_logout_uri',
  'backchannel_logout_uri',
  'initiate_login_uri',
  'logo_uri',
  'contacts',
  'software_id',
  'software_statement',
  'userinfo_encrypted_response_alg',
  'client_id',
  'client_secret',
  '__proto__',
  'constructor',
  '',
]

const sensible = fc.constantFrom<unknown>(
  'none',
  'private_key_jwt',
  'native',
  'pairwise',
  'ES256',
  'openid read',
  true,
  0,
  null,
  ['code'],
  ['authorization_code', 'implicit'],
  ['client_credentials'],
  ['https://app.example/cb', 'http://[::1]:80/', 'com.example.app:/cb'],
  ['https://a.example/', 'https://b.example/'],
  'https://app.example/x;y,z?q#f',
  'http://[::1/',
  { keys: [{ kty: 'RSA', n: 'AQ', e: 'AQAB' }, null, { kty: 'EC', crv: 'P-256', x: 1, y: [] }] },
  { keys: [{ kty: 'OKP', crv: 'Ed25519', x: 'AA' }] },
  'eyJhbGciOiJub25lIn0.e30.',
)
const good = {
  redirect_uris: ['https://app.example/cb'],
  grant_types: ['authorization_code', 'client_credentials'],
  application_type: 'native',
  default_max_age: 60,
  contacts: ['me@app.example'],
}
const metadata = fc
  .tuple(
    fc.constantFrom(good, {}),
    fc.dictionary(
      fc.constantFrom(...members),
      fc.oneof({ weight: 3, arbitrary: sensible }, fc.jsonValue({ maxDepth: 4 })),
      { maxKeys: 5, noNullPrototype: true },
    ),
  )
  .map(([base, changes]) => ({ ...base, ...changes }))

/** Registered as a whole, or refused with one of the codes of RFC 7591 3.2.2. */
const codes = ['invalid_redirect_uri', 'invalid_client_metadata', 'invalid_software_statement']

test('whatever a client says of itself, it is registered or told why not', { timeout: 60_000 }, async () => {
  const issuer = await openIssuer()
  // Nothing that is fetched is there.
  const fetch = () => Promise.reject(new Error('unreachable'))
  issuer.grantscope.listening({ issuer: ISSUER, control: null, warnings: [], fetch })
  let registered = 0
  await fc.assert(
    fc.asyncProperty(metadata, async (sent) => {
      const { status, body } = await postMetadata(issuer, sent)
      if (status === 201) registered++
      else expect([status, codes.includes(String(body.error))], JSON.stringify(body)).toEqual([400, true])
    }),
    { numRuns: 500 },
  )
  expect(registered).toBeGreaterThan(20)
  expect(issuer.log).toEqual([])
})

test('an update is taken as a whole, or changes nothing', { timeout: 60_000 }, async () => {
  const issuer = await openIssuer()
  const fetch = () => Promise.reject(new Error('unreachable'))
  issuer.grantscope.listening({ issuer: ISSUER, control: null, warnings: [], fetch })
  let client = await register(issuer, { redirect_uris: ['https://app.example/cb'] })
  await fc.assert(
    fc.asyncProperty(metadata, async (sent) => {
      const answer = await manage(issuer, 'PUT', client, { ...sent, client_id: client.client_id })
      if (answer.status === 200) client = answer.body as typeof client
      else expect(answer.status).toBe(400)
      expect((await manage(issuer, 'GET', client)).body).toEqual(client)
    }),
    { numRuns: 200 },
  )
  expect(issuer.log).toEqual([])
})
