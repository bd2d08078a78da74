import { describe, expect, test } from 'vitest'
import { expectRefusal } from '../support/expect-refusal.ts'
import { cookie, type Fields, type Issuer, openIssuer } from '../support/issuer.ts'

const login = (issuer: Issuer, username: string, password: string) =>
  issuer.postForm('/login', { username, password })
const sessionIn = (headers: Headers) => /session_id=([^;]*)/.exec(headers.get('set-cookie') ?? '')![1]!

describe('POST /login', () => {
  test('sets session_id with HttpOnly, SameSite=Lax and Secure', async () => {
    const issuer = await openIssuer()
    const { status, headers, body } = await login(issuer, 'alice', 'wonderland')
    expect(status).toBe(200)
    expect(body).toEqual({ status: 'logged in' })
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.getSetCookie()).toEqual([
      expect.stringMatching(/^session_id=[\w-]{43}; Path=\/; Max-Age=86400; HttpOnly; SameSite=Lax; Secure$/),
    ])
  })

  test('the session is good at /me', async () => {
    const issuer = await openIssuer()
    const { headers } = await login(issuer, 'alice', 'wonderland')
    expect((await issuer.get('/me', cookie(sessionIn(headers)))).body.sub).toBe('alice')
  })

  test('a browser can log in with a plain HTML form', async () => {
    const issuer = await openIssuer()
    const headers = { 'content-type': 'application/x-www-form-urlencoded', origin: 'http://127.0.0.1:4400' }
    const body = 'username=alice&password=wonderland'
    expect((await issuer.send('/login', { method: 'POST', headers, body })).status).toBe(200)
  })

  test('every login is a session of its own', async () => {
    const issuer = await openIssuer()
    const [one, two] = [
      await login(issuer, 'alice', 'wonderland'),
      await login(issuer, 'alice', 'wonderland'),
    ]
    expect(sessionIn(one.headers)).not.toBe(sessionIn(two.headers))
  })

  test('takes its lifetime from the settings', async () => {
    const issuer = await openIssuer({ workspace: { settings: { sessionLifetime: 60 } } })
    const { headers } = await login(issuer, 'alice', 'wonderland')
    expect(headers.get('set-cookie')).toContain('Max-Age=60;')
  })

  test('with the switch on https-only, an http issuer leaves Secure off', async () => {
    const issuer = await openIssuer({ workspace: { settings: { cookieSecure: 'https-only' } } })
    const { headers } = await login(issuer, 'alice', 'wonderland')
    expect(headers.get('set-cookie')).toMatch(/; HttpOnly; SameSite=Lax$/)
  })

  test('with the switch on https-only, an https issuer keeps Secure on', async () => {
    const settings = { cookieSecure: 'https-only' as const }
    const issuer = await openIssuer({ issuer: 'https://issuer.test', workspace: { settings } })
    const { headers } = await login(issuer, 'alice', 'wonderland')
    expect(headers.get('set-cookie')).toMatch(/; HttpOnly; SameSite=Lax; Secure$/)
  })

  test('gives no token and stores none', async () => {
    const issuer = await openIssuer()
    await login(issuer, 'alice', 'wonderland')
    expect((await issuer.call('tokens.list', {})).total).toBe(0)
  })

  test('a user with a second factor gets a pending session of five minutes', async () => {
    const issuer = await openIssuer()
    const { status, headers, body } = await login(issuer, 'carol', 'caroling')
    expect(status).toBe(200)
    expect(body).toEqual({ status: 'second factor required' })
    expect(headers.get('set-cookie')).toMatch(/^session_id=[\w-]{43}; Path=\/; Max-Age=300; /)
    expect((await issuer.get('/me', cookie(sessionIn(headers)))).status).toBe(401)
  })
})

describe('POST /login is refused', () => {
  const wrong = { status: 400, error: 'invalid_grant', description: 'Invalid credentials' }
  const rows: [string, Fields, { status: number; error: string; description: string }][] = [
    ['wrong password: 400 "Invalid credentials"', { username: 'alice', password: 'x' }, wrong],
    ['unknown user: the same', { username: 'mallory', password: 'x' }, wrong],
    ['inactive user with a wrong password: the same', { username: 'bob', password: 'x' }, wrong],
    [
      'inactive user: 400 "Inactive user"',
      { username: 'bob', password: 'builder' },
      { ...wrong, description: 'Inactive user' },
    ],
    [
      'no password: 400 invalid_request',
      { username: 'alice' },
      { status: 400, error: 'invalid_request', description: 'Parameter password is missing' },
    ],
  ]
  test.each(rows)('%s', async (_what, fields, refused) => {
    const issuer = await openIssuer()
    const answer = await issuer.postForm('/login', fields)
    expectRefusal(answer, refused)
    expect(answer.headers.get('set-cookie')).toBeNull()
  })

  test('JSON: 400 that says a form is required', async () => {
    const issuer = await openIssuer()
    expectRefusal(await issuer.postJson('/login', { username: 'alice', password: 'wonderland' }), {
      status: 400,
      error: 'invalid_request',
      description: 'The body must be form data (application/x-www-form-urlencoded), not application/json',
    })
  })
})
