import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { decodeJwt } from 'jose'
import { describe, expect, onTestFinished, test } from 'vitest'
import { newUserCode } from '../../electron/server/provider/device/user-code.ts'
import { hashOf } from '../../electron/server/tokens/read.ts'
import { approve, beginAt, DEVICE_CODE, openDevice, refused } from '../support/device.ts'
import { expectInvalidClient, expectRefusal } from '../support/expect-refusal.ts'
import { basic, bearer, ISSUER, openIssuer } from '../support/issuer.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

// Device authorization (RFC 8628): what the device asks, and gets.

describe('the device authorization endpoint', () => {
  test('gives a code for the device and one for the user', async () => {
    const issuer = await openIssuer()
    const answer = await issuer.postForm('/device_authorization', { client_id: 'demo-device' })
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store'])
    const { device_code, user_code, ...rest } = answer.body
    expect(device_code).toMatch(/^[\w-]{43}$/)
    expect(user_code).toMatch(/^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/)
    expect(rest).toEqual({
      verification_uri: `${ISSUER}/device`,
      verification_uri_complete: `${ISSUER}/device?user_code=${user_code}`,
      expires_in: 600,
      interval: 5,
    })
  })

  test('gives other codes each time', async () => {
    const issuer = await openIssuer()
    const devices = [await beginAt(issuer), await beginAt(issuer)]
    expect(new Set(devices.flatMap(({ deviceCode, userCode }) => [deviceCode, userCode])).size).toBe(4)
  })

  test('a user code that is in use is not given twice', async () => {
    const drawn = [2, 2, 4]
    const random = {
      bytes: (length: number) =>
        length === 8 && drawn.length > 0 ? Buffer.alloc(8, drawn.shift()) : randomBytes(length),
    }
    const issuer = await openIssuer({ random })
    const [first, second] = [await beginAt(issuer), await beginAt(issuer)]
    expect([first.userCode, second.userCode]).toEqual(['DDDD-DDDD', 'GGGG-GGGG'])
  })

  test('letters are drawn evenly: bytes past the last whole alphabet are left out', () => {
    const drawn = [new Uint8Array(8).fill(255), Uint8Array.of(239, 240, 0, 19, 20, 1, 21, 2)]
    const random = { bytes: (length: number) => drawn.shift() ?? new Uint8Array(length).fill(3) }
    expect(newUserCode(random)).toBe('ZBZBCCDF')
  })

  test('of the device code only the hash is kept', async () => {
    const folder = await temporaryFolder()
    onTestFinished(() => folder.remove())
    const database = join(folder.path, 'test.db')
    const { deviceCode } = await openDevice({}, { database })
    const sqlite = new BetterSqlite3(database, { readonly: true })
    const rows = sqlite.prepare('SELECT * FROM device_codes').all()
    sqlite.close()
    expect(rows).toMatchObject([{ hash: hashOf(deviceCode), client_id: 'demo-device' }])
    expect(JSON.stringify(rows)).not.toContain(deviceCode)
  })

  test('a confidential client has to authenticate', async () => {
    const issuer = await openIssuer()
    const answer = await issuer.postForm('/device_authorization', {}, basic('demo-web', 'wrong'))
    expectInvalidClient(answer, 'Client authentication failed')
    expect(
      (await issuer.postForm('/device_authorization', {}, basic('demo-web', 'demo-web-secret'))).status,
    ).toBe(200)
  })

  test('a client that is not registered for the grant is refused', async () => {
    const issuer = await openIssuer()
    expectRefusal(await issuer.postForm('/device_authorization', { client_id: 'demo-spa' }), {
      status: 400,
      error: 'unauthorized_client',
      description: `The client may not use the grant_type ${DEVICE_CODE}`,
    })
    expect((await issuer.failedCheck()).check).toBe('token.client-may-use-grant')
  })

  test('a scope that does not exist is refused', async () => {
    const issuer = await openIssuer()
    const fields = { client_id: 'demo-device', scope: 'coffee' }
    expect(await refused(issuer.postForm('/device_authorization', fields))).toBe('invalid_scope')
  })
})

