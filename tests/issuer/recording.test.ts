import { decodeJwt } from 'jose'
import { describe, expect, test } from 'vitest'
import { basic, bearer, cookie, type Issuer, openIssuer, passwords, START } from '../support/issuer.ts'
import { CAROLS_SECRET, totpCode, wrongCode } from '../support/totp.ts'

const sessionIn = (headers: Headers) => /session_id=([^;]+)/.exec(headers.get('set-cookie') ?? '')![1]!
const traceIds = async (issuer: Issuer) =>
  (await issuer.call('exchanges.list', {})).rows.map(({ traceId }) => traceId)

describe('an exchange', () => {
  test('is recorded raw, with request, response, endpoint, client, user and jtis', async () => {
    const issuer = await openIssuer()
    const login = await issuer.login('alice', { scope: 'read' })
    expect(await issuer.lastExchange()).toMatchObject({
      at: START,
      method: 'POST',
      target: '/token',
      url: 'http://127.0.0.1:4400/token',
      endpoint: 'token',
      grantType: 'password',
      clientId: 'demo-spa',
      userId: 'alice',
      status: 200,
      error: null,
      failedChecks: 0,
      request: {
        body: 'grant_type=password&username=alice&password=wonderland&scope=read',
        encoding: 'utf8',
        bytes: 65,
      },
      response: { body: JSON.stringify(login) },
      jtis: [decodeJwt(login.access_token).jti, decodeJwt(login.refresh_token!).jti],
    })
  })

  test('lists the checks that passed, in order, each with title and spec', async () => {
    const issuer = await openIssuer()
    await issuer.login('alice', { scope: 'read' })
    const { verdicts } = await issuer.lastExchange()
    expect(verdicts.map(({ check }) => check)).toEqual([
      'request.body-size',
      'request.form-media-type',
      'request.form',
      'token.grant-type-present',
      'token.grant-type-supported',
      'client.one-method',
      'client.basic-well-formed',
      'client.one-client',
      'client.known',
      'client.method-registered',
      'client.secret',
      'client.named',
      'token.client-may-use-grant',
      'token.client-proven',
      'password.credentials-present',
      'password.right',
      'user.active',
      'scope.syntax',
      'scope.known',
      'scope.allowed-for-client',
      'scope.allowed-for-user',
    ])
    for (const { outcome, title, spec } of verdicts) {
      expect(outcome).toBe('passed')
      expect(title).not.toBe('')
      expect(spec).not.toBe('')
    }
  })

  test('a refusal ends with the check that failed: id, title, spec, observed, expected, hint', async () => {
    const issuer = await openIssuer()
    await issuer.token({ grant_type: 'password', username: 'mallory', password: 'x' })
    const exchange = await issuer.lastExchange()
    expect(exchange).toMatchObject({ status: 400, error: 'invalid_grant', failedChecks: 1 })
    expect(exchange.verdicts.at(-1)).toEqual({
      check: 'password.right',
      title: 'The password is right',
      spec: 'RFC 6749 4.3.2, 5.2',
      outcome: 'failed',
      observed: 'no user is named mallory',
      expected: 'the name and password of a user',
      hint: 'See Users for the names this workspace knows.',
    })
  })

  test('the wire does not tell an unknown user from a wrong password; the trace does', async () => {
    const issuer = await openIssuer()
    const wrong = await issuer.token({ grant_type: 'password', username: 'alice', password: 'x' })
    expect((await issuer.failedCheck()).observed).toBe('a password that is not that of alice')
    const unknown = await issuer.token({ grant_type: 'password', username: 'mallory', password: 'x' })
    expect((await issuer.failedCheck()).observed).toBe('no user is named mallory')
    expect([...wrong.headers]).toEqual([...unknown.headers])
    expect(wrong.text).toBe(unknown.text)
  })

  test('recording never changes the answer: a body is cut in the log alone', async () => {
    const issuer = await openIssuer()
    const { access_token } = await issuer.login('alice', { scope: 'write' })
    await issuer.postJson('/items', { title: 'x', padding: 'é'.repeat(100_000) }, bearer(access_token))
    const { request, status } = await issuer.lastExchange()
    expect(status).toBe(201)
    expect(request.bytes).toBe(200_026)
    expect(request.body.length).toBeLessThan(65_537)
  })

  test('what no route takes is recorded too', async () => {
    const issuer = await openIssuer()
    await issuer.get('/nowhere?x=1')
    expect(await issuer.lastExchange()).toMatchObject({ target: '/nowhere?x=1', endpoint: null, status: 404 })
  })

  test('is published as an event at once', async () => {
    const issuer = await openIssuer()
    const seen: unknown[] = []
    issuer.grantscope.events.subscribe((event) => seen.push(event))
    await issuer.get('/me')
    expect(seen).toMatchObject([
      { type: 'exchange', exchange: { target: '/me', status: 401, error: 'invalid_token', failedChecks: 1 } },
    ])
  })
})

