import { decodeJwt } from 'jose'
import { describe, expect, test } from 'vitest'
import { expectRefusal } from '../support/expect-refusal.ts'
import { basic, type Fields, openIssuer } from '../support/issuer.ts'

const login = { grant_type: 'password', username: 'alice', password: 'wonderland' }
const invalidClient = (description: string) => ({
  status: 401,
  error: 'invalid_client',
  description,
  challenge: 'Basic realm="token", charset="UTF-8"',
})
const clientOf = (accessToken: unknown) => decodeJwt(String(accessToken)).client_id

describe('a client makes itself known', () => {
  const rows: [string, Fields, Fields, string][] = [
    ["not at all: the workspace's default client", {}, {}, 'demo-spa'],
    ['by client_id alone, when public', { client_id: 'demo-spa' }, {}, 'demo-spa'],
    ['by client_secret_basic', {}, basic('demo-web', 'demo-web-secret'), 'demo-web'],
    ['by client_secret_post', { client_id: 'demo-web', client_secret: 'demo-web-secret' }, {}, 'demo-web'],
    [
      'by Basic with a scheme in any case (RFC 9110 11.1)',
      {},
      { authorization: basic('demo-web', 'demo-web-secret').authorization!.replace('Basic', 'bASIC') },
      'demo-web',
    ],
    [
      'by Basic with its client_id in the body as well',
      { client_id: 'demo-web' },
      basic('demo-web', 'demo-web-secret'),
      'demo-web',
    ],
    ['by an empty Basic, as Swagger UI sends it: the default client', {}, basic('', ''), 'demo-spa'],
    ['by Basic with an empty secret: a public client', {}, basic('demo-spa', ''), 'demo-spa'],
  ]
  test.each(rows)('%s', async (_how, fields, headers, client) => {
    const issuer = await openIssuer()
    const { status, body } = await issuer.token({ ...login, ...fields }, headers)
    expect(status).toBe(200)
    expect(clientOf(body.access_token)).toBe(client)
  })

  test('id and secret are form-decoded after base64 (RFC 6749 2.3.1)', async () => {
    const client = {
      id: 'my:client',
      secret: 'ü b+c%&:',
      authMethods: ['client_secret_basic' as const],
      grantTypes: ['client_credentials' as const],
    }
    const issuer = await openIssuer({ workspace: { clients: [client] } })
    const encode = (text: string) => new URLSearchParams({ x: text }).toString().slice(2)
    const headers = basic(encode(client.id), encode(client.secret))
    const { status, body } = await issuer.token({ grant_type: 'client_credentials' }, headers)
    expect(status).toBe(200)
    expect(clientOf(body.access_token)).toBe('my:client')
  })

  test('the default client is a setting', async () => {
    const issuer = await openIssuer()
    await issuer.call('settings.update', { defaultClientId: 'demo-device' })
    expectRefusal(await issuer.token(login), {
      status: 400,
      error: 'unauthorized_client',
      description: 'The client may not use the grant_type password',
    })
  })
})

