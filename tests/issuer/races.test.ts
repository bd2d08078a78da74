import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { locationOf, openBrowser } from '../support/browser.ts'
import { expectInvalidToken, expectRefusal, expectUnauthenticated } from '../support/expect-refusal.ts'
import { bearer, cookie, type Issuer, openIssuer } from '../support/issuer.ts'
import { CAROLS_SECRET, totpCode } from '../support/totp.ts'

/** An issuer that lets a test act while a token is being made: when the issuer draws the jti for it. */
async function openInterruptible() {
  let interrupt: (() => void) | undefined
  const bytes = (length: number) => {
    const run = interrupt
    interrupt = undefined
    run?.()
    return randomBytes(length)
  }
  const issuer = await openIssuer({ random: { bytes } })
  return {
    issuer,
    whileTokensAreMade(action: () => void) {
      interrupt = action
    },
  }
}

const alice = { grant_type: 'password', username: 'alice', password: 'wonderland' }
const activeTokens = async (issuer: Issuer) =>
  (await issuer.call('tokens.list', { filter: { state: 'active' } })).total
const codeNow = ({ clock }: Issuer, steps = 0) => totpCode(CAROLS_SECRET, clock.now(), steps)
const removed = {
  status: 400,
  error: 'invalid_grant',
  description: 'The user, client or issuer was removed meanwhile',
}

describe('while a request is being answered', () => {
  test('its user is removed as the password is hashed: refused like an unknown one', async () => {
    const issuer = await openIssuer()
    const [answer] = await Promise.all([issuer.token(alice), issuer.call('users.delete', { id: 'alice' })])
    expectRefusal(answer, {
      status: 400,
      error: 'invalid_grant',
      description: 'Incorrect username or password',
    })
    expect(issuer.log).toEqual([])
  })

  test('its user is switched off as the password is hashed: "Inactive user"', async () => {
    const issuer = await openIssuer()
    await issuer.call('settings.update', { bcryptCost: 5 })
    const switchedOff = issuer.call('users.update', { id: 'alice', changes: { active: false } })
    const [answer] = await Promise.all([issuer.token(alice), switchedOff])
    expectRefusal(answer, { status: 400, error: 'invalid_grant', description: 'Inactive user' })
  })

  test('its user is removed as the tokens are signed: refused, not a 500', async () => {
    const { issuer, whileTokensAreMade } = await openInterruptible()
    whileTokensAreMade(() => void issuer.grantscope.dispatch('users.delete', { id: 'alice' }))
    expectRefusal(await issuer.token(alice), removed)
    expect(issuer.log).toEqual([])
  })

  test('its client is removed as the tokens are signed: refused, not a 500', async () => {
    const { issuer, whileTokensAreMade } = await openInterruptible()
    const fields = { ...alice, client_id: 'demo-web', client_secret: 'demo-web-secret' }
    whileTokensAreMade(() => void issuer.grantscope.dispatch('clients.delete', { id: 'demo-web' }))
    expectRefusal(await issuer.token(fields), removed)
    expect(issuer.log).toEqual([])
  })

  test('its user is removed as a token for the fragment is signed: the app gets an error, not a 500', async () => {
    const { issuer, whileTokensAreMade } = await openInterruptible()
    await issuer.call('settings.update', { legacyResponseTypes: true })
    await issuer.call('clients.update', { id: 'demo-spa', changes: { responseTypes: ['code', 'token'] } })
    const browser = openBrowser(issuer)
    await browser.logIn('alice', { response_type: 'token' })
    whileTokensAreMade(() => void issuer.grantscope.dispatch('users.delete', { id: 'alice' }))
    const answer = locationOf(await browser.authorize({ response_type: 'token' }))
    expect(new URL(answer).hash).toContain('error=access_denied')
    expect(issuer.log).toEqual([])
  })

  test('the user of a refresh is removed: refused, not a 500', async () => {
    const { issuer, whileTokensAreMade } = await openInterruptible()
    const { refresh_token } = await issuer.login('alice')
    whileTokensAreMade(() => void issuer.grantscope.dispatch('users.delete', { id: 'alice' }))
    expectRefusal(await issuer.token({ grant_type: 'refresh_token', refresh_token: refresh_token! }), {
      status: 400,
      error: 'invalid_grant',
      description: 'Refresh token revoked',
    })
    expect(issuer.log).toEqual([])
  })

  test('a second code is shown with the same pending token: only one gives tokens', async () => {
    const { issuer, whileTokensAreMade } = await openInterruptible()
    const pending = bearer((await issuer.login('carol')).access_token)
    const verify = (code: string) => issuer.postJson('/2fa/verify', { code }, pending)
    let second: ReturnType<typeof verify> | undefined
    const later = codeNow(issuer, 1)
    whileTokensAreMade(() => {
      second = verify(later)
    })
    const answers = [await verify(codeNow(issuer)), await second!]
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401])
    expectInvalidToken(answers.find(({ status }) => status === 401)!, 'Token revoked')
    expect(await activeTokens(issuer)).toBe(2)
  })

  test('the pending token is revoked in the workbench: no tokens', async () => {
    const { issuer, whileTokensAreMade } = await openInterruptible()
    const { access_token } = await issuer.login('carol')
    const { rows } = await issuer.call('tokens.list', {})
    whileTokensAreMade(() => void issuer.grantscope.dispatch('tokens.revoke', { jtis: [rows[0]!.jti] }))
    expectInvalidToken(
      await issuer.postJson('/2fa/verify', { code: codeNow(issuer) }, bearer(access_token)),
      'Token revoked',
    )
    expect(await activeTokens(issuer)).toBe(0)
  })

  test('the pending session is logged out: no tokens', async () => {
    const { issuer, whileTokensAreMade } = await openInterruptible()
    const login = await issuer.postForm('/login', { username: 'carol', password: 'caroling' })
    const session = cookie(/session_id=([^;]+)/.exec(login.headers.get('set-cookie')!)![1]!)
    let logout: Promise<unknown> | undefined
    whileTokensAreMade(() => {
      logout = issuer.send('/logout', { method: 'POST', headers: session })
    })
    const answer = await issuer.postJson('/2fa/verify', { code: codeNow(issuer) }, session)
    await logout
    if (answer.status === 200) throw new Error('tokens for a session that was logged out meanwhile')
    expectUnauthenticated(answer, 'Session ended')
    expect(await activeTokens(issuer)).toBe(0)
  })
})
