import { decodeJwt } from 'jose'
import { describe, expect, test } from 'vitest'
import { allowAll, offeredScopes } from '../support/browser.ts'
import { approve, atConsent, beginAt, openDevice, refused } from '../support/device.ts'
import { expectRefusal } from '../support/expect-refusal.ts'
import { CAROLS_SECRET, totpCode } from '../support/totp.ts'

// Device authorization (RFC 8628): what its user sees and answers.

describe('the page for the user code', () => {
  test('asks for it, without a script', async () => {
    const { browser } = await openDevice()
    const { status, text, headers } = await browser.get('/device')
    expect(status).toBe(200)
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(text).toMatch(/<label for="user_code">[^<]+<\/label>\s*<input [^>]*name="user_code"/)
    expect(text).not.toContain('<script')
  })

  test('verification_uri_complete fills it in, but the user has to press the button', async () => {
    const { issuer, browser, userCode, poll } = await openDevice()
    const page = await browser.get(`/device?user_code=${userCode}`)
    expect(page.text).toContain(`value="${userCode}"`)
    expect(page.text).toContain('Go on only if the device in front of you shows this very code.')
    issuer.clock.advance(5)
    expect(await refused(poll())).toBe('authorization_pending')
  })

  test.each([
    ['small letters', (code: string) => code.toLowerCase()],
    ['no dash', (code: string) => code.replace('-', '')],
    ['blanks', (code: string) => ` ${code.split('').join(' ')} `],
    ['another dash', (code: string) => code.replace('-', '\u2013')],
  ])('takes it with %s', async (_what, typed) => {
    const { browser, userCode } = await openDevice()
    const answer = await browser.post('/device', { user_code: typed(userCode) })
    expect(answer.headers.get('location')).toMatch(/^interaction\?id=/)
  })

  test.each([
    ['nothing', '', 'Type in the code your device shows', 'user-code.present'],
    ['another code', 'BBBB-BBBB', 'No device shows this code', 'user-code.known'],
    ['markup', '"><script>x', 'No device shows this code', 'user-code.known'],
  ])('%s: the page again, with what was wrong', async (_what, user_code, message, check) => {
    const { issuer, browser } = await openDevice()
    const page = await browser.post('/device', { user_code })
    expect(page.status).toBe(400)
    expect(page.text).toContain(`<div class="alert" role="alert"><p>${message}</p></div>`)
    expect(page.text).not.toContain('<script')
    expect((await issuer.failedCheck()).check).toBe(check)
  })

  test('a code that expired, was allowed or denied is not taken', async () => {
    const device = await openDevice()
    const enter = async () => {
      const { status, text } = await device.browser.post('/device', { user_code: device.userCode })
      return [status, /<p>(This code [^.]+)/.exec(text)?.[1]]
    }
    await approve(device)
    expect(await enter()).toEqual([400, 'This code was used before'])
    const late = await beginAt(device.issuer)
    device.issuer.clock.advance(600)
    device.userCode = late.userCode
    expect(await enter()).toEqual([400, 'This code has expired'])
  })
})

describe("the user's answer", () => {
  test('comes after password and consent; the consent page names the code', async () => {
    const device = await openDevice()
    const page = await atConsent(device)
    expect(page.text).toContain('Let Demo device in?')
    expect(page.text).toContain(`<code>${device.userCode}</code>`)
    expect(offeredScopes(page)).toEqual(['openid', 'read'])
    expect(page.text).not.toContain('redirect_uri')
  })

  test('comes after the second factor of a user who has one', async () => {
    const device = await openDevice()
    const factor = await atConsent(device, { username: 'carol', password: 'caroling' })
    const code = totpCode(CAROLS_SECRET, device.issuer.clock.now())
    const consent = await device.browser.follow(await device.browser.fill(factor, { code }))
    await allowAll(device.browser, consent)
    expect(decodeJwt(String((await device.poll()).body.id_token))).toMatchObject({
      sub: 'carol',
      amr: ['pwd', 'otp'],
      acr: '2',
    })
  })

  test('grants the scopes that stay ticked', async () => {
    const device = await openDevice()
    await device.browser.fill(await atConsent(device), { decision: 'allow', 'scope:read': 'on' })
    expect((await device.poll()).body).toMatchObject({ scope: 'read' })
  })

  test('is asked for again for the next device, even if the user is logged in', async () => {
    const device = await openDevice()
    await approve(device)
    const next = { ...(await beginAt(device.issuer)), browser: device.browser }
    const page = await next.browser.follow(await next.browser.post('/device', { user_code: next.userCode }))
    expect(page.text).toContain('Let Demo device in?')
    expect(await refused(next.poll())).toBe('authorization_pending')
    await allowAll(next.browser, page)
    expect((await next.poll()).status).toBe(200)
  })

  test('is not asked for where the client is approved unasked', async () => {
    const device = await openDevice()
    await device.issuer.call('clients.update', {
      id: 'demo-device',
      changes: { autoApprove: true },
    })
    await device.browser.logIn()
    const page = await device.browser.post('/device', { user_code: device.userCode })
    expect(page.text).toContain('Your device is connected')
    expect((await device.poll()).status).toBe(200)
  })

  test.each(['the login page', 'the consent page'])('Deny on %s: access_denied', async (where) => {
    const device = await openDevice()
    const { browser, userCode } = device
    const page =
      where === 'the consent page'
        ? await atConsent(device)
        : await browser.follow(await browser.post('/device', { user_code: userCode }))
    const denied = await browser.fill(page, { decision: 'deny' })
    expect([denied.status, denied.headers.get('location')]).toEqual([200, null])
    expect(denied.text).toContain('<h1>Your device was not let in</h1>')
    expectRefusal(await device.poll(), {
      status: 400,
      error: 'access_denied',
      description: 'The user denied the request',
    })
  })

  test('is given once: what another window said first counts', async () => {
    const device = await openDevice()
    const first = await atConsent(device)
    const entered = await device.browser.post('/device', { user_code: device.userCode })
    const second = await device.browser.follow(entered)
    await device.browser.fill(second, { decision: 'deny' })
    const late = await allowAll(device.browser, first)
    expect([late.status, /<p>(.*?)<\/p><\/div>/.exec(late.text)?.[1]]).toEqual([
      400,
      'This code was used before',
    ])
    expect(await refused(device.poll())).toBe('access_denied')
    expect(device.issuer.log).toEqual([])
  })

  test('an answer that comes too late is told so, and grants nothing', async () => {
    const device = await openDevice()
    const page = await atConsent(device)
    device.issuer.clock.advance(600)
    expect((await allowAll(device.browser, page)).text).toContain('This code has expired')
    expect(await refused(device.poll())).toBe('expired_token')
  })
})
