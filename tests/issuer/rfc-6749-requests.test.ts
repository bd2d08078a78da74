import { describe, expect, test } from 'vitest'
import {
  answerOf,
  authorizationQuery,
  CALLBACK,
  codeFields,
  locationOf,
  openBrowser,
} from '../support/browser.ts'
import { approve, openDevice } from '../support/device.ts'
import { expectInvalidClient, expectRefusal } from '../support/expect-refusal.ts'
import { openIssuer } from '../support/issuer.ts'

// What RFC 6749 says of every request and answer, wherever it comes.

const missingClientId = {
  status: 400,
  error: 'invalid_request',
  description: 'Parameter client_id is missing',
}

describe('parameters', () => {
  test('the authorization endpoint takes one without a value as left out, and ignores those it does not know (3.1)', async () => {
    const issuer = await openIssuer()
    const browser = openBrowser(issuer)
    await browser.logIn()
    const query = authorizationQuery({ state: '' })
    const answer = await browser.get(`/authorize?${query}&state=&max_age=&prompt=&dance=tango&__proto__=1`)
    expect(answerOf(answer)).toEqual({ code: expect.any(String), iss: expect.any(String) })
  })

  test('the token endpoint does the same (3.2)', async () => {
    const issuer = await openIssuer()
    const fields = { grant_type: 'password', username: 'alice', password: 'wonderland' }
    const { status, body } = await issuer.token({
      ...fields,
      scope: '',
      client_id: '',
      dance: 'tango',
      __proto__: '1',
    })
    expect([status, body.scope]).toEqual([200, ''])
  })

  test('so does the device authorization endpoint (RFC 8628 3.1)', async () => {
    const issuer = await openIssuer()
    const fields = { client_id: 'demo-device', scope: '', dance: 'tango' }
    expect((await issuer.postForm('/device_authorization', fields)).status).toBe(200)
    const body = new URLSearchParams([...Object.entries(fields), ['client_id', 'demo-device']])
    const twice = await issuer.send('/device_authorization', { method: 'POST', body })
    expect([twice.status, twice.body.error]).toEqual([400, 'invalid_request'])
  })

  test('an answer names each parameter once, as does an error (3.1)', async () => {
    const browser = openBrowser(await openIssuer())
    for (const answer of [await browser.logIn(), await browser.authorize({ scope: 'fly' })]) {
      const names = [...new URL(locationOf(answer)).searchParams.keys()]
      expect(names).toContain('state')
      expect(names).toEqual([...new Set(names)])
    }
  })

  test('a secret in the URL proves nothing (2.3.1)', async () => {
    const issuer = await openIssuer()
    const query = new URLSearchParams({ client_secret: 'demo-web-secret' })
    const fields = {
      grant_type: 'password',
      username: 'alice',
      password: 'wonderland',
      client_id: 'demo-web',
    }
    expectInvalidClient(await issuer.postForm(`/token?${query}`, fields), 'Client authentication is required')
  })
})

