import * as client from 'openid-client'
import { describe, expect, test } from 'vitest'
import { answerDevice } from './login.ts'
import { serverForFile } from './server.ts'

// The device flow as the README of openid-client 6 has it, at the interval the issuer asks for.

const server = serverForFile()

async function begin(scope: string, authentication = client.None(), clientId = 'demo-device') {
  const config = await client.discovery(new URL(server().issuer), clientId, undefined, authentication, {
    execute: [client.allowInsecureRequests, client.enableNonRepudiationChecks],
  })
  const device = await client.initiateDeviceAuthorization(config, { scope })
  return { config, device, answerUrl: new URL(device.verification_uri_complete!) }
}

/** Until the client has polled for the first time. */
async function polledOnce(deviceCode: string): Promise<void> {
  await expect
    .poll(
      async () => {
        const input = { search: deviceCode, endpoint: 'token', limit: 1 }
        return (await server().call<{ total: number }>('exchanges.list', input)).total
      },
      { timeout: 15_000, interval: 200 },
    )
    .toBe(1)
}

describe('openid-client on a device', { timeout: 60_000, concurrent: true }, () => {
  test('polls while its user logs in elsewhere, and gets tokens with an ID token', async () => {
    const { config, device, answerUrl } = await begin('openid profile read')
    expect(device).toMatchObject({ expires_in: 600, interval: 5 })
    const polling = client.pollDeviceAuthorizationGrant(config, device)
    await polledOnce(device.device_code)
    expect(await answerDevice(answerUrl, 'allow')).toContain('Your device is connected')
    const tokens = await polling
    expect(tokens.claims()).toMatchObject({ iss: server().issuer, sub: 'alice', aud: 'demo-device' })
    expect(tokens.scope).toBe('openid profile read')
    expect(await client.fetchUserInfo(config, tokens.access_token, 'alice')).toMatchObject({
      name: 'Alice Liddell',
    })
    const next = await client.refreshTokenGrant(config, tokens.refresh_token!)
    expect(next.claims()).toMatchObject({ sub: 'alice' })
  })

  test('a client with a secret, whose user denies it', async () => {
    const authentication = client.ClientSecretBasic('demo-web-secret')
    const { config, device, answerUrl } = await begin('read', authentication, 'demo-web')
    expect(await answerDevice(answerUrl, 'deny')).toContain('Your device was not let in')
    await expect(client.pollDeviceAuthorizationGrant(config, device)).rejects.toMatchObject({
      error: 'access_denied',
      error_description: 'The user denied the request',
    })
  })

  test('a client that polls in haste is slowed down', async () => {
    const { config, device, answerUrl } = await begin('read')
    const polling = client.pollDeviceAuthorizationGrant(config, { ...device, interval: 1 })
    await expect
      .poll(
        async () => {
          const input = { search: device.device_code, endpoint: 'token', outcome: 'refused' }
          const { rows } = await server().call<{ rows: { error: string }[] }>('exchanges.list', input)
          return rows.map(({ error }) => error)
        },
        { timeout: 15_000, interval: 200 },
      )
      .toEqual(['slow_down', 'authorization_pending'])
    await answerDevice(answerUrl, 'allow')
    expect((await polling).scope).toBe('read')
  })
})
