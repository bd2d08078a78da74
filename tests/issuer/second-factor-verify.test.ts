import { decodeJwt } from 'jose'
import { describe, expect, test } from 'vitest'
import { expectInvalidToken, expectRefusal, expectUnauthenticated } from '../support/expect-refusal.ts'
import { bearer, cookie, openIssuer, START } from '../support/issuer.ts'
import { CAROLS_SECRET, totpCode, wrongCode } from '../support/totp.ts'

const invalidCode = {
  status: 401,
  error: 'invalid_grant',
  description: 'Invalid 2FA code',
  challenge: 'Bearer',
}
const locked = (seconds: number) => ({
  status: 429,
  error: 'temporarily_unavailable',
  description: `Too many wrong codes, try again in ${seconds} seconds`,
  retryAfter: String(seconds),
})

async function openWithCarol(scope = 'read write') {
  const issuer = await openIssuer()
  const pending = (await issuer.login('carol', { scope })).access_token
  const code = (steps = 0) => totpCode(CAROLS_SECRET, issuer.clock.now(), steps)
  const verify = (digits: string, token = pending) =>
    issuer.postJson('/2fa/verify', { code: digits }, bearer(token))
  const fail = async (times: number) => {
    for (let nth = 0; nth < times; nth++) {
      expectRefusal(await verify(wrongCode(CAROLS_SECRET, issuer.clock.now(), nth)), invalidCode)
    }
  }
  return { issuer, pending, code, verify, fail }
}

describe('POST /2fa/verify with the pending token', () => {
  test('gives the full token response, with the scopes asked for at login', async () => {
    const { issuer, code, verify } = await openWithCarol()
    const { status, headers, body } = await verify(code())
    expect(status).toBe(200)
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('set-cookie')).toBeNull()
    expect(body).toEqual({
      access_token: expect.any(String),
      token_type: 'Bearer',
      expires_in: 900,
      refresh_token: expect.any(String),
      scope: 'read write',
    })
    expect((await issuer.get('/items', bearer(String(body.access_token)))).status).toBe(200)
  })

  test('says in the token that both factors were shown', async () => {
    const { code, verify } = await openWithCarol()
    expect(decodeJwt(String((await verify(code())).body.access_token))).toMatchObject({
      sub: 'carol',
      amr: ['pwd', 'otp'],
      auth_time: START / 1000,
    })
  })

  test('takes a form too', async () => {
    const { issuer, pending, code } = await openWithCarol()
    expect((await issuer.postForm('/2fa/verify', { code: code() }, bearer(pending))).status).toBe(200)
  })

  test('belongs to the client the login was for', async () => {
    const issuer = await openIssuer()
    const fields = { client_id: 'demo-web', client_secret: 'demo-web-secret' }
    const { access_token } = await issuer.login('carol', fields)
    const code = totpCode(CAROLS_SECRET, START)
    const { body } = await issuer.postJson('/2fa/verify', { code }, bearer(access_token))
    expect(decodeJwt(String(body.access_token)).client_id).toBe('demo-web')
  })

  test('uses the pending token up', async () => {
    const { issuer, pending, code, verify } = await openWithCarol()
    await verify(code())
    issuer.clock.advance(30)
    expectInvalidToken(await verify(code()), 'Token revoked')
    expect(await issuer.call('tokens.get', { jti: decodeJwt(pending).jti! })).toMatchObject({
      state: 'consumed',
    })
  })

  test('a token that is revoked between its check and its use gives nothing', async () => {
    const verdicts: string[][] = []
    // Somewhere among these turns of the event loop the token was looked at, and not yet used.
    for (let turns = 0; turns < 8; turns++) {
      const { issuer, pending, code, verify } = await openWithCarol()
      const answering = verify(code())
      for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve))
      await issuer.call('tokens.revoke', { jtis: [decodeJwt(pending).jti!] })
      const { status, body } = await answering
      if (status !== 200) expect([status, body.error]).toEqual([401, 'invalid_token'])
      const { verdicts: all } = await issuer.lastExchange()
      const judged = all.filter(({ check }) => check === 'bearer.token-not-revoked')
      verdicts.push(judged.map(({ outcome }) => outcome))
      expect(issuer.log).toEqual([])
    }
    expect(verdicts).toContainEqual(['passed', 'failed'])
  })

  test('a pending token is good for five minutes', async () => {
    const { issuer, code, verify } = await openWithCarol()
    issuer.clock.advance(300)
    expectInvalidToken(await verify(code()), 'Token expired')
  })

  test.each([-1, 0, 1])('takes the code %i time steps away', async (steps) => {
    const { code, verify } = await openWithCarol()
    expect((await verify(code(steps))).status).toBe(200)
  })
})

