import { describe, expect, test } from 'vitest'
import { CALLBACK, codeFields, locationOf, openBrowser, REQUEST } from '../support/browser.ts'
import { approve, beginAt } from '../support/device.ts'
import { basic, bearer, ISSUER, passwords } from '../support/issuer.ts'
import { codeAt, codeRequest, openTwo, tokensAt, warningsOf } from '../support/second-issuer.ts'

const ACME = `${ISSUER}/acme`
const WEB = basic('demo-web', 'demo-web-secret')

/** Both ways round: what one issuer gave is shown to the other. */
const pairs: [from: string, to: string, owner: string][] = [
  ['/acme', '', `acme (${ACME})`],
  ['', '/acme', `default (${ISSUER})`],
]

describe.each(pairs)(
  'what the issuer at "%s" gave is unknown at "%s", and the trace says whose it is:',
  (from, to, owner) => {
    const finding = async (issuer: Awaited<ReturnType<typeof openTwo>>) => {
      const warning = (await warningsOf(issuer))['issuer.own']
      expect(warning?.observed).toContain(`of the issuer ${owner}`)
      expect(warning?.hint).not.toBe('')
      return warning!.observed.split(' of the issuer')[0]
    }

    test.each(['/userinfo', '/me', '/items'])('an access token, at %s', async (path) => {
      const issuer = await openTwo()
      const { access } = await tokensAt(issuer, from, { scope: 'openid read' })
      const { status, headers } = await issuer.get(to + path, bearer(access))
      expect(status).toBe(401)
      expect(headers.get('www-authenticate')).toContain('error="invalid_token"')
      expect(await finding(issuer)).toBe('access token')
      expect((await issuer.get(from + path, bearer(access))).status).toBe(200)
    })

    test('tokens, at introspection and revocation', async () => {
      const issuer = await openTwo()
      const { access, refresh } = await tokensAt(issuer, from)
      for (const token of [access, refresh]) {
        expect((await issuer.postForm(`${to}/introspect`, { token }, WEB)).body).toEqual({ active: false })
        expect(await finding(issuer)).toBe('token')
        const revoke = { token, client_id: 'demo-spa' }
        expect((await issuer.postForm(`${to}/revoke`, revoke)).status).toBe(200)
        expect(await finding(issuer)).toBe('token')
        expect((await issuer.postForm(`${from}/introspect`, { token }, WEB)).body.active).toBe(true)
      }
    })

    test('a refresh token, which goes on working where it belongs', async () => {
      const issuer = await openTwo()
      const { refresh } = await tokensAt(issuer, from)
      const fields = { grant_type: 'refresh_token', refresh_token: refresh, client_id: 'demo-spa' }
      const { status, body } = await issuer.postForm(`${to}/token`, fields)
      expect([status, body.error]).toEqual([400, 'invalid_grant'])
      expect(await finding(issuer)).toBe('refresh token')
      expect((await issuer.postForm(`${to}/refresh`, { refresh_token: refresh })).status).toBe(401)
      expect((await issuer.postForm(`${from}/token`, fields)).status).toBe(200)
    })

    test('a token to exchange', async () => {
      const issuer = await openTwo()
      const { access } = await tokensAt(issuer, from)
      const type = 'urn:ietf:params:oauth:token-type:access_token'
      const fields = {
        grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
        subject_token: access,
        subject_token_type: type,
      }
      const { status, body } = await issuer.postForm(`${to}/token`, fields, WEB)
      expect([status, body.error]).toEqual([400, 'invalid_request'])
      expect(await finding(issuer)).toBe('subject token')
      expect((await issuer.postForm(`${from}/token`, fields, WEB)).status).toBe(200)
    })

    test('an id_token_hint', async () => {
      const issuer = await openTwo()
      const { id } = await tokensAt(issuer, from)
      const hinted = new URLSearchParams({ ...REQUEST, id_token_hint: id })
      expect(locationOf(await issuer.get(`${to}/authorize?${hinted}`))).toContain('error=invalid_request')
      expect(await finding(issuer)).toBe('id_token_hint')
      expect((await issuer.get(`${to}/end_session?id_token_hint=${id}`)).status).toBe(400)
      expect(await finding(issuer)).toBe('id_token_hint')
    })

    test('an authorization code', async () => {
      const issuer = await openTwo()
      const code = await codeAt(issuer, from)
      const { status, body } = await issuer.postForm(`${to}/token`, codeRequest(code))
      expect([status, body.error]).toEqual([400, 'invalid_grant'])
      expect(await finding(issuer)).toBe('authorization code')
      expect((await issuer.postForm(`${from}/token`, codeFields(code))).status).toBe(200)
    })

    test('a pushed request', async () => {
      const issuer = await openTwo()
      const { request_uri } = (await issuer.postForm(`${from}/par`, REQUEST)).body
      const asked = new URLSearchParams({ client_id: 'demo-spa', request_uri: String(request_uri) })
      expect((await issuer.get(`${to}/authorize?${asked}`)).status).toBe(400)
      expect(await finding(issuer)).toBe('request_uri')
      expect(locationOf(await issuer.get(`${from}/authorize?${asked}`))).toMatch(/^interaction\?/)
    })

    test('device and user codes', async () => {
      const issuer = await openTwo()
      const device = (await issuer.postForm(`${from}/device_authorization`, { client_id: 'demo-device' }))
        .body
      expect(device.verification_uri).toBe(`${ISSUER}${from}/device`)
      const poll = {
        grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
        device_code: String(device.device_code),
        client_id: 'demo-device',
      }
      expect((await issuer.postForm(`${to}/token`, poll)).body.error).toBe('invalid_grant')
      expect(await finding(issuer)).toBe('device code')
      const typed = { user_code: String(device.user_code) }
      expect((await issuer.postForm(`${to}/device`, typed)).text).toContain('role="alert"')
      expect(await finding(issuer)).toBe('user code')
      expect((await issuer.postForm(`${from}/token`, poll)).body.error).toBe('authorization_pending')
    })

    test('an unfinished login', async () => {
      const issuer = await openTwo()
      const browser = openBrowser(issuer, from)
      const place = locationOf(await browser.authorize())
      expect((await browser.get(`${to}/${place}`)).status).toBe(400)
      expect(await finding(issuer)).toBe('login')
      expect((await browser.get(`${from}/${place}`)).status).toBe(200)
    })

    test('a session, also when its cookie is carried over by hand', async () => {
      const issuer = await openTwo()
      const browser = openBrowser(issuer, from)
      await browser.logIn('alice')
      const [name, other] =
        from === '' ? ['session_id', 'session_id_acme'] : ['session_id_acme', 'session_id']
      const value = browser.cookies.get(name)!
      const silent = new URLSearchParams({ ...REQUEST, prompt: 'none' })
      const cookie = { cookie: `${other}=${value}` }
      const answer = await issuer.get(`${to}/authorize?${silent}`, cookie)
      expect(locationOf(answer)).toContain('error=login_required')
      expect((await issuer.get(`${to}/me`, cookie)).status).toBe(401)
      expect(await finding(issuer)).toBe('session')
    })

    test('consent', async () => {
      const issuer = await openTwo()
      const browser = openBrowser(issuer, from)
      await browser.logIn('alice')
      expect(locationOf(await browser.authorize())).toContain(`${CALLBACK}?code=`)
      const elsewhere = openBrowser(issuer, to)
      const page = await elsewhere.follow(await elsewhere.authorize())
      const answer = await elsewhere.fill(page, { username: 'alice', password: passwords.alice! })
      expect((await elsewhere.follow(answer)).text).toContain('value="allow"')
    })
  },
)

