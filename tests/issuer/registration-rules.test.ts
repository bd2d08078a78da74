import { describe, expect, test } from 'vitest'
import { bearer, type Json, openIssuer } from '../support/issuer.ts'
import { manage, postMetadata, register } from '../support/registration.ts'

// Rules of OpenID Connect Dynamic Client Registration 1.0 and the logout specifications, under the profile that enforces them all.

const strict = (settings: object = {}) =>
  openIssuer({ workspace: { settings: { profile: 'strict', ...settings } } })

const CALLBACK = { redirect_uris: ['https://client.example.org/callback'] }
/** RFC 7517 A.1 */
const KEYS = {
  keys: [
    {
      kty: 'EC',
      crv: 'P-256',
      x: 'MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4',
      y: '4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM',
    },
  ],
}

describe('a strict issuer refuses', () => {
  const cases: [string, Json, string][] = [
    [
      'a web client with a scheme of its own',
      { redirect_uris: ['com.example.app:/cb'] },
      'redirect-uris-of-web',
    ],
    [
      'jwks and jwks_uri at once',
      { ...CALLBACK, jwks: KEYS, jwks_uri: 'https://client.example.org/jwks' },
      'one-key-source',
    ],
    [
      'a sector over plain http',
      { ...CALLBACK, subject_type: 'pairwise', sector_identifier_uri: 'http://client.example.org/sector' },
      'sector-secure',
    ],
    [
      'a login page over plain http',
      { ...CALLBACK, initiate_login_uri: 'http://client.example.org/login' },
      'initiate-login-uri',
    ],
    [
      'a front-channel logout on another host',
      { ...CALLBACK, frontchannel_logout_uri: 'https://elsewhere.example.org/out' },
      'frontchannel-uri',
    ],
    [
      'a logout that leads to a script',
      { ...CALLBACK, post_logout_redirect_uris: ['javascript:alert(1)'] },
      'logout-uris-harmless',
    ],
    [
      'a front-channel logout with a fragment',
      { ...CALLBACK, frontchannel_logout_uri: 'https://client.example.org/out#now' },
      'frontchannel-fragment',
    ],
    [
      'a back-channel logout with a fragment',
      { ...CALLBACK, backchannel_logout_uri: 'https://client.example.org/out#now' },
      'backchannel-uri',
    ],
    [
      'signed requests only, with an algorithm of none',
      { ...CALLBACK, require_signed_request_object: true, request_object_signing_alg: 'none' },
      'request-object-signed',
    ],
  ]
  test.each(cases)('%s', async (_what, metadata, check) => {
    const issuer = await strict()
    const answer = await postMetadata(issuer, metadata)
    expect([answer.status, answer.body.error]).toEqual([
      400,
      expect.stringMatching(/^invalid_(client_metadata|redirect_uri)$/),
    ])
    expect((await issuer.failedCheck()).check).toBe(`registration.${check}`)
  })

  test('a web client of the implicit grant on loopback', async () => {
    const issuer = await openIssuer({
      workspace: {
        settings: {
          legacyResponseTypes: true,
          checkLevels: { 'registration.redirect-uris-of-web': 'enforce' },
        },
      },
    })
    const implicit = { response_types: ['id_token'], grant_types: ['implicit'] }
    const loopback = { redirect_uris: ['https://localhost/cb'] }
    const refused = await postMetadata(issuer, { ...loopback, ...implicit })
    expect([refused.status, refused.body.error]).toEqual([400, 'invalid_redirect_uri'])
    expect((await postMetadata(issuer, { ...CALLBACK, ...implicit })).status).toBe(201)
    const native = {
      ...loopback,
      ...implicit,
      application_type: 'native',
      redirect_uris: ['http://127.0.0.1/cb'],
    }
    expect((await postMetadata(issuer, native)).status).toBe(201)
  })
})

describe('a native client that claims URLs of its own site (RFC 8252 7.2)', () => {
  const claimed = { application_type: 'native', redirect_uris: ['https://app.example/cb'] }
  const ID = 'registration.redirect-uris-of-native'

  test('is refused by the letter of OpenID Connect Registration 2 under strict, unless the check is eased', async () => {
    const issuer = await strict()
    const answer = await postMetadata(issuer, claimed)
    expect([answer.status, answer.body.error]).toEqual([400, 'invalid_redirect_uri'])
    expect((await issuer.failedCheck()).check).toBe(ID)
    for (const uri of ['com.example.app:/cb', 'http://localhost:3000/cb', 'http://[::1]/cb']) {
      await register(issuer, { ...claimed, redirect_uris: [uri] })
    }
    await issuer.call('settings.update', { checkLevels: { [ID]: 'off' } })
    await register(issuer, claimed)
  })

  test('is let in elsewhere, with a warning', async () => {
    const issuer = await openIssuer()
    await register(issuer, claimed)
    const { verdicts } = await issuer.lastExchange()
    expect(verdicts.find(({ check }) => check === ID)?.outcome).toBe('warned')
  })
})

describe('a client configuration endpoint (RFC 7592 2)', () => {
  test('takes GET, PUT and DELETE, and no other method', async () => {
    const issuer = await openIssuer()
    const client = await register(issuer, CALLBACK)
    const headers = { ...bearer(client.registration_access_token), 'content-type': 'application/json' }
    const answer = await issuer.send(client.registration_client_uri, { method: 'POST', headers, body: '{}' })
    expect([answer.status, answer.headers.get('allow')]).toEqual([
      405,
      expect.stringMatching(/GET.*PUT.*DELETE/),
    ])
  })

  test.each(['registration_client_uri', 'client_secret_expires_at', 'client_id_issued_at'])(
    'refuses an update that says %s',
    async (member) => {
      const issuer = await openIssuer()
      const client = await register(issuer, CALLBACK)
      const update = { client_id: client.client_id, ...CALLBACK, [member]: client[member] }
      expect((await manage(issuer, 'PUT', client, update)).status).toBe(400)
      expect((await issuer.failedCheck()).check).toBe('registration.update-members')
    },
  )
})