describe('polling', () => {
  test('authorization_pending while the user has not answered', async () => {
    const { issuer, poll } = await openDevice()
    expectRefusal(await poll(), {
      status: 400,
      error: 'authorization_pending',
      description: 'The user has not answered yet',
    })
    issuer.clock.advance(5)
    expect(await refused(poll())).toBe('authorization_pending')
  })

  test('slow_down for polls in haste, and five seconds more each time', async () => {
    const { issuer, poll } = await openDevice()
    await poll()
    issuer.clock.advance(4)
    expectRefusal(await poll(), {
      status: 400,
      error: 'slow_down',
      description: 'Poll more slowly: every 10 seconds from now on',
    })
    issuer.clock.advance(9)
    expect((await poll()).body.error_description).toBe('Poll more slowly: every 15 seconds from now on')
    issuer.clock.advance(15)
    expect(await refused(poll())).toBe('authorization_pending')
  })

  test('a lenient issuer notes the haste and lets it pass, at the same interval', async () => {
    const { issuer, poll } = await openDevice({}, { workspace: { settings: { profile: 'lenient' } } })
    await poll()
    expect(await refused(poll())).toBe('authorization_pending')
    const { verdicts } = await issuer.lastExchange()
    expect(verdicts.filter(({ outcome }) => outcome === 'warned').map(({ check }) => check)).toEqual([
      'device-code.polling-slow',
    ])
    issuer.clock.advance(5)
    await poll()
    expect((await issuer.lastExchange()).verdicts.map(({ outcome }) => outcome)).not.toContain('warned')
  })

  test('polls of another client are refused, and do not slow the device down', async () => {
    const { poll } = await openDevice()
    const client = { client_id: 'demo-web', client_secret: 'demo-web-secret' }
    expectRefusal(await poll(client), {
      status: 400,
      error: 'invalid_grant',
      description: 'The device code was issued to another client',
    })
    expect(await refused(poll())).toBe('authorization_pending')
  })

  test('a confidential client authenticates when it polls, too', async () => {
    const client = { client_id: 'demo-web', client_secret: 'demo-web-secret' }
    const { poll } = await openDevice(client)
    expectInvalidClient(await poll({ client_id: 'demo-web' }), 'Client authentication is required')
    expect(await refused(poll(client))).toBe('authorization_pending')
  })

  test.each([
    ['no code', {}, 'invalid_request', 'device-code.present'],
    ['a code nobody gave out', { device_code: 'made-up' }, 'invalid_grant', 'device-code.known'],
  ])('%s', async (_what, fields, error, check) => {
    const issuer = await openIssuer()
    const answer = issuer.token({ grant_type: DEVICE_CODE, client_id: 'demo-device', ...fields })
    expect(await refused(answer)).toBe(error)
    expect((await issuer.failedCheck()).check).toBe(check)
  })

  test('the user code is not the device code', async () => {
    const { poll, userCode } = await openDevice()
    expect(await refused(poll({ device_code: userCode }))).toBe('invalid_grant')
  })

  test('expired_token after ten minutes, also when the user has allowed it', async () => {
    const device = await openDevice()
    await approve(device)
    device.issuer.clock.advance(600)
    expectRefusal(await device.poll(), {
      status: 400,
      error: 'expired_token',
      description: 'The device code has expired',
    })
  })
})

describe('the tokens', () => {
  test('come once the user has allowed it, however soon after the poll before', async () => {
    const device = await openDevice()
    expect(await refused(device.poll())).toBe('authorization_pending')
    expect((await approve(device)).text).toContain('<h1>Your device is connected</h1>')
    const { status, body } = await device.poll()
    expect(status).toBe(200)
    expect(body).toMatchObject({ token_type: 'Bearer', scope: 'openid read', expires_in: expect.any(Number) })
    expect(decodeJwt(String(body.access_token))).toMatchObject({ sub: 'alice', client_id: 'demo-device' })
    expect(decodeJwt(String(body.id_token))).toMatchObject({
      iss: ISSUER,
      sub: 'alice',
      aud: 'demo-device',
      amr: ['pwd'],
      auth_time: device.issuer.clock.now() / 1000,
    })
    const items = await device.issuer.get('/items', bearer(String(body.access_token)))
    expect(items.status).toBe(200)
  })

  test('have no ID token without the scope openid', async () => {
    const device = await openDevice({ scope: 'read' })
    await approve(device)
    expect((await device.poll()).body).not.toHaveProperty('id_token')
  })

  test('can be refreshed', async () => {
    const device = await openDevice()
    await approve(device)
    const { refresh_token } = (await device.poll()).body
    const fields = { grant_type: 'refresh_token', client_id: 'demo-device' }
    const next = await device.issuer.token({ ...fields, refresh_token: String(refresh_token) })
    expect(next.body).toMatchObject({ scope: 'openid read', id_token: expect.any(String) })
  })

  test('come once: a second poll is refused, and those of the first stay', async () => {
    const device = await openDevice()
    await approve(device)
    const { body } = await device.poll()
    expectRefusal(await device.poll(), {
      status: 400,
      error: 'invalid_grant',
      description: 'The device code was used before',
    })
    expect((await device.issuer.get('/items', bearer(String(body.access_token)))).status).toBe(200)
  })

  test('of two polls at once, one gets them', async () => {
    const device = await openDevice()
    await approve(device)
    const answers = await Promise.all([device.poll(), device.poll(), device.poll()])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400])
    expect(answers.filter(({ status }) => status === 400).map(({ body }) => body.error)).toEqual([
      'invalid_grant',
      'invalid_grant',
    ])
    const { rows } = await device.issuer.call('tokens.list', {})
    expect(rows.filter(({ kind }) => kind === 'access')).toHaveLength(1)
    expect(device.issuer.log).toEqual([])
  })

  test('do not come for a user who was switched off meanwhile', async () => {
    const device = await openDevice()
    await approve(device)
    await device.issuer.call('users.update', { id: 'alice', changes: { active: false } })
    expectRefusal(await device.poll(), { status: 400, error: 'invalid_grant', description: 'Inactive user' })
  })

  test('stay when the user logs out of the browser they answered in', async () => {
    const device = await openDevice()
    await approve(device)
    const { body } = await device.poll()
    await device.browser.post('/logout', {})
    expect((await device.issuer.get('/items', bearer(String(body.access_token)))).status).toBe(200)
  })
})

test('request, pages, polls and tokens are one trace', async () => {
  const device = await openDevice()
  await device.poll()
  await device.browser.get(`/device?user_code=${device.userCode}`)
  await approve(device)
  const { body } = await device.poll()
  await device.issuer.get('/items', bearer(String(body.access_token)))
  const traces = await device.issuer.call('traces.list', {})
  expect(traces).toHaveLength(1)
  const { exchanges } = await device.issuer.call('traces.get', { id: traces[0]!.id })
  expect(exchanges.map(({ endpoint }) => endpoint)).toEqual([
    'device-authorization',
    'token',
    'device',
    'device',
    'interaction',
    'interaction',
    'interaction',
    'interaction',
    'token',
    'items',
  ])
})
