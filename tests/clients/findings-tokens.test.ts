import * as oauth from 'oauth4webapi'
import * as client from 'openid-client'
import { describe, expect, test } from 'vitest'
import type { Finding } from '../../shared/contract/operations/findings.ts'
import { ISSUER } from '../support/issuer.ts'
import { type Watched, watchApps } from './watched.ts'

// What an app does wrong with its tokens once its user is logged in, and the same app without the fault.

const items = new URL(`${ISSUER}/items`)
const insecure = { [oauth.allowInsecureRequests]: true }

const atItems = (config: client.Configuration, token: string) =>
  client.fetchProtectedResource(config, token, items, 'GET').catch((error: unknown) => {
    // openid-client throws for a 401 with a challenge, which is what some of these apps are after.
    if (!(error instanceof client.WWWAuthenticateChallengeError)) throw error
    return error.response
  })

async function loggedIn(app: Watched) {
  const config = await app.as('app')
  return { config, ...(await app.logIn(config)) }
}

async function useAndRefresh(app: Watched) {
  const { config, tokens } = await loggedIn(app)
  expect((await atItems(config, tokens.access_token)).status).toBe(200)
  app.issuer.clock.advance(890)
  const next = await client.refreshTokenGrant(await app.as('app'), tokens.refresh_token!)
  expect((await atItems(config, next.access_token)).status).toBe(200)
}

interface Case {
  rule: string
  faulty: (app: Watched) => Promise<unknown>
  found: Record<string, unknown>
}

const cases: Case[] = [
  {
    rule: 'id-token-as-access-token',
    faulty: async (app) => {
      const { config, tokens } = await loggedIn(app)
      expect((await atItems(config, tokens.id_token!)).status).toBe(401)
    },
    found: { severity: 'error', observed: expect.stringContaining('whose audience is the client app') },
  },
  {
    rule: 'wrong-audience',
    faulty: async (app) => {
      const key = 'a secret of thirty-two characters'
      await app.issuer.call('clients.create', {
        id: 'signing',
        secret: key,
        authMethods: ['client_secret_jwt'],
        grantTypes: ['client_credentials'],
      })
      const config = await client.discovery(
        new URL(ISSUER),
        'signing',
        { [client.clockSkew]: app.skew() },
        client.ClientSecretJwt(key, {
          [client.modifyAssertion]: (_header, payload) => {
            payload.aud = 'https://login.example.test'
          },
        }),
        { execute: [client.allowInsecureRequests], [client.customFetch]: app.fetch },
      )
      await expect(client.clientCredentialsGrant(config)).rejects.toThrow()
    },
    found: { severity: 'error', observed: expect.stringContaining('login.example.test') },
  },
  {
    rule: 'token-in-url',
    faulty: async (app) => {
      const { tokens } = await loggedIn(app)
      await app.fetch(`${ISSUER}/items?access_token=${tokens.access_token}`)
    },
    found: { severity: 'error', observed: 'access_token in the query of GET /items' },
  },
  {
    rule: 'use-after-expiry',
    faulty: async (app) => {
      const { config, tokens } = await loggedIn(app)
      app.issuer.clock.advance(1_000)
      await atItems(config, tokens.access_token)
      await atItems(config, tokens.access_token)
    },
    found: { severity: 'warning', observed: expect.stringMatching(/used 100 s later, 2 times in all$/) },
  },
  {
    rule: 'refresh-parallel',
    faulty: async (app) => {
      const { config, tokens } = await loggedIn(app)
      const refresh = () => client.refreshTokenGrant(config, tokens.refresh_token!)
      const outcomes = await Promise.allSettled([refresh(), refresh(), refresh()])
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    },
    found: {
      severity: 'error',
      observed: '3 refreshes with the same token at once, of which 1 got tokens',
    },
  },
  {
    rule: 'refresh-token-kept',
    faulty: async (app) => {
      const { config, tokens } = await loggedIn(app)
      await client.refreshTokenGrant(config, tokens.refresh_token!)
      app.issuer.clock.advance(5)
      await expect(client.refreshTokenGrant(config, tokens.refresh_token!)).rejects.toMatchObject({
        error: 'invalid_grant',
      })
    },
    found: {
      severity: 'error',
      observed: 'exchange 4 gave a new refresh token, and the old one came again',
      exchanges: [4, 5],
    },
  },
  {
    rule: 'refresh-after-invalid-grant',
    faulty: async (app) => {
      const { config, tokens } = await loggedIn(app)
      const { rows } = await app.issuer.call('tokens.list', {})
      await app.issuer.call('tokens.revokeFamily', { grantId: rows[0]!.grantId })
      for (let attempt = 0; attempt < 3; attempt++) {
        await expect(client.refreshTokenGrant(config, tokens.refresh_token!)).rejects.toMatchObject({
          error: 'invalid_grant',
        })
        app.issuer.clock.advance(1)
      }
    },
    found: {
      severity: 'error',
      observed: 'invalid_grant in exchange 4, and the same token 2 times more',
      exchanges: [4, 5, 6],
    },
  },
  {
    rule: 'refresh-storm',
    faulty: async (app) => {
      const { config, tokens } = await loggedIn(app)
      let next = tokens
      for (let turn = 0; turn < 6; turn++) {
        app.issuer.clock.advance(2)
        next = (await client.refreshTokenGrant(config, next.refresh_token!)) as typeof tokens
      }
    },
    found: { severity: 'warning', observed: '6 refreshes in 10 s, of access tokens that live 900 s' },
  },
]