describe('POST /2fa/verify refuses', () => {
  test('a wrong code: 401 "Invalid 2FA code"', async () => {
    const { issuer, verify } = await openWithCarol()
    expectRefusal(await verify(wrongCode(CAROLS_SECRET, START)), invalidCode)
    expect(await issuer.failedCheck()).toMatchObject({
      check: 'second-factor.code-right',
      spec: 'RFC 6238 5.2',
      expected: 'the code of 2031-04-06T12:00:00.000Z, 30 seconds either way',
    })
  })

  test.each([-2, 2])('a code %i time steps away: 401 "Invalid 2FA code"', async (steps) => {
    const { code, verify } = await openWithCarol()
    expectRefusal(await verify(code(steps)), invalidCode)
  })

  test('pitfall: any six digits are not enough', async () => {
    const { verify } = await openWithCarol()
    const answers = [await verify('000000'), await verify('123456')]
    expect(answers.map(({ status }) => status)).toEqual([401, 401])
  })

  test('a replayed code: 401 "Invalid 2FA code", with the next login too', async () => {
    const { issuer, code, verify } = await openWithCarol()
    const used = code()
    await verify(used)
    const again = (await issuer.login('carol')).access_token
    expectRefusal(await verify(used, again), invalidCode)
    expect((await issuer.failedCheck()).observed).toContain('used before')
    issuer.clock.advance(30)
    expectRefusal(await verify(used, again), invalidCode)
    expect((await verify(code(), again)).status).toBe(200)
  })

  test('a code older than one that was used: 401 (RFC 6238 5.2)', async () => {
    const { issuer, code, verify } = await openWithCarol()
    await verify(code(1))
    const again = (await issuer.login('carol')).access_token
    expectRefusal(await verify(code(), again), invalidCode)
  })

  test.each(['', '12345', '1234567', 'abcdef', '12 456', '１２３４５６', '12345\n'])(
    'what is not six digits (%j): 400',
    async (digits) => {
      const { verify } = await openWithCarol()
      expectRefusal(await verify(digits), {
        status: 400,
        error: 'invalid_request',
        description: digits === '' ? 'Parameter code is missing' : 'The code must be six digits',
      })
    },
  )

  test.each([{}, { code: 123_456 }, { code: null }, { code: ['123456'] }])(
    'a body without a text code (%j): 400',
    async (body) => {
      const { issuer, pending } = await openWithCarol()
      expectRefusal(await issuer.postJson('/2fa/verify', body, bearer(pending)), {
        status: 400,
        error: 'invalid_request',
        description: 'Parameter code is missing',
      })
      expect((await issuer.failedCheck()).check).toBe('second-factor.code-format')
    },
  )

  test('whoever shows nothing: 401 with the bare challenge', async () => {
    const { issuer, code } = await openWithCarol()
    expectUnauthenticated(await issuer.postJson('/2fa/verify', { code: code() }))
  })

  test('a user without a second factor: 400', async () => {
    const issuer = await openIssuer()
    const { access_token } = await issuer.login('dave')
    expectRefusal(await issuer.postJson('/2fa/verify', { code: '123456' }, bearer(access_token)), {
      status: 400,
      error: 'invalid_request',
      description: 'No second factor is set up',
    })
  })

  test('a user made inactive meanwhile: 400 "Inactive user"', async () => {
    const { issuer, code, verify } = await openWithCarol()
    await issuer.call('users.update', { id: 'carol', changes: { active: false } })
    expectRefusal(await verify(code()), {
      status: 400,
      error: 'invalid_request',
      description: 'Inactive user',
      challenge: 'Bearer error="invalid_request", error_description="Inactive user"',
    })
  })
})

