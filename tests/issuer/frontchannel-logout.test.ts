import { createHash } from 'node:crypto'
import { decodeJwt } from 'jose'
import { describe, expect, test } from 'vitest'
import type { ClientChanges } from '../../shared/contract/operations/clients.ts'
import { answerOf, codeFields, locationOf, openBrowser } from '../support/browser.ts'
import { type Answer, ISSUER, openIssuer } from '../support/issuer.ts'

const BYE = 'http://127.0.0.1:3000/bye'
const OUT = 'http://127.0.0.1:3000/frontchannel-logout'

/** The page alice sees when she logs out of an app that is set so. */
async function logOut(changes: ClientChanges, parameters: Record<string, string> = {}) {
  const issuer = await openIssuer()
  await issuer.call('clients.update', { id: 'demo-spa', changes })
  const browser = openBrowser(issuer)
  const { code } = answerOf(await browser.logIn('alice', { scope: 'openid' }))
  const idToken = String((await issuer.token(codeFields(code!))).body.id_token)
  const query = new URLSearchParams({ id_token_hint: idToken, ...parameters })
  return { page: await browser.get(`/end_session?${query}`), sid: decodeJwt(idToken).sid }
}

const text = (html: string) => html.replaceAll('&amp;', '&')
const frames = (page: Answer) =>
  [...page.text.matchAll(/<iframe src="([^"]*)"[^>]*>/g)].map(([, source]) => text(source!))
const policyOf = (page: Answer) => page.headers.get('content-security-policy')!

describe('at a logout the browser loads the logout pages of apps (OpenID Connect Front-Channel Logout 1.0 2, 3)', () => {
  test('in frames, with iss and sid for an app that needs them, and nothing else may be framed', async () => {
    const { page, sid } = await logOut({
      frontchannelLogoutUri: `${OUT}?app=1`,
      frontchannelLogoutSessionRequired: true,
    })
    expect(frames(page)).toEqual([`${OUT}?app=1&${new URLSearchParams({ iss: ISSUER, sid: String(sid) })}`])
    expect(policyOf(page)).toContain(`; frame-src ${OUT}; `)
    expect(page.text).not.toContain('<script')
    expect(page.text).toContain('You can close this page.')
  })

  test('without them for an app that does not', async () => {
    expect(frames((await logOut({ frontchannelLogoutUri: OUT })).page)).toEqual([OUT])
  })

  test('then goes on with state: by script when they have loaded, else by itself, else by a click', async () => {
    const { page } = await logOut(
      { frontchannelLogoutUri: OUT },
      { post_logout_redirect_uri: BYE, state: "a'&b" },
    )
    const next = `${BYE}?${new URLSearchParams({ state: "a'&b" })}`
    expect(page.status).toBe(200)
    expect(frames(page)).toEqual([OUT])
    expect(text(/<a id="next" href="([^"]*)">/.exec(page.text)![1]!)).toBe(next)
    const refresh = /<noscript><meta http-equiv="refresh" content="(\d+);url=([^"]*)"><\/noscript>/.exec(
      page.text,
    )!
    expect([Number(refresh[1]) <= 5, text(refresh[2]!)]).toEqual([true, next])
    const script = /<script>([\s\S]*)<\/script>/.exec(page.text)![1]!
    expect(script).not.toContain(BYE)
    const hash = createHash('sha256').update(script).digest('base64')
    expect(policyOf(page)).toContain(`script-src 'sha256-${hash}'`)
  })

  test('a URI with what means something in a policy or a page gets no further than itself', async () => {
    const odd = `http://127.0.0.1:3000/a;script-src *,b?x="><script>alert(1)</script>`
    const { page } = await logOut({ frontchannelLogoutUri: odd })
    expect(
      policyOf(page)
        .split('; ')
        .filter((part) => part.startsWith('script-src')),
    ).toEqual([])
    expect(policyOf(page)).toContain('frame-src http://127.0.0.1:3000/a%3Bscript-src%20*%2Cb;')
    expect(page.text).not.toContain('<script>alert')
  })

  test('without such apps it goes on at once, and frames nothing', async () => {
    const { page } = await logOut({}, { post_logout_redirect_uri: BYE })
    expect(locationOf(page)).toBe(BYE)
    expect(policyOf((await logOut({})).page)).not.toContain('frame-src')
  })
})

test('discovery says that both channels are there, with sessions', async () => {
  const issuer = await openIssuer()
  expect((await issuer.get('/.well-known/openid-configuration')).body).toMatchObject({
    frontchannel_logout_supported: true,
    frontchannel_logout_session_supported: true,
    backchannel_logout_supported: true,
    backchannel_logout_session_supported: true,
  })
})
