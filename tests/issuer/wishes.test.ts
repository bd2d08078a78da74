import { decodeJwt } from 'jose'
import { describe, expect, test } from 'vitest'
import { answerOf, codeFields, LED_AT_ONCE, locationOf, openBrowser } from '../support/browser.ts'
import { type Fields, type Issuer, openIssuer } from '../support/issuer.ts'
import { totpCode } from '../support/totp.ts'

// What a request may wish for: acr_values, max_age, display, ui_locales (OpenID Connect Core 1.0 3.1.2.1).

async function open() {
  const issuer = await openIssuer()
  return { issuer, browser: openBrowser(issuer) }
}

const acrOf = async (issuer: Issuer, code: string) =>
  decodeJwt(String((await issuer.token(codeFields(code))).body.id_token)).acr

/** Alice logs in by password, and has a second factor from then on. */
async function enrolledSinceLogin() {
  const opened = await open()
  await opened.browser.logIn()
  const { secret } = await opened.issuer.call('users.enrolSecondFactor', { id: 'alice' })
  await opened.issuer.call('users.confirmSecondFactor', {
    id: 'alice',
    code: totpCode(secret!, opened.issuer.clock.now()),
  })
  // A code is good for one use.
  opened.issuer.clock.advance(30)
  return { ...opened, codeNow: () => totpCode(secret!, opened.issuer.clock.now()) }
}

describe('acr_values', () => {
  test('2 asks a user who logged in by password alone for the second factor', async () => {
    const { issuer, browser, codeNow } = await enrolledSinceLogin()
    const page = await browser.follow(await browser.authorize({ acr_values: '2' }))
    expect(page.text).toContain('autocomplete="one-time-code"')
    const answer = answerOf(await browser.fill(page, { code: codeNow() }))
    expect(await acrOf(issuer, answer.code!)).toBe('2')
  })

  test('2 is answered at once when the second factor was shown', async () => {
    const { browser, codeNow } = await enrolledSinceLogin()
    const page = await browser.follow(await browser.authorize({ acr_values: '2' }))
    await browser.fill(page, { code: codeNow() })
    expect(answerOf(await browser.authorize({ acr_values: '2', prompt: 'none' }))).toHaveProperty('code')
  })

  test('2 also asks who goes on with an account of theirs', async () => {
    const { browser } = await enrolledSinceLogin()
    const asked = { acr_values: '2', prompt: 'select_account' }
    const picker = await browser.follow(await browser.authorize(asked))
    const page = await browser.follow(await browser.fill(picker, { decision: 'continue' }))
    expect(page.text).toContain('autocomplete="one-time-code"')
  })

  test('is a wish: who has no second factor, or may not be asked, gets 1', async () => {
    const { issuer, browser } = await open()
    const answer = answerOf(await browser.logIn('alice', { acr_values: '2' }))
    expect(await acrOf(issuer, answer.code!)).toBe('1')
    const silent = await enrolledSinceLogin()
    const code = answerOf(await silent.browser.authorize({ acr_values: '2', prompt: 'none' })).code!
    expect(await acrOf(silent.issuer, code)).toBe('1')
  })

  test.each(['1 2', 'urn:mace:incommon:iap:silver', 'phr 1'])(
    'the first that is known counts: %s asks for nothing',
    async (acr_values) => {
      const { browser } = await enrolledSinceLogin()
      expect(answerOf(await browser.authorize({ acr_values }))).toHaveProperty('code')
    },
  )

  test('the client may have them by default', async () => {
    const { issuer, browser } = await enrolledSinceLogin()
    await issuer.call('clients.update', { id: 'demo-spa', changes: { defaultAcrValues: ['2'] } })
    expect(locationOf(await browser.authorize())).toMatch(/^interaction\?/)
    expect(answerOf(await browser.authorize({ acr_values: '1' }))).toHaveProperty('code')
  })
})

test('a client may have a max_age by default, which a request may change', async () => {
  const { issuer, browser } = await open()
  await issuer.call('clients.update', { id: 'demo-spa', changes: { defaultMaxAge: 60 } })
  await browser.logIn()
  issuer.clock.advance(61)
  expect(answerOf(await browser.authorize({ prompt: 'none' })).error).toBe('login_required')
  expect(answerOf(await browser.authorize({ prompt: 'none', max_age: '100' }))).toHaveProperty('code')
})

describe('display and ui_locales', () => {
  test.each<Fields>([{ display: 'page' }, { display: 'wap' }, { ui_locales: 'fr-CA fr en' }])(
    '%o',
    async (asked) => {
      const { issuer, browser } = await open()
      const page = await browser.follow(await browser.authorize(asked))
      expect(page.text).toContain('<html lang="en">')
      const exchanges = await issuer.call('exchanges.list', { endpoint: 'authorization' })
      const { verdicts } = await issuer.call('exchanges.get', { id: exchanges.rows[0]!.id })
      expect(verdicts.filter(({ outcome }) => outcome !== 'passed')).toEqual([])
    },
  )

  test('an unknown display is ignored with a warning, and refused under strict', async () => {
    const { issuer, browser } = await open()
    const asked = { display: 'hologram' }
    expect(locationOf(await browser.authorize(asked))).toMatch(/^interaction\?/)
    const { verdicts } = await issuer.lastExchange()
    expect(verdicts.find(({ check }) => check === 'authorize.display')?.outcome).toBe('warned')
    await issuer.call('settings.update', { profile: 'strict', checkLevels: LED_AT_ONCE })
    expect(answerOf(await browser.authorize(asked)).error).toBe('invalid_request')
  })
})

describe('the page about a redirect URI that is not registered', () => {
  test('names the nearest one and the difference, and leads nowhere', async () => {
    const { issuer, browser } = await open()
    const redirectUris = ['https://app.example/cb', 'https://app.example/other']
    await issuer.call('clients.create', { id: 'app', redirectUris })
    const redirect_uri = 'https://app.example/cb/?x=<script>'
    const answer = await browser.authorize({ client_id: 'app', redirect_uri: 'http://app.example/cb/' })
    expect([answer.status, answer.headers.get('location')]).toEqual([400, null])
    expect(answer.text).toContain('<dt>Seen</dt><dd>http://app.example/cb/</dd>')
    expect(answer.text).toContain('https://app.example/cb, or https://app.example/other')
    expect(answer.text).toContain('The nearest that is registered is https://app.example/cb.')
    expect(answer.text).toContain('the scheme is http, and https is registered')
    expect(answer.text).toContain('it ends in a slash, which the registered one does not')
    const marked = await browser.authorize({ client_id: 'app', redirect_uri })
    expect(marked.text).not.toContain('<script>')
  })
})

describe('the consent page', () => {
  const about = {
    clientUri: 'https://app.example/',
    policyUri: 'https://app.example/privacy?a=1&b=2',
    tosUri: null,
    logoUri: 'https://app.example/logo.png',
  }

  test('links to what the client says of itself, and fetches nothing of it', async () => {
    const { issuer, browser } = await open()
    await issuer.call('clients.update', { id: 'demo-spa', changes: about })
    const login = await browser.follow(await browser.authorize())
    const page = await browser.follow(
      await browser.fill(login, { username: 'alice', password: 'wonderland' }),
    )
    expect(
      [...page.text.matchAll(/<a href="([^"]+)" rel="noreferrer">([^<]+)</g)].map(([, ...link]) => link),
    ).toEqual([
      ['https://app.example/', 'About the app'],
      ['https://app.example/privacy?a=1&amp;b=2', 'Its privacy policy'],
    ])
    expect(page.text).not.toContain('logo.png')
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
  })
})