test('no endpoint has a query or a fragment (3.1, 3.2)', async () => {
  const { body } = await (await openIssuer()).get('/.well-known/oauth-authorization-server')
  const urls = Object.entries(body).filter(([name]) => name.endsWith('_endpoint'))
  expect(urls.map(([name]) => name)).toEqual(
    expect.arrayContaining(['authorization_endpoint', 'token_endpoint', 'revocation_endpoint']),
  )
  for (const [name, url] of urls) expect(String(url), name).toMatch(/^[^?#]+$/)
})

test('errors keep to the characters of 4.1.2.1 on their way through the browser, whatever was sent', async () => {
  const browser = openBrowser(await openIssuer())
  const nasty = 'a"b\\c\u0007d\u00e9\u{1f98a}\r\n\t'
  for (const name of [
    'response_type',
    'response_mode',
    'scope',
    'prompt',
    'code_challenge_method',
    'claims',
  ]) {
    const { error, error_description } = answerOf(await browser.authorize({ [name]: nasty }))
    expect(error, name).toMatch(/^[a-z_]+$/)
    expect(error_description, name).toMatch(/^[\x20\x21\x23-\x5B\x5D-\x7E]+$/)
  }
})

describe('redirect URIs', () => {
  const open = async (redirectUris: string[]) =>
    openBrowser(await openIssuer({ workspace: { clients: [{ id: 'app', redirectUris }] } }))

  test.each([
    ['one that registered none has none to use (3.1.2.2)', [], CALLBACK],
    ['one that registered several has to name one (3.1.2.3)', [CALLBACK, `${CALLBACK}/2`], ''],
  ])('%s', async (_what, registered, redirect_uri) => {
    const browser = await open(registered)
    const answer = await browser.authorize({ client_id: 'app', redirect_uri, scope: 'read' })
    expect([answer.status, answer.headers.get('location')]).toEqual([400, null])
  })

  test('tokens of the implicit grant go to registered ones only (4.2.1)', async () => {
    const issuer = await openIssuer({ workspace: { settings: { legacyResponseTypes: true } } })
    await issuer.call('clients.update', { id: 'demo-spa', changes: { responseTypes: ['token'] } })
    const asked = { response_type: 'token', redirect_uri: 'https://evil.example/' }
    const answer = await openBrowser(issuer).authorize(asked)
    expect([answer.status, answer.headers.get('location')]).toEqual([400, null])
  })
})

describe('a client that does not authenticate says who it is', () => {
  test('where it trades a code (3.2.1, 4.1.3): the code stays good', async () => {
    const issuer = await openIssuer()
    const { code } = answerOf(await openBrowser(issuer).logIn())
    expectRefusal(await issuer.token(codeFields(code!, { client_id: '' })), missingClientId)
    expect((await issuer.failedCheck()).check).toBe('client.named')
    expect((await issuer.token(codeFields(code!))).status).toBe(200)
  })

  test('where a device begins, and where it polls (RFC 8628 3.1, 3.4)', async () => {
    const device = await openDevice()
    await device.issuer.call('settings.update', { defaultClientId: 'demo-device' })
    expectRefusal(await device.issuer.postForm('/device_authorization', {}), missingClientId)
    await approve(device)
    expectRefusal(await device.poll({ client_id: '' }), missingClientId)
    expect((await device.poll()).status).toBe(200)
  })

  test('where it pushes a request (RFC 9126 2.1)', async () => {
    const issuer = await openIssuer()
    const request = Object.fromEntries(authorizationQuery({ client_id: '' }))
    expectRefusal(await issuer.postForm('/par', request), missingClientId)
  })

  test('a lenient issuer takes its default client, with a warning', async () => {
    const issuer = await openIssuer({ workspace: { settings: { profile: 'lenient' } } })
    const { code } = answerOf(await openBrowser(issuer).logIn())
    expect((await issuer.token(codeFields(code!, { client_id: '' }))).status).toBe(200)
    const { verdicts } = await issuer.lastExchange()
    expect(verdicts.find(({ check }) => check === 'client.named')?.outcome).toBe('warned')
  })
})

describe('client_credentials is for confidential clients (4.4)', () => {
  const ask = { grant_type: 'client_credentials', client_id: 'job' }
  const open = (settings = {}) =>
    openIssuer({
      workspace: {
        settings,
        clients: [{ id: 'job', authMethods: ['none'], grantTypes: ['client_credentials'] }],
      },
    })

  test('one that proves nothing gets no token', async () => {
    const issuer = await open()
    expectRefusal(await issuer.token(ask), {
      status: 400,
      error: 'unauthorized_client',
      description: 'A public client may not use the grant_type client_credentials',
    })
    expect((await issuer.failedCheck()).check).toBe('token.client-proven')
    expect((await issuer.call('tokens.list', {})).total).toBe(0)
  })

  test('a lenient issuer lets it pass, with a warning', async () => {
    const issuer = await open({ profile: 'lenient' })
    expect((await issuer.token(ask)).status).toBe(200)
  })
})
