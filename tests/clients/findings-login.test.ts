import * as oauth from 'oauth4webapi'
import * as client from 'openid-client'
import { describe, expect, test } from 'vitest'
import { ISSUER } from '../support/issuer.ts'
import { CALLBACK, type Watched, WEB_SECRET, watchApps } from './watched.ts'

// What an app of openid-client or oauth4webapi does wrong when its user logs in, and the same app without the fault: then there
// is nothing to find at all.

interface Case {
  rule: string
  faulty: (app: Watched) => Promise<unknown>
  found: Record<string, unknown>
  sound: (app: Watched) => Promise<unknown>
}

const soundLogin = async (app: Watched) => app.logIn(await app.as('app'))
const twoLogins = async (app: Watched, parameters: Record<string, string> = {}, verifier?: string) => {
  const config = await app.as('app')
  await app.logIn(config, parameters, verifier ? { verifier } : {})
  await app.logIn(config, parameters, verifier ? { verifier } : {})
}

const cases: Case[] = [
  {
    rule: 'state-missing',
    faulty: async (app) =>
      app.logIn(
        await app.as('backend'),
        { scope: 'read' },
        { without: ['state', 'nonce', 'code_challenge'] },
      ),
    found: { severity: 'error', observed: 'no state, no code_challenge, no nonce' },
    sound: soundLogin,
  },
  {
    rule: 'state-constant',
    faulty: (app) => twoLogins(app, { state: 'xyz' }),
    found: { severity: 'error', observed: expect.stringContaining('state "xyz"'), exchanges: [2, 4] },
    sound: (app) => twoLogins(app),
  },
  {
    rule: 'nonce-missing',
    faulty: async (app) => app.logIn(await app.as('backend'), {}, { without: ['nonce', 'code_challenge'] }),
    found: { severity: 'warning', observed: 'scope openid and no nonce, no code_challenge' },
    sound: soundLogin,
  },
  {
    rule: 'nonce-reused',
    faulty: (app) => twoLogins(app, { nonce: 'n-0S6_WzA2Mj' }),
    found: { severity: 'error', observed: expect.stringContaining('n-0S6_WzA2Mj'), exchanges: [2, 4] },
    sound: (app) => twoLogins(app),
  },
  {
    rule: 'pkce-missing',
    faulty: async (app) => app.logIn(await app.as('app'), {}, { without: ['code_challenge'] }),
    found: { severity: 'error', exchanges: [2] },
    sound: soundLogin,
  },
  {
    rule: 'pkce-plain',
    faulty: async (app) => {
      const verifier = client.randomPKCECodeVerifier()
      await app.logIn(
        await app.as('app'),
        { code_challenge: verifier, code_challenge_method: 'plain' },
        { verifier },
      )
    },
    found: { severity: 'warning', observed: 'code_challenge_method=plain' },
    sound: soundLogin,
  },
  {
    rule: 'pkce-reused',
    faulty: (app) => twoLogins(app, {}, client.randomPKCECodeVerifier()),
    found: { severity: 'error', exchanges: [2, 4] },
    sound: (app) => twoLogins(app),
  },
  {
    rule: 'redirect-uri-nearly-right',
    faulty: async (app) =>
      expect(app.logIn(await app.as('app'), { redirect_uri: `${CALLBACK}/` })).rejects.toThrow(
        'stays at the issuer',
      ),
    found: {
      observed: `${CALLBACK}/: it ends in a slash, which the registered one does not`,
      expected: CALLBACK,
      exchanges: [2],
    },
    sound: soundLogin,
  },
  {
    rule: 'secret-of-public-client',
    faulty: async (app) =>
      expect(
        app.logIn(await app.as('app', client.ClientSecretPost('shipped-with-the-page'))),
      ).rejects.toThrow(client.WWWAuthenticateChallengeError),
    found: { severity: 'error', observed: 'client_secret, of app, which is registered without one' },
    sound: soundLogin,
  },
  {
    rule: 'secret-in-url',
    faulty: async (app) => {
      const as = { issuer: ISSUER, token_endpoint: `${ISSUER}/token?client_secret=${WEB_SECRET}` }
      await oauth.clientCredentialsGrantRequest(
        as,
        { client_id: 'backend' },
        oauth.None(),
        new URLSearchParams(),
        {
          [oauth.customFetch]: app.fetch,
          [oauth.allowInsecureRequests]: true,
        },
      )
    },
    found: { severity: 'error', observed: 'client_secret in the query of POST /token' },
    sound: async (app) => client.clientCredentialsGrant(await app.as('backend')),
  },
  {
    rule: 'code-replayed',
    faulty: async (app) => {
      const config = await app.as('app')
      const { answer, checks } = await app.logIn(config)
      await expect(client.authorizationCodeGrant(config, answer, checks)).rejects.toMatchObject({
        error: 'invalid_grant',
      })
    },
    found: { severity: 'error', observed: 'redeemed in exchange 3, and sent again once', exchanges: [3, 4] },
    sound: soundLogin,
  },
  {
    rule: 'scope-not-granted',
    faulty: async (app) => app.logIn(await app.as('app'), { login_hint: 'erin', scope: 'openid read write' }),
    found: { severity: 'warning', observed: expect.stringMatching(/^write is not among/), exchanges: [2, 3] },
    sound: soundLogin,
  },
  {
    rule: 'clock-skew',
    faulty: async (app) => {
      const config = await app.as('backend', client.ClientSecretJwt(WEB_SECRET.padEnd(32, '.')))
      app.issuer.clock.advance(-40)
      await client.clientCredentialsGrant(config)
    },
    found: {
      severity: 'warning',
      observed: expect.stringMatching(/which is (39|40) s ahead of the issuer's clock$/),
    },
    sound: async (app) =>
      client.clientCredentialsGrant(
        await app.as('backend', client.ClientSecretJwt(WEB_SECRET.padEnd(32, '.'))),
      ),
  },
]

describe.each(cases)('$rule', ({ rule, faulty, found, sound }) => {
  test('is found in a client that does it', async () => {
    const app = await watchApps()
    await faulty(app)
    const findings = (await app.findings()).filter((finding) => finding.rule === rule)
    expect(findings).toEqual([expect.objectContaining(found)])
  })

  test('is not found in one that does not', async () => {
    const app = await watchApps()
    await sound(app)
    expect(await app.findings()).toEqual([])
  })
})

describe('what is allowed', () => {
  test('PKCE without state and nonce is worth a note, no warning', async () => {
    const app = await watchApps()
    await app.logIn(await app.as('app'), {}, { without: ['state', 'nonce'] })
    expect((await app.findings()).map(({ rule, severity }) => [rule, severity])).toEqual([
      ['state-missing', 'info'],
      ['nonce-missing', 'info'],
    ])
  })

  test('a page that is loaded again sends its state, nonce and challenge again, and is one login', async () => {
    const app = await watchApps()
    const config = await app.as('app')
    const url = client.buildAuthorizationUrl(config, {
      redirect_uri: CALLBACK,
      scope: 'openid',
      login_hint: 'alice',
      state: 's',
      nonce: 'n',
      code_challenge: await client.calculatePKCECodeChallenge(client.randomPKCECodeVerifier()),
      code_challenge_method: 'S256',
    })
    await app.visit(url)
    await app.visit(url)
    expect(await app.findings()).toEqual([])
  })

  test('a constant state is seen even when nothing else tells the logins apart', async () => {
    const app = await watchApps()
    const config = await app.as('backend')
    const without = { without: ['nonce', 'code_challenge'] }
    await app.logIn(config, { state: 'xyz', scope: 'read' }, without)
    await app.logIn(config, { state: 'xyz', scope: 'read' }, without)
    expect((await app.findings()).map(({ rule }) => rule)).toEqual(['state-constant'])
  })

  test('an iat in milliseconds is called that', async () => {
    const app = await watchApps()
    const config = await app.as(
      'backend',
      client.ClientSecretJwt(WEB_SECRET.padEnd(32, '.'), {
        [client.modifyAssertion]: (_header, payload) => {
          payload.iat = app.issuer.clock.now()
        },
      }),
    )
    await expect(client.clientCredentialsGrant(config)).rejects.toThrow()
    expect(await app.findings()).toMatchObject([
      { rule: 'clock-skew', severity: 'error', expected: 'seconds since 1970' },
    ])
  })
})
