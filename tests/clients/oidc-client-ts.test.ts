import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import type { Page } from '@playwright/test'
import type * as oidc from 'oidc-client-ts'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import type { Settings as IssuerSettings } from '../../shared/contract/settings.ts'
import { openListening } from '../recipes/listening.ts'
import { type Chromium, lazyChromium } from '../support/chromium.ts'

// oidc-client-ts, as a single-page app loads it, in Chromium: an origin of its own, so CORS and cookies are the browser's.

const entry = createRequire(import.meta.url).resolve('oidc-client-ts')
const bundle = readFileSync(join(dirname(entry), '../browser/oidc-client-ts.min.js'))

let chromium: Chromium
beforeAll(() => {
  chromium = lazyChromium()
})
afterAll(() => chromium.close())

/** As the app's pages have it; what is evaluated there sees nothing else of this file. */
declare const window: { oidc: typeof oidc; manager: oidc.UserManager; localStorage: oidc.AsyncStorage }

const PAGE = '<h1>The app</h1><script src="/oidc.js"></script>'

/** What the hidden frame ends on: it tells the page around it where it was led. */
const SILENT_PAGE = `${PAGE}<script>
  const nobody = { authority: 'x', client_id: 'x', redirect_uri: 'x' }
  new oidc.UserManager(nobody).signinSilentCallback()
</script>`

/** An app whose every page has the library, and little else. */
async function openApp(): Promise<string> {
  const app = createServer(({ url = '' }, response) => {
    const script = url === '/oidc.js'
    response.setHeader('content-type', script ? 'text/javascript' : 'text/html')
    response.end(script ? bundle : url.startsWith('/silent') ? SILENT_PAGE : PAGE)
  })
  app.listen(0, '127.0.0.1')
  await once(app, 'listening')
  onTestFinished(() => {
    app.closeAllConnections()
    app.close()
  })
  return `http://127.0.0.1:${(app.address() as AddressInfo).port}`
}

interface Settings {
  dpop?: boolean
  client_id?: string
  client_secret?: string
  scope?: string
}

async function setUp(settings: Settings = {}, issuerSettings: Partial<IssuerSettings> = {}) {
  const { issuer } = await openListening({ settings: issuerSettings })
  const app = await openApp()
  const context = await (await chromium.browser()).newContext()
  onTestFinished(() => context.close())
  const page = await context.newPage()
  const manage = () => makeManager(page, { issuer, app, settings })
  await page.goto(app)
  await manage()
  return { issuer, app, page, manage }
}

/** Every page makes its own; what has to last is in the browser's storage. */
const makeManager = (page: Page, parts: { issuer: string; app: string; settings: Settings }): Promise<void> =>
  page.evaluate(({ issuer, app, settings: { dpop, ...settings } }) => {
    const { UserManager, WebStorageStateStore, IndexedDbDPoPStore } = window.oidc
    window.manager = new UserManager({
      authority: issuer,
      client_id: 'demo-spa',
      redirect_uri: `${app}/callback`,
      silent_redirect_uri: `${app}/silent`,
      post_logout_redirect_uri: `${app}/bye`,
      scope: 'openid profile email read offline_access',
      // It would show a bound token to userinfo as a bearer token, which nobody may accept (RFC 9449 7.2).
      loadUserInfo: !dpop,
      automaticSilentRenew: false,
      userStore: new WebStorageStateStore({ store: window.localStorage }),
      ...(dpop ? { dpop: { store: new IndexedDbDPoPStore(), bind_authorization_code: true } } : {}),
      ...settings,
    })
  }, parts)

async function logIn({ page, manage }: Awaited<ReturnType<typeof setUp>>) {
  await page.evaluate(() => void window.manager.signinRedirect())
  await page.getByLabel('Username').fill('alice')
  await page.getByLabel('Password').fill('wonderland')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Allow' }).click()
  await page.getByRole('heading', { name: 'The app' }).waitFor()
  await manage()
  return page.evaluate(async () => {
    const user = await window.manager.signinCallback()
    return { ...user!, expired: user!.expired }
  })
}