describe('client authentication is refused', () => {
  const rows: [string, Fields, Fields, ReturnType<typeof invalidClient>, string][] = [
    [
      'an unknown client_id: 401 invalid_client',
      { client_id: 'nobody' },
      {},
      invalidClient('Unknown client'),
      'client.known',
    ],
    [
      'an unknown client by Basic',
      {},
      basic('nobody', 'secret'),
      invalidClient('Unknown client'),
      'client.known',
    ],
    [
      'a wrong secret by Basic',
      {},
      basic('demo-web', 'wrong'),
      invalidClient('Client authentication failed'),
      'client.secret',
    ],
    [
      'a wrong secret by post',
      { client_id: 'demo-web', client_secret: 'demo-web-secreT' },
      {},
      invalidClient('Client authentication failed'),
      'client.secret',
    ],
    [
      'a confidential client without its secret',
      { client_id: 'demo-web' },
      {},
      invalidClient('Client authentication is required'),
      'client.method-registered',
    ],
    [
      'an empty client_secret counts as left out',
      { client_id: 'demo-web', client_secret: '' },
      {},
      invalidClient('Client authentication is required'),
      'client.method-registered',
    ],
    [
      'a public client with a secret',
      { client_id: 'demo-spa', client_secret: 'made-up' },
      {},
      invalidClient('The client may not use client_secret_post'),
      'client.method-registered',
    ],
    [
      'Basic that is not base64',
      {},
      { authorization: 'Basic ?!' },
      invalidClient('The Authorization header does not hold readable Basic credentials'),
      'client.basic-well-formed',
    ],
    [
      'Basic without a colon',
      {},
      { authorization: `Basic ${btoa('demo-web')}` },
      invalidClient('The Authorization header does not hold readable Basic credentials'),
      'client.basic-well-formed',
    ],
    [
      'Basic with a percent-encoding that is none',
      {},
      basic('demo-web', '%zz'),
      invalidClient('The Authorization header does not hold readable Basic credentials'),
      'client.basic-well-formed',
    ],
    [
      'Basic that is not UTF-8',
      {},
      { authorization: `Basic ${Buffer.from([0xff, 0x3a, 0xfe]).toString('base64')}` },
      invalidClient('The Authorization header does not hold readable Basic credentials'),
      'client.basic-well-formed',
    ],
  ]
  test.each(rows)('%s', async (_what, fields, headers, refused, check) => {
    const issuer = await openIssuer()
    expectRefusal(await issuer.token({ ...login, ...fields }, headers), refused)
    expect((await issuer.failedCheck()).check).toBe(check)
    expect((await issuer.call('tokens.list', {})).total).toBe(0)
  })

  test('two methods at once: 400 invalid_request (RFC 6749 2.3)', async () => {
    const issuer = await openIssuer()
    const fields = { client_id: 'demo-web', client_secret: 'demo-web-secret' }
    expectRefusal(await issuer.token({ ...login, ...fields }, basic('demo-web', 'demo-web-secret')), {
      status: 400,
      error: 'invalid_request',
      description: 'More than one client authentication method was used',
    })
    expect(await issuer.failedCheck()).toMatchObject({
      check: 'client.one-method',
      observed: 'client_secret_basic and client_secret_post',
    })
  })

  test('Basic for one client and client_id of another: 400 invalid_request', async () => {
    const issuer = await openIssuer()
    const answer = await issuer.token(
      { ...login, client_id: 'demo-spa' },
      basic('demo-web', 'demo-web-secret'),
    )
    expectRefusal(answer, {
      status: 400,
      error: 'invalid_request',
      description: 'client_id differs from the client that authenticated',
    })
    expect(await issuer.failedCheck()).toMatchObject({
      check: 'client.one-client',
      observed: 'demo-web by Basic, demo-spa as client_id',
    })
  })

  test('a method the client is not registered for', async () => {
    const issuer = await openIssuer()
    await issuer.call('clients.update', { id: 'demo-web', changes: { authMethods: ['client_secret_post'] } })
    expectRefusal(
      await issuer.token(login, basic('demo-web', 'demo-web-secret')),
      invalidClient('The client may not use client_secret_basic'),
    )
  })

  test('a default client that is gone: 401 invalid_client', async () => {
    const issuer = await openIssuer({ workspace: { settings: { defaultClientId: 'demo-device' } } })
    await issuer.call('settings.update', { defaultClientId: 'demo-spa' })
    const envelope = await issuer.grantscope.dispatch('clients.delete', { id: 'demo-spa' })
    if (envelope.ok) expectRefusal(await issuer.token(login), invalidClient('Unknown client'))
    else expect(envelope.error.code).toBe('refused')
  })

  test('on the lenient profile two methods at once pass with a warning', async () => {
    const issuer = await openIssuer({ workspace: { settings: { profile: 'lenient' } } })
    const fields = { client_id: 'demo-web', client_secret: 'demo-web-secret' }
    const headers = basic('demo-web', 'demo-web-secret')
    expect((await issuer.token({ ...login, ...fields }, headers)).status).toBe(200)
    const { verdicts, failedChecks } = await issuer.lastExchange()
    expect(verdicts.find(({ check }) => check === 'client.one-method')?.outcome).toBe('warned')
    expect(failedChecks).toBe(1)
  })

  test("a client's own profile counts more than the issuer's", async () => {
    const issuer = await openIssuer({ workspace: { settings: { profile: 'lenient' } } })
    await issuer.call('clients.update', { id: 'demo-web', changes: { profile: 'standard' } })
    const fields = { client_id: 'demo-web', client_secret: 'demo-web-secret' }
    const answer = await issuer.token({ ...login, ...fields }, basic('demo-web', 'demo-web-secret'))
    expect(answer.status).toBe(400)
  })
})