/** One refusal of every kind there is, by route. */
async function refuseEverything(issuer: Issuer): Promise<void> {
  const password = { grant_type: 'password', username: 'alice', password: 'wonderland' }
  const full = (await issuer.login('alice')).access_token
  const pending = (await issuer.login('carol')).access_token
  const service = await issuer.token(
    { grant_type: 'client_credentials' },
    basic('demo-service', 'demo-service-secret'),
  )
  const login = await issuer.postForm('/login', { username: 'carol', password: 'caroling' })
  const session = cookie(sessionIn(login.headers))
  const requests = [
    () => issuer.postJson('/token', password),
    () => issuer.token({ password: 'wonderland' }),
    () => issuer.token({ ...password, grant_type: 'telepathy' }),
    () => issuer.token({ ...password, client_id: 'nobody' }),
    () => issuer.token(password, basic('demo-web', 'wrong-secret')),
    () => issuer.token({ ...password, client_id: 'demo-spa' }, basic('demo-web', 'demo-web-secret')),
    () => issuer.token({ ...password, client_secret: 'x' }, basic('demo-web', 'demo-web-secret')),
    () => issuer.token(password, { authorization: 'Basic ?' }),
    () => issuer.token({ ...password, client_id: 'demo-device' }),
    () => issuer.token({ ...password, username: '' }),
    () => issuer.token({ ...password, password: 'wrong-password' }),
    () => issuer.token({ ...password, username: 'bob', password: 'builder' }),
    () => issuer.token({ ...password, scope: '"' }),
    () => issuer.token({ ...password, scope: 'nonsense' }),
    () => issuer.token({ ...password, padding: 'x'.repeat(262_144) }),
    () => issuer.postForm('/login', { username: 'alice', password: 'wrong-password' }),
    () => issuer.postJson('/refresh', {}),
    () => issuer.postJson('/refresh', { refresh_token: 'garbage' }),
    () => issuer.get('/me'),
    () => issuer.get('/me', bearer('garbage')),
    () => issuer.get('/me', bearer(pending)),
    () => issuer.get('/me', bearer(String(service.body.access_token))),
    () => issuer.get('/me', session),
    () => issuer.get('/me', cookie('made-up')),
    () => issuer.get('/items', bearer(full)),
    () => issuer.postJson('/2fa/verify', {}, bearer(full)),
    () => issuer.postJson('/2fa/verify', { code: '000000' }, bearer(full)),
    () => issuer.postJson('/2fa/verify', { code: wrongCode(CAROLS_SECRET, START) }, bearer(pending)),
    () => issuer.postForm('/introspect', { token: full }),
    () => issuer.postForm('/introspect', {}, basic('demo-web', 'demo-web-secret')),
    () => issuer.postForm('/revoke', { token: full, client_id: 'demo-device' }),
  ]
  for (const request of requests) {
    const { status } = await request()
    const { verdicts, target } = await issuer.lastExchange()
    expect(status, target).toBeGreaterThanOrEqual(400)
    expect(verdicts.filter(({ outcome }) => outcome === 'failed')).toHaveLength(1)
    expect(verdicts.at(-1)).toMatchObject({
      outcome: 'failed',
      spec: expect.stringMatching(/RFC \d+/),
      observed: expect.stringMatching(/./),
      expected: expect.stringMatching(/./),
    })
  }
}

