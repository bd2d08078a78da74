import { decodeJwt } from 'jose'
import { describe, expect, test } from 'vitest'
import { allowAll, answerOf, codeFields, openBrowser } from '../support/browser.ts'
import { type Fields, type Issuer, openIssuer } from '../support/issuer.ts'
import { CAROLS_SECRET, totpCode } from '../support/totp.ts'

// acr as an essential claim of the ID token: it is met, or nobody gets in (OpenID Connect Core 1.0 5.5.1.1).

const essential = (...values: string[]): Fields => ({
  claims: JSON.stringify({ id_token: { acr: { essential: true, values } } }),
})

async function open() {
  const issuer = await openIssuer()
  return { issuer, browser: openBrowser(issuer) }
}

/** Carol logs in with everything she has to show. */
async function carolLogsIn({ issuer, browser }: Awaited<ReturnType<typeof open>>, asked: Fields) {
  const page = await browser.follow(await browser.authorize(asked))
  const factor = await browser.follow(await browser.fill(page, { username: 'carol', password: 'caroling' }))
  const answer = await browser.fill(factor, { code: totpCode(CAROLS_SECRET, issuer.clock.now()) })
  const inside = answer.headers.get('location')?.startsWith('interaction')
  return inside ? allowAll(browser, await browser.follow(answer)) : answer
}

const acrOf = async (issuer: Issuer, code: string | undefined) => {
  const { body } = await issuer.token(codeFields(code!))
  return { acr: decodeJwt(String(body.id_token)).acr, body }
}

/** Alice logs in by password, and has a second factor from then on. */
async function enrolledSinceLogin() {
  const opened = await open()
  const { issuer, browser } = opened
  await browser.logIn()
  const { secret } = await issuer.call('users.enrolSecondFactor', { id: 'alice' })
  const code = () => totpCode(secret!, issuer.clock.now())
  await issuer.call('users.confirmSecondFactor', { id: 'alice', code: code() })
  issuer.clock.advance(30)
  return { ...opened, code }
}

const UNMET = {
  error: 'unmet_authentication_requirements',
  error_description: 'The login does not meet the acr that was asked for',
}

describe('an essential acr', () => {
  test('of a second factor is met by a user who shows one', async () => {
    const opened = await open()
    const { code } = answerOf(await carolLogsIn(opened, essential('phr', '2')))
    expect((await acrOf(opened.issuer, code)).acr).toBe('2')
  })

  test('asks whoever is logged in without it for the second factor', async () => {
    const { issuer, browser, code } = await enrolledSinceLogin()
    const page = await browser.follow(await browser.authorize(essential('2')))
    expect(page.text).toContain('autocomplete="one-time-code"')
    const answer = answerOf(await browser.fill(page, { code: code() }))
    expect((await acrOf(issuer, answer.code)).acr).toBe('2')
    expect(answerOf(await browser.authorize({ ...essential('2'), prompt: 'none' }))).toHaveProperty('code')
  })

  test('is login_required where nobody may be asked', async () => {
    const { issuer, browser } = await enrolledSinceLogin()
    const answer = answerOf(await browser.authorize({ ...essential('2'), prompt: 'none' }))
    expect(answer.error).toBe('login_required')
    expect((await issuer.failedCheck()).observed).toBe(
      'prompt=none, but acr 2 is essential, and the login has 1',
    )
  })

  test.each([['2'], ['urn:mace:incommon:iap:silver']])(
    '%s of a user who cannot reach it is a failed login, before and after the password',
    async (acr) => {
      const { issuer, browser } = await open()
      expect(answerOf(await browser.logIn('alice', essential(acr)))).toMatchObject(UNMET)
      expect((await issuer.failedCheck()).check).toBe('interaction.acr-met')
      expect((await issuer.call('tokens.list', {})).total).toBe(0)
      await browser.logIn()
      expect(answerOf(await browser.authorize(essential(acr)))).toMatchObject(UNMET)
    },
  )

  test('below what was shown is what the ID token names, now and after a refresh', async () => {
    const opened = await open()
    const { issuer, browser } = opened
    const { code } = answerOf(await carolLogsIn(opened, essential('1')))
    const { acr, body } = await acrOf(issuer, code)
    expect(acr).toBe('1')
    const refreshed = await issuer.token({
      grant_type: 'refresh_token',
      refresh_token: String(body.refresh_token),
    })
    expect(decodeJwt(String(refreshed.body.id_token)).acr).toBe('1')
    const next = answerOf(await browser.authorize({ prompt: 'none' }))
    expect((await acrOf(issuer, next.code)).acr).toBe('2')
  })

  test('without a value asks for no more than the claim', async () => {
    const { issuer, browser } = await open()
    const claims = JSON.stringify({ id_token: { acr: { essential: true } } })
    expect((await acrOf(issuer, answerOf(await browser.logIn('alice', { claims })).code)).acr).toBe('1')
  })

  test('counts under the strict profile as well', async () => {
    const issuer = await openIssuer({ workspace: { settings: { profile: 'strict' } } })
    expect(answerOf(await openBrowser(issuer).logIn('alice', essential('2')))).toMatchObject(UNMET)
  })
})
