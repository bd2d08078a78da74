import { describe, expect, test } from 'vitest'
import { allowAll, answerOf, codeFields, locationOf, offeredScopes, openBrowser } from '../support/browser.ts'
import { type Issuer, openIssuer } from '../support/issuer.ts'
import { CAROLS_SECRET, totpCode } from '../support/totp.ts'

async function atLogin(parameters = {}) {
  const issuer = await openIssuer()
  const browser = openBrowser(issuer)
  const page = await browser.follow(await browser.authorize(parameters))
  return { issuer, browser, page }
}

const alice = { username: 'alice', password: 'wonderland' }
const carol = { username: 'carol', password: 'caroling' }
const codeNow = (issuer: Issuer) => totpCode(CAROLS_SECRET, issuer.clock.now())

describe('the login page', () => {
  test('has the fields password managers and robots know', async () => {
    const { page } = await atLogin()
    expect(page.status).toBe(200)
    expect(page.text).toMatch(
      /<label for="username">Username<\/label>\s*<input id="username" name="username"/,
    )
    expect(page.text).toMatch(/name="username"[^>]*autocomplete="username"/)
    expect(page.text).toMatch(/name="password" type="password" autocomplete="current-password"/)
    expect(page.text).toContain('<html lang="en">')
    expect(page.text).not.toContain('<script')
  })

  test('lets a user be picked: a link for each fills in the name', async () => {
    const { browser, page } = await atLogin()
    const [, href] = /<a href="(interaction\?[^"]*username=dave)"/.exec(page.text)!
    const picked = await browser.get(`/${href!.replaceAll('&amp;', '&')}`)
    expect(picked.text).toContain('name="username" type="text" value="dave"')
    expect(page.text).toContain('bob <small>(inactive)</small>')
  })

  test.each([
    ['a wrong password', { ...alice, password: 'x' }, 'Incorrect username or password', 'password.right'],
    [
      'an unknown name',
      { username: 'nobody', password: 'x' },
      'Incorrect username or password',
      'password.right',
    ],
    ['an inactive user', { username: 'bob', password: 'builder' }, 'Inactive user', 'user.active'],
    ['no password', { username: 'alice' }, 'Parameter password is missing', 'password.credentials-present'],
  ])(
    '%s: the page again, with what was wrong; the app hears nothing',
    async (_what, fields, message, check) => {
      const { issuer, browser, page } = await atLogin()
      const again = await browser.fill(page, fields)
      expect(again.status).toBe(400)
      expect(again.headers.get('location')).toBeNull()
      expect(again.text).toContain(`<div class="alert" role="alert"><p>${message}</p></div>`)
      expect((await issuer.failedCheck()).check).toBe(check)
      expect((await browser.fill(again, alice)).status).toBe(303)
    },
  )

  test('what was typed comes back escaped, and the password not at all', async () => {
    const { browser, page } = await atLogin()
    const again = await browser.fill(page, { username: '"><script>', password: 'hunter2' })
    expect(again.text).toContain('value="&quot;&gt;&lt;script&gt;"')
    expect(again.text).not.toContain('hunter2')
  })

  test('Cancel takes the user back to the app with access_denied', async () => {
    const { browser, page } = await atLogin()
    expect(answerOf(await browser.fill(page, { decision: 'deny' }))).toMatchObject({ error: 'access_denied' })
  })
})

describe('the second factor', () => {
  test('comes between password and consent; amr and acr tell of it', async () => {
    const { issuer, browser, page } = await atLogin()
    const factor = await browser.follow(await browser.fill(page, carol))
    expect(factor.text).toMatch(/name="code"[^>]*inputmode="numeric"[^>]*autocomplete="one-time-code"/)
    expect(browser.cookies.has('session_id')).toBe(false)
    const consent = await browser.follow(await browser.fill(factor, { code: codeNow(issuer) }))
    const { code } = answerOf(await allowAll(browser, consent))
    const { body } = await issuer.token(codeFields(code!))
    const claims = JSON.parse(Buffer.from(String(body.id_token).split('.')[1]!, 'base64url').toString())
    expect(claims).toMatchObject({ sub: 'carol', amr: ['pwd', 'otp'], acr: '2' })
  })

  test('a wrong code: the page again; five of them lock it', async () => {
    const { issuer, browser, page } = await atLogin()
    let factor = await browser.follow(await browser.fill(page, carol))
    for (let attempt = 0; attempt < 5; attempt++) {
      factor = await browser.fill(factor, { code: '000000' })
      expect(factor.text).toContain('Invalid 2FA code')
    }
    const locked = await browser.fill(factor, { code: codeNow(issuer) })
    expect([locked.status, locked.headers.get('retry-after')]).toEqual([429, '60'])
  })

  test('cannot be left out by answering the consent page early', async () => {
    const { browser, page } = await atLogin()
    const factor = await browser.follow(await browser.fill(page, carol))
    const answer = await browser.fill(factor, { decision: 'allow', 'scope:openid': 'on' })
    expect([answer.status, answer.headers.get('location')]).toEqual([400, null])
  })
})