describe('what is recorded of every refusal', () => {
  test('names exactly one failed check, with what was seen and what was expected', async () => {
    await refuseEverything(await openIssuer())
  })

  test('holds no password, client secret, TOTP secret or code in any verdict', async () => {
    const issuer = await openIssuer()
    await refuseEverything(issuer)
    const { rows } = await issuer.call('exchanges.list', { limit: 1000 })
    const verdicts = await Promise.all(
      rows.map(async ({ id }) => JSON.stringify((await issuer.call('exchanges.get', { id })).verdicts)),
    )
    const secrets = [...Object.values(passwords), 'wrong-password', 'wrong-secret', 'demo-web-secret']
    const codes = [CAROLS_SECRET, wrongCode(CAROLS_SECRET, START), totpCode(CAROLS_SECRET, START)]
    for (const secret of [...secrets, ...codes]) expect(verdicts.join()).not.toContain(secret)
    expect(verdicts.length).toBeGreaterThan(30)
  })

  test('writes nothing to the log of the operator', async () => {
    const issuer = await openIssuer()
    await refuseEverything(issuer)
    expect(issuer.log).toEqual([])
  })
})

describe('a trace', () => {
  test('ties login, use, refresh and logout of one grant together', async () => {
    const issuer = await openIssuer()
    const first = await issuer.login('alice', { scope: 'read' })
    await issuer.get('/items', bearer(first.access_token))
    const second = (await issuer.postJson('/refresh', { refresh_token: first.refresh_token })).body
    await issuer.get('/me', bearer(String(second.access_token)))
    await issuer.postForm('/logout', {}, bearer(String(second.access_token)))
    await issuer.get('/me', bearer(first.access_token))
    const traces = await issuer.call('traces.list', {})
    expect(traces).toMatchObject([{ exchangeCount: 6, refusals: 1, userId: 'alice', clientId: 'demo-spa' }])
    const { exchanges } = await issuer.call('traces.get', { id: traces[0]!.id })
    expect(exchanges.map(({ endpoint }) => endpoint)).toEqual([
      'token',
      'items',
      'refresh',
      'me',
      'logout',
      'me',
    ])
  })

  test('holds together across the batches in which exchanges are written', async () => {
    const issuer = await openIssuer()
    const { access_token } = await issuer.login('alice')
    await issuer.call('traces.list', {})
    await issuer.get('/me', bearer(access_token))
    expect(new Set(await traceIds(issuer)).size).toBe(1)
  })

  test('two logins of one user are two traces', async () => {
    const issuer = await openIssuer()
    const [one, two] = [await issuer.login('alice'), await issuer.login('alice')]
    await issuer.get('/me', bearer(one.access_token))
    await issuer.get('/me', bearer(two.access_token))
    const [fourth, third, second, first] = await traceIds(issuer)
    expect(third).toBe(first)
    expect(fourth).toBe(second)
    expect(first).not.toBe(second)
  })

  test('ties the steps of a login with a second factor by token', async () => {
    const issuer = await openIssuer()
    const { access_token } = await issuer.login('carol')
    const code = totpCode(CAROLS_SECRET, START)
    const { body } = await issuer.postJson('/2fa/verify', { code }, bearer(access_token))
    await issuer.get('/me', bearer(String(body.access_token)))
    expect(new Set(await traceIds(issuer)).size).toBe(1)
  })

  test('ties the steps of a login with a second factor by cookie', async () => {
    const issuer = await openIssuer()
    const login = await issuer.postForm('/login', { username: 'carol', password: 'caroling' })
    const code = totpCode(CAROLS_SECRET, START)
    const verified = await issuer.postJson('/2fa/verify', { code }, cookie(sessionIn(login.headers)))
    await issuer.get('/me', cookie(sessionIn(verified.headers)))
    await issuer.postJson('/refresh', { refresh_token: verified.body.refresh_token })
    await issuer.postForm('/logout', {}, cookie(sessionIn(verified.headers)))
    const ids = await traceIds(issuer)
    expect(ids).toHaveLength(5)
    expect(new Set(ids).size).toBe(1)
  })

  test('a reused refresh token is seen in the trace of the login it came of', async () => {
    const issuer = await openIssuer()
    const { refresh_token } = await issuer.login('alice')
    await issuer.login('dave')
    await issuer.postJson('/refresh', { refresh_token })
    await issuer.postJson('/refresh', { refresh_token })
    const [reuse, use, , login] = await traceIds(issuer)
    expect([reuse, use]).toEqual([login, login])
  })

  test('requests that nothing ties are traces of their own', async () => {
    const issuer = await openIssuer()
    await issuer.get('/me')
    await issuer.get('/me')
    await issuer.token({ grant_type: 'password', username: 'alice', password: 'x' })
    expect(new Set(await traceIds(issuer)).size).toBe(3)
  })
})
