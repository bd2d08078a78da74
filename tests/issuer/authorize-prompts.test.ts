import { describe, expect, test } from 'vitest'
import { answerOf, type Browser, LED_AT_ONCE, locationOf, openBrowser, VERIFIER } from '../support/browser.ts'
import { type Issuer, openIssuer } from '../support/issuer.ts'

async function open(
  workspace: Parameters<typeof openIssuer>[0] = {},
): Promise<{ issuer: Issuer; browser: Browser }> {
  const issuer = await openIssuer(workspace)
  return { issuer, browser: openBrowser(issuer) }
}

const withProfile = (profile: 'strict' | 'standard' | 'lenient') =>
  open({ workspace: { settings: { profile, checkLevels: LED_AT_ONCE } } })

describe('PKCE at the authorization endpoint', () => {
  const none = { code_challenge: '', code_challenge_method: '' }
  const plain = { code_challenge: VERIFIER, code_challenge_method: 'plain' }
  const leftOut = { code_challenge: VERIFIER, code_challenge_method: '' }

  test.each([
    ['strict', none, 'authorize.pkce-present'],
    ['strict', plain, 'authorize.challenge-hashed'],
    ['strict', leftOut, 'authorize.challenge-hashed'],
  ] as const)('%s refuses a public client: %o', async (profile, parameters, check) => {
    const { issuer, browser } = await withProfile(profile)
    expect(answerOf(await browser.authorize(parameters)).error).toBe('invalid_request')
    expect((await issuer.failedCheck()).check).toBe(check)
  })

  test.each([
    ['standard', none, ['authorize.pkce-present']],
    ['standard', plain, ['authorize.challenge-hashed']],
    ['lenient', none, ['authorize.pkce-present']],
    ['lenient', plain, []],
    ['strict', {}, []],
  ] as const)('%s lets pass, and warns: %o', async (profile, parameters, warned) => {
    const { issuer, browser } = await withProfile(profile)
    expect(locationOf(await browser.authorize(parameters))).toMatch(/^interaction\?/)
    const { verdicts } = await issuer.lastExchange()
    expect(verdicts.flatMap(({ check, outcome }) => (outcome === 'warned' ? [check] : []))).toEqual(warned)
  })

  test('a confidential client may do without', async () => {
    const { browser } = await withProfile('strict')
    const answer = await browser.authorize({ ...none, client_id: 'demo-web' })
    expect(locationOf(answer)).toMatch(/^interaction\?/)
  })

  test('a request that nothing binds to the browser is warned of (RFC 9700 2.1)', async () => {
    const { issuer, browser } = await withProfile('strict')
    await browser.authorize({ ...none, client_id: 'demo-web', nonce: '', state: '' })
    const { verdicts } = await issuer.lastExchange()
    expect(verdicts.find(({ check }) => check === 'authorize.forgery-protected')?.outcome).toBe('warned')
  })

  test('the profile of the client is the one that counts', async () => {
    const { issuer, browser } = await open()
    await issuer.call('clients.update', {
      id: 'demo-spa',
      changes: { profile: 'strict', checkLevels: LED_AT_ONCE },
    })
    expect(answerOf(await browser.authorize(none)).error).toBe('invalid_request')
  })
})