describe('single sign-on', () => {
  test('stands side by side at two issuers in one browser, each logged out alone', async () => {
    const issuer = await openTwo()
    const [root, acme] = [openBrowser(issuer), openBrowser(issuer, '/acme')]
    await root.logIn('alice')
    await acme.logIn('dave')
    for (const [name, value] of root.cookies) if (name !== 'browser_id') acme.cookies.set(name, value)
    const loggedOut = await acme.post('/acme/logout', {})
    expect(loggedOut.headers.getSetCookie()[0]).toMatch(/^session_id_acme=; Path=\/acme; Max-Age=0/)
    const silent = { prompt: 'none' }
    expect(locationOf(await acme.authorize(silent))).toContain('error=login_required')
    expect(locationOf(await root.authorize(silent))).toContain('code=')
  })

  test('its cookies go to the URL of their issuer and nowhere else', async () => {
    const issuer = await openTwo()
    const answer = await issuer.get(`/acme/authorize?${new URLSearchParams(REQUEST)}`)
    expect(answer.headers.getSetCookie()).toEqual([expect.stringMatching(/^browser_id=.*; Path=\/acme;/)])
    expect(locationOf(answer)).toMatch(/^interaction\?/)
  })
})

describe('a client that is bound to an issuer', () => {
  const bound = { clients: [{ id: 'of-acme', issuer: 'acme', redirectUris: ['loopback'] as 'loopback'[] }] }

  test('is unknown elsewhere, and the trace says where it is known', async () => {
    const issuer = await openTwo({ workspace: { issuers: [{ name: 'acme' }], ...bound } })
    const request = new URLSearchParams({ ...REQUEST, client_id: 'of-acme' })
    expect((await issuer.get(`/authorize?${request}`)).status).toBe(400)
    const { observed, hint } = (await warningsOf(issuer))['issuer.own']!
    expect(observed).toBe(`client of-acme of the issuer acme (${ACME})`)
    expect(hint).toContain(`point the app at ${ACME}`)
    const fields = { grant_type: 'authorization_code', code: 'x', client_id: 'of-acme' }
    expect((await issuer.token(fields)).body.error).toBe('invalid_client')
    expect(await warningsOf(issuer)).toHaveProperty('issuer.own')
  })

  test('is there for its own', async () => {
    const issuer = await openTwo({ workspace: { issuers: [{ name: 'acme' }], ...bound } })
    const request = new URLSearchParams({ ...REQUEST, client_id: 'of-acme' })
    expect(locationOf(await issuer.get(`/acme/authorize?${request}`))).toMatch(/^interaction\?/)
  })
})