const of = (findings: Finding[], rule: string) => findings.filter((finding) => finding.rule === rule)

describe.each(cases)('$rule', ({ rule, faulty, found }) => {
  test('is found in a client that does it', async () => {
    const app = await watchApps()
    await faulty(app)
    expect(of(await app.findings(), rule)).toEqual([expect.objectContaining(found)])
  })
})

test('a client that uses its token, refreshes it before it ends, and goes on with the new one: nothing is found', async () => {
  const app = await watchApps()
  await useAndRefresh(app)
  expect(await app.findings()).toEqual([])
})

test('an assertion for this issuer is for the right audience', async () => {
  const app = await watchApps()
  const secret = 'backend-secret'.padEnd(32, '.')
  await client.clientCredentialsGrant(await app.as('backend', client.ClientSecretJwt(secret)))
  expect(await app.findings()).toEqual([])
})

test('who learns of the expiry from the first 401, and refreshes then, gets a note', async () => {
  const app = await watchApps()
  const { config, tokens } = await loggedIn(app)
  app.issuer.clock.advance(1_000)
  expect((await atItems(config, tokens.access_token)).status).toBe(401)
  const next = await client.refreshTokenGrant(await app.as('app'), tokens.refresh_token!)
  expect((await atItems(config, next.access_token)).status).toBe(200)
  expect(await app.findings()).toMatchObject([{ rule: 'use-after-expiry', severity: 'info' }])
})

test('a token refused is sought in other traces too: nobody knows the grant of a made-up one', async () => {
  const app = await watchApps()
  const config = await app.as('app')
  for (let attempt = 0; attempt < 2; attempt++)
    await expect(client.refreshTokenGrant(config, 'made-up')).rejects.toMatchObject({
      error: 'invalid_grant',
    })
  expect(await app.findings()).toMatchObject([{ rule: 'refresh-after-invalid-grant', exchanges: [2, 3] }])
})

describe('polling-too-fast', () => {
  const as = {
    issuer: ISSUER,
    device_authorization_endpoint: `${ISSUER}/device_authorization`,
    token_endpoint: `${ISSUER}/token`,
  }
  const device: oauth.Client = { client_id: 'demo-device' }

  async function poll(app: Watched, seconds: number): Promise<void> {
    const options = { ...insecure, [oauth.customFetch]: app.fetch }
    const parameters = new URLSearchParams({ scope: 'read' })
    const begun = await oauth.deviceAuthorizationRequest(as, device, oauth.None(), parameters, options)
    const { device_code: code } = await oauth.processDeviceAuthorizationResponse(as, device, begun)
    for (let turn = 0; turn < 3; turn++) {
      app.issuer.clock.advance(seconds)
      await oauth.deviceCodeGrantRequest(as, device, oauth.None(), code, options)
    }
  }

  test('is found in a client that polls each second', async () => {
    const app = await watchApps()
    await poll(app, 1)
    expect(await app.findings()).toMatchObject([
      {
        rule: 'polling-too-fast',
        observed: '2 of 3 polls came too early, the earliest 1 s after the one before',
        exchanges: [3, 4],
      },
    ])
  })

  test('is not found in one that keeps the interval', async () => {
    const app = await watchApps()
    await poll(app, 5)
    expect(await app.findings()).toEqual([])
  })
})

describe('discovery-issuer-mismatch', () => {
  const discover = (app: Watched, url: string) =>
    client.discovery(new URL(url), 'app', undefined, client.None(), {
      execute: [client.allowInsecureRequests],
      [client.customFetch]: app.fetch,
    })

  test('is found where the app knows the issuer by another name', async () => {
    const app = await watchApps({ issuer: 'http://127.0.0.1:4400' })
    await expect(discover(app, 'http://localhost:4400')).rejects.toThrow(/issuer/)
    expect(await app.findings()).toMatchObject([
      {
        rule: 'discovery-issuer-mismatch',
        severity: 'error',
        observed: 'asked of http://localhost:4400, and the answer says http://127.0.0.1:4400',
      },
    ])
  })

  test.each(['oidc', 'oauth2'] as const)(
    'is not found where it asks by the right one (%s)',
    async (algorithm) => {
      const app = await watchApps({ issuer: 'http://127.0.0.1:4400' })
      await client.discovery(new URL(ISSUER), 'app', undefined, client.None(), {
        algorithm,
        execute: [client.allowInsecureRequests],
        [client.customFetch]: app.fetch,
      })
      expect(await app.findings()).toEqual([])
    },
  )
})