describe('wrong codes', () => {
  test('five in a row lock the second factor for a minute: 429 with Retry-After', async () => {
    const { issuer, code, verify, fail } = await openWithCarol()
    await fail(5)
    expectRefusal(await verify(code()), locked(60))
    expect(await issuer.failedCheck()).toMatchObject({
      check: 'second-factor.not-locked',
      observed: 'five wrong codes in a row',
      expected: 'a try after 2031-04-06T12:01:00.000Z',
    })
  })

  test('the lock ends by the clock', async () => {
    const { issuer, code, verify, fail } = await openWithCarol()
    await fail(5)
    issuer.clock.advance(59)
    expectRefusal(await verify(code()), locked(1))
    issuer.clock.advance(1)
    expect((await verify(code())).status).toBe(200)
  })

  test('tries while it is locked do not make it longer', async () => {
    const { issuer, code, verify, fail } = await openWithCarol()
    await fail(5)
    for (let second = 0; second < 6; second++) {
      issuer.clock.advance(10)
      const answer = await verify(second < 5 ? wrongCode(CAROLS_SECRET, issuer.clock.now()) : code())
      expect(answer.status).toBe(second < 5 ? 429 : 200)
    }
  })

  test('after a lock the count starts again', async () => {
    const { issuer, code, verify, fail } = await openWithCarol()
    await fail(5)
    issuer.clock.advance(60)
    await fail(4)
    expect((await verify(code())).status).toBe(200)
  })

  test('four and then a right one do not lock, and the count starts again', async () => {
    const { issuer, code, verify, fail } = await openWithCarol()
    await fail(4)
    expect((await verify(code())).status).toBe(200)
    issuer.clock.advance(30)
    const again = (await issuer.login('carol')).access_token
    for (let nth = 0; nth < 4; nth++) await verify(wrongCode(CAROLS_SECRET, issuer.clock.now(), nth), again)
    expect((await verify(code(), again)).status).toBe(200)
  })

  test('what is not six digits does not count', async () => {
    const { code, verify, fail } = await openWithCarol()
    await fail(4)
    for (const digits of ['1', 'abcdef', '', '1234567']) expect((await verify(digits)).status).toBe(400)
    expect((await verify(code())).status).toBe(200)
  })

  test('replays count as wrong codes', async () => {
    const { issuer, code, verify } = await openWithCarol()
    const used = code()
    await verify(used)
    const again = (await issuer.login('carol')).access_token
    for (let nth = 0; nth < 5; nth++) expectRefusal(await verify(used, again), invalidCode)
    expectRefusal(await verify(used, again), locked(60))
  })

  test('lock the user, whichever login they came by', async () => {
    const { issuer, code, verify, fail } = await openWithCarol()
    const other = (await issuer.login('carol')).access_token
    await fail(5)
    expectRefusal(await verify(code(), other), locked(60))
  })

  test('sent all at once do not slip through: no sixth is tried', async () => {
    const { issuer, verify } = await openWithCarol()
    const codes = Array.from({ length: 9 }, (_, nth) => wrongCode(CAROLS_SECRET, issuer.clock.now(), nth % 7))
    const answers = await Promise.all(codes.map((code) => verify(code)))
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array(5).fill(401), ...Array(4).fill(429)])
  })

  test('unlocked in the workbench, the next right code counts', async () => {
    const { issuer, code, verify, fail } = await openWithCarol()
    await fail(5)
    await issuer.call('users.unlockSecondFactor', { id: 'carol' })
    expect((await verify(code())).status).toBe(200)
  })
})

describe('POST /2fa/verify with a pending session', () => {
  async function openWithSession() {
    const issuer = await openIssuer()
    const login = await issuer.postForm('/login', { username: 'carol', password: 'caroling' })
    const session = cookie(/session_id=([^;]+)/.exec(login.headers.get('set-cookie')!)![1]!)
    const verify = (code: string) => issuer.postJson('/2fa/verify', { code }, session)
    return { issuer, session, verify, code: () => totpCode(CAROLS_SECRET, issuer.clock.now()) }
  }

  test('gives the full token response and a new, active session', async () => {
    const { issuer, session, verify, code } = await openWithSession()
    const { status, headers, body } = await verify(code())
    expect(status).toBe(200)
    expect(body).toMatchObject({ token_type: 'Bearer', scope: '', refresh_token: expect.any(String) })
    const renewed = headers.get('set-cookie')!
    expect(renewed).toMatch(/^session_id=[\w-]{43}; Path=\/; Max-Age=86400; HttpOnly; SameSite=Lax; Secure$/)
    expect(renewed).not.toContain(session.cookie!)
    expect((await issuer.get('/me', { cookie: renewed.split(';')[0]! })).body.sub).toBe('carol')
    expectUnauthenticated(await issuer.get('/me', session), 'Session ended')
  })

  test('nothing but a right code completes it', async () => {
    const { issuer, session, verify } = await openWithSession()
    expectRefusal(await verify(wrongCode(CAROLS_SECRET, START)), invalidCode)
    expectUnauthenticated(await issuer.get('/me', session), 'Second factor required')
    await issuer.postForm('/login', { username: 'carol', password: 'caroling' }, session)
    expectUnauthenticated(await issuer.get('/me', session), 'Second factor required')
  })

  test('it lasts five minutes', async () => {
    const { issuer, verify, code } = await openWithSession()
    issuer.clock.advance(300)
    expectUnauthenticated(await verify(code()), 'Session expired')
  })
})