describe('the consent page', () => {
  const atConsent = async (scope: string, user = alice) => {
    const { issuer, browser, page } = await atLogin({ scope })
    return { issuer, browser, page: await browser.follow(await browser.fill(page, user)) }
  }

  test('offers each scope, ticked, with its description', async () => {
    const { page } = await atConsent('openid read write')
    expect(offeredScopes(page)).toEqual(['openid', 'read', 'write'])
    expect(page.text.match(/ checked>/g)).toHaveLength(3)
    expect(page.text).toContain('Add items to the sample API')
  })

  test('scopes that are unticked are not granted', async () => {
    const { issuer, browser, page } = await atConsent('openid read write')
    const answer = await browser.fill(page, { decision: 'allow', 'scope:openid': 'on', 'scope:read': 'on' })
    const { body } = await issuer.token(codeFields(answerOf(answer).code!))
    expect(body.scope).toBe('openid read')
  })

  test('silence is no consent: the page again', async () => {
    const { browser, page } = await atConsent('openid read')
    const again = await browser.fill(page, { 'scope:openid': 'on' })
    expect([again.status, offeredScopes(again)]).toEqual([200, ['openid', 'read']])
  })

  test('grants nothing beyond what was asked for', async () => {
    const { issuer, browser, page } = await atConsent('openid')
    const answer = await browser.fill(page, { decision: 'allow', 'scope:openid': 'on', 'scope:admin': 'on' })
    expect((await issuer.token(codeFields(answerOf(answer).code!))).body.scope).toBe('openid')
  })

  test('offers only what the user may be granted', async () => {
    const { page } = await atConsent('openid read write', { username: 'erin', password: 'erindale' })
    expect(offeredScopes(page)).toEqual(['openid', 'read'])
  })

  test('Deny: access_denied, state and iss go to the app, and no code', async () => {
    const { browser, page } = await atConsent('openid')
    expect(answerOf(await browser.fill(page, { decision: 'deny' }))).toEqual({
      error: 'access_denied',
      error_description: 'The user denied the request',
      state: 'af0ifjsldkj',
      iss: 'http://127.0.0.1:4400',
    })
  })

  test('is shown again only for scopes that were not allowed before', async () => {
    const { browser, page } = await atConsent('openid read write')
    await browser.fill(page, { decision: 'allow', 'scope:openid': 'on', 'scope:read': 'on' })
    expect(answerOf(await browser.authorize({ scope: 'openid read' })).code).toBeDefined()
    const again = await browser.follow(await browser.authorize({ scope: 'openid read write' }))
    expect(offeredScopes(again)).toEqual(['openid', 'read', 'write'])
  })

  test('after a logout in another tab the user logs in again', async () => {
    const { browser, page } = await atConsent('openid')
    await browser.post('/logout', {})
    const login = await browser.follow(await allowAll(browser, page))
    expect(login.text).toContain('name="password"')
    const consent = await browser.follow(await browser.fill(login, alice))
    expect(answerOf(await allowAll(browser, consent)).code).toBeDefined()
  })
})

describe('a login belongs to its browser and is answered once', () => {
  test('another browser, or one without cookies, cannot go on with it', async () => {
    const { issuer, browser, page } = await atLogin()
    const other = openBrowser(issuer)
    for (const stranger of [other, { ...other, ...(await strangerWithOwnLogin(issuer)) }]) {
      const answer = await stranger.fill(page, alice)
      expect([answer.status, answer.headers.get('location')]).toEqual([400, null])
      expect((await issuer.failedCheck()).check).toBe('interaction.same-browser')
    }
    expect((await browser.fill(page, alice)).status).toBe(303)
  })

  const strangerWithOwnLogin = async (issuer: Issuer) => {
    const stranger = openBrowser(issuer)
    await stranger.authorize()
    return stranger
  }

  test('an id nobody was given ends in a page', async () => {
    const { issuer, browser } = await atLogin()
    for (const answer of [await browser.get('/interaction'), await browser.get('/interaction?id=x')]) {
      expect(answer.status).toBe(400)
      expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
    }
    expect((await issuer.failedCheck()).check).toBe('interaction.known')
  })

  test('two logins go on side by side in one browser', async () => {
    const { issuer, browser, page } = await atLogin()
    const second = await browser.follow(await browser.authorize({ state: 'two' }))
    for (const [login, state] of [
      [second, 'two'],
      [page, 'af0ifjsldkj'],
    ] as const) {
      const answer = await browser.fill(login, alice)
      const inside = locationOf(answer).startsWith('interaction')
      const done = inside ? await allowAll(browser, await browser.follow(answer)) : answer
      expect(answerOf(done)).toMatchObject({ code: expect.any(String), state })
    }
    expect(issuer.log).toEqual([])
  })

  test('a form that is sent twice is answered once', async () => {
    const { issuer, browser, page } = await atLogin()
    const consent = await browser.follow(await browser.fill(page, alice))
    const answers = await Promise.all([allowAll(browser, consent), allowAll(browser, consent)])
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 400])
    const late = await browser.fill(consent, { decision: 'deny' })
    expect([late.status, late.headers.get('location')]).toEqual([400, null])
    expect(late.text).toContain('This login is finished')
    expect(issuer.log).toEqual([])
  })

  test('an hour later it is over', async () => {
    const { issuer, browser, page } = await atLogin()
    issuer.clock.advance(3600)
    expect((await browser.fill(page, alice)).text).toContain('This login took too long')
  })

  test('a login makes a new session and ends the one before it', async () => {
    const { browser, page } = await atLogin()
    await browser.fill(page, alice)
    const before = browser.cookies.get('session_id')!
    await browser.logIn('dave', { prompt: 'login' })
    expect(browser.cookies.get('session_id')).not.toBe(before)
    browser.cookies.set('session_id', before)
    expect((await browser.get('/me')).status).toBe(401)
  })

  test('the cookies are out of the reach of scripts and other sites', async () => {
    const { browser, page } = await atLogin()
    const answer = await browser.fill(page, alice)
    expect(answer.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^session_id=[\w-]{43}; Path=\/; Max-Age=86400; HttpOnly; SameSite=Lax; Secure$/),
    ])
  })
})