test('logs in by code with PKCE, reads userinfo, and renews by refresh token', async () => {
  const opened = await setUp()
  const user = await logIn(opened)
  expect(user).toMatchObject({
    token_type: 'Bearer',
    expired: false,
    profile: { sub: 'alice', name: 'Alice Liddell', email: 'alice@example.test', iss: opened.issuer },
  })
  const renewed = await opened.page.evaluate(async () => {
    const next = await window.manager.signinSilent()
    return { access: next!.access_token, refresh: next!.refresh_token }
  })
  expect(renewed.access).not.toBe(user.access_token)
  expect(renewed.refresh).not.toBe(user.refresh_token)
})

test('revokes its tokens and logs out', async () => {
  const opened = await setUp()
  const { page, issuer, app, manage } = opened
  const { access_token } = await logIn(opened)
  const statusOfMe = (token: string) =>
    page.evaluate(
      async ([url, bearer]) => (await fetch(url!, { headers: { authorization: `Bearer ${bearer}` } })).status,
      [`${issuer}/me`, token],
    )
  expect(await statusOfMe(access_token)).toBe(200)
  await page.evaluate(() => window.manager.revokeTokens(['access_token', 'refresh_token']))
  expect(await statusOfMe(access_token)).toBe(401)

  await page.evaluate(() => void window.manager.signoutRedirect())
  await page.waitForURL(`${app}/bye**`)
  await manage()
  await page.evaluate(() => window.manager.signoutCallback())
  await page.evaluate(() => void window.manager.signinRedirect())
  await page.getByLabel('Password').waitFor()
})

/** Without one, it renews by frame. */
const forgetRefreshToken = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const user = await window.manager.getUser()
    user!.refresh_token = ''
    await window.manager.storeUser(user)
  })

test('renews in a hidden frame with prompt=none, and learns there that the login is over', async () => {
  const opened = await setUp({ scope: 'openid profile' })
  const { page } = opened
  await logIn(opened)
  await forgetRefreshToken(page)
  const again = await page.evaluate(async () => (await window.manager.signinSilent())!.profile.sub)
  expect(again).toBe('alice')

  await page.context().clearCookies()
  await forgetRefreshToken(page)
  const refused = await page.evaluate(() =>
    window.manager.signinSilent().then(
      () => 'renewed',
      (error: { error: string }) => error.error,
    ),
  )
  expect(refused).toBe('login_required')
})

test('binds code and tokens to a DPoP key in the browser, and gets nonces on the way', async () => {
  const opened = await setUp({ dpop: true }, { dpopNonceRequired: true })
  const { page, issuer } = opened
  const user = await logIn(opened)
  expect(user.token_type).toBe('DPoP')
  const me = (scheme: 'DPoP' | 'Bearer') =>
    page.evaluate(
      async ([url, kind]) => {
        const user = (await window.manager.getUser())!
        const ask = async (nonce?: string) =>
          fetch(url!, {
            headers: {
              authorization: `${kind} ${user.access_token}`,
              ...(kind === 'DPoP'
                ? { dpop: (await window.manager.dpopProof(url!, user, 'GET', nonce))! }
                : {}),
            },
          })
        const first = await ask()
        const nonce = first.headers.get('dpop-nonce')
        return { first: first.status, second: nonce === null ? null : (await ask(nonce)).status }
      },
      [`${issuer}/me`, scheme],
    )
  expect(await me('DPoP')).toEqual({ first: 401, second: 200 })
  expect((await me('Bearer')).first).toBe(401)
  const renewed = await page.evaluate(async () => (await window.manager.signinSilent())!.token_type)
  expect(renewed).toBe('DPoP')
})

test('a password grant of a confidential client', async () => {
  const { page } = await setUp({ client_id: 'demo-web', client_secret: 'demo-web-secret' })
  const sub = await page.evaluate(async () => {
    const user = await window.manager.signinResourceOwnerCredentials({
      username: 'alice',
      password: 'wonderland',
    })
    return user.profile.sub
  })
  expect(sub).toBe('alice')
})