describe('prompt, max_age and hints', () => {
  test('prompt=none with session and consent is answered without a page', async () => {
    const { browser } = await open()
    await browser.logIn()
    expect(answerOf(await browser.authorize({ prompt: 'none' })).code).toBeDefined()
  })

  test('prompt=none with a session, but no consent to a scope: consent_required', async () => {
    const { issuer, browser } = await open()
    await browser.logIn()
    expect(answerOf(await browser.authorize({ prompt: 'none', scope: 'openid write' })).error).toBe(
      'consent_required',
    )
    expect(await issuer.failedCheck()).toMatchObject({
      check: 'authorize.consent-not-needed',
      observed: 'prompt=none, but there was no consent to write',
    })
  })

  test.each(['login', 'consent', 'select_account'])(
    'prompt=%s asks the user in spite of a session',
    async (prompt) => {
      const { browser } = await open()
      await browser.logIn()
      const page = await browser.follow(await browser.authorize({ prompt }))
      expect(page.status).toBe(200)
      expect(page.text.includes('name="password"')).toBe(prompt !== 'consent')
      expect(page.text.includes('Continue as alice')).toBe(prompt === 'select_account')
    },
  )

  test('prompt=select_account: the user may go on as they are', async () => {
    const { browser } = await open()
    await browser.logIn()
    const page = await browser.follow(await browser.authorize({ prompt: 'select_account' }))
    expect(answerOf(await browser.fill(page, { decision: 'continue' })).code).toBeDefined()
  })

  test('a login older than max_age does not do; a younger one does', async () => {
    const { issuer, browser } = await open()
    await browser.logIn()
    issuer.clock.advance(60)
    expect(answerOf(await browser.authorize({ max_age: '60' })).code).toBeDefined()
    issuer.clock.advance(1)
    expect(answerOf(await browser.authorize({ max_age: '60', prompt: 'none' })).error).toBe('login_required')
    expect(locationOf(await browser.authorize({ max_age: '60' }))).toMatch(/^interaction/)
    expect(locationOf(await browser.authorize({ max_age: '0' }))).toMatch(/^interaction/)
  })

  test('login_hint fills in the name, and asks anew when somebody else is logged in', async () => {
    const { browser } = await open()
    const page = await browser.follow(await browser.authorize({ login_hint: 'dave' }))
    expect(page.text).toContain('name="username" type="text" value="dave"')
    const byEmail = await browser.follow(await browser.authorize({ login_hint: 'carol@example.test' }))
    expect(byEmail.text).toContain('name="username" type="text" value="carol"')
    await browser.logIn('alice')
    expect(locationOf(await browser.authorize({ login_hint: 'dave' }))).toMatch(/^interaction/)
    expect(answerOf(await browser.authorize({ login_hint: 'alice' })).code).toBeDefined()
  })

  test('id_token_hint: another user than that one is login_required (OpenID Connect Core 1.0 3.1.2.2)', async () => {
    const { issuer, browser } = await open()
    const { id_token } = await issuer.login('dave', { scope: 'openid' })
    const id_token_hint = String(id_token)
    await browser.logIn('alice')
    expect(answerOf(await browser.authorize({ id_token_hint, prompt: 'none' })).error).toBe('login_required')
    expect(answerOf(await browser.logIn('alice', { id_token_hint })).error).toBe('login_required')
    expect(answerOf(await browser.logIn('dave', { id_token_hint })).code).toBeDefined()
    expect(answerOf(await browser.authorize({ id_token_hint, prompt: 'none' })).code).toBeDefined()
  })

  test('an access token is no id_token_hint', async () => {
    const { issuer, browser } = await open()
    const { access_token } = await issuer.login('alice')
    expect(answerOf(await browser.authorize({ id_token_hint: access_token })).error).toBe('invalid_request')
  })

  test('acr_values, ui_locales and display are taken and change nothing', async () => {
    const { browser } = await open()
    const answer = await browser.logIn('alice', { acr_values: '2', ui_locales: 'de', display: 'popup' })
    expect(answerOf(answer).code).toBeDefined()
  })
})

describe('a client that approves by itself', () => {
  const unattended = async () => {
    const opened = await open()
    await opened.issuer.call('clients.update', { id: 'demo-spa', changes: { autoApprove: true } })
    return opened
  }

  test('gets its code in one step when login_hint names a user', async () => {
    const { browser } = await unattended()
    expect(answerOf(await browser.authorize({ login_hint: 'alice' })).code).toBeDefined()
    expect(answerOf(await browser.authorize({ prompt: 'none' })).code).toBeDefined()
  })

  test('logs the other user in when login_hint changes', async () => {
    const { issuer, browser } = await unattended()
    await browser.authorize({ login_hint: 'alice' })
    const { code } = answerOf(await browser.authorize({ login_hint: 'carol' }))
    expect(code).toBeDefined()
    expect((await issuer.lastExchange()).userId).toBe('carol')
  })

  test.each([['nobody'], ['bob'], ['']])('shows the login page for login_hint "%s"', async (login_hint) => {
    const { browser } = await unattended()
    expect(locationOf(await browser.authorize({ login_hint }))).toMatch(/^interaction/)
  })

  test('prompt=none still means what it says', async () => {
    const { browser } = await unattended()
    expect(answerOf(await browser.authorize({ login_hint: 'alice', prompt: 'none' })).error).toBe(
      'login_required',
    )
  })

  test('is not what the demo clients do', async () => {
    const { browser } = await open()
    expect(locationOf(await browser.authorize({ login_hint: 'alice' }))).toMatch(/^interaction/)
  })
})