describe('a user who is bound to an issuer', () => {
  const open = () =>
    openTwo({
      workspace: {
        issuers: [{ name: 'acme' }],
        users: [{ username: 'frank', password: 'frankly', issuer: 'acme' }],
      },
    })
  const password = { grant_type: 'password', username: 'frank', password: 'frankly' }

  test('logs in there alone; elsewhere it is a wrong name or password', async () => {
    const issuer = await open()
    const { status, body } = await issuer.token(password)
    expect([status, body.error_description]).toEqual([400, 'Incorrect username or password'])
    expect((await warningsOf(issuer))['issuer.own']!.observed).toContain('user frank')
    expect((await issuer.postForm('/acme/token', password)).status).toBe(200)
  })

  test('is offered on the login page there alone', async () => {
    const issuer = await open()
    const pageAt = async (prefix: string) => {
      const browser = openBrowser(issuer, prefix)
      return (await browser.follow(await browser.authorize())).text
    }
    expect(await pageAt('/acme')).toContain('frank')
    expect(await pageAt('')).not.toContain('frank')
  })
})

describe('who is bound to another issuer after logging in', () => {
  test.each([
    ['users.update', 'alice'],
    ['clients.update', 'demo-spa'],
  ] as const)('is known no more where they did: %s', async (operation, id) => {
    const issuer = await openTwo()
    const browser = openBrowser(issuer)
    const code = new URL(locationOf(await browser.logIn())).searchParams.get('code')!
    const { access, refresh } = await tokensAt(issuer, '', { scope: 'openid read' })
    await issuer.call(operation, { id, changes: { issuer: 'acme' } })
    expect((await issuer.get('/me', bearer(access))).status).toBe(401)
    expect((await warningsOf(issuer))['issuer.own']!.observed).toContain(id)
    expect((await issuer.postForm('/introspect', { token: access }, WEB)).body).toEqual({ active: false })
    const refused = operation === 'users.update' ? 'invalid_grant' : 'invalid_client'
    const fields = { grant_type: 'refresh_token', refresh_token: refresh, client_id: 'demo-spa' }
    expect((await issuer.token(fields)).body.error).toBe(refused)
    expect((await issuer.postForm('/refresh', { refresh_token: refresh })).status).toBe(401)
    expect((await issuer.token(codeFields(code))).body.error).toBe(refused)
    await issuer.call(operation, { id, changes: { issuer: null } })
    expect((await issuer.get('/me', bearer(access))).status).toBe(200)
  })

  test.each([
    ['users.update', 'alice', 'invalid_grant'],
    ['clients.update', 'demo-device', 'invalid_client'],
  ] as const)('gets nothing for a device code they granted: %s', async (operation, id, refused) => {
    const issuer = await openTwo()
    const device = await beginAt(issuer)
    await approve(device)
    await issuer.call(operation, { id, changes: { issuer: 'acme' } })
    expect((await device.poll()).body.error).toBe(refused)
    expect((await warningsOf(issuer))['issuer.own']!.observed).toContain(id)
    await issuer.call(operation, { id, changes: { issuer: null } })
    issuer.clock.advance(5)
    expect((await device.poll()).status).toBe(200)
  })

  test('a user is logged out where they were', async () => {
    const issuer = await openTwo()
    const browser = openBrowser(issuer)
    await browser.logIn()
    await issuer.call('users.update', { id: 'alice', changes: { issuer: 'acme' } })
    expect(locationOf(await browser.authorize({ prompt: 'none' }))).toContain('error=login_required')
    expect((await browser.get('/me')).status).toBe(401)
  })
})
