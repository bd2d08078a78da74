import type { BrowserContext, Page } from '@playwright/test'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { type Chromium, lazyChromium } from '../support/chromium.ts'
import { homeForTest, serveFromSource } from '../support/source-server.ts'
import { startApache } from './apache.ts'

// mod_auth_openidc as Debian packages it, in Apache's own processes: a client written in C by other people.

let chromium: Chromium
beforeAll(() => {
  chromium = lazyChromium()
})
afterAll(() => chromium.close())

async function openBrowser(): Promise<{ browser: BrowserContext; page: Page }> {
  const browser = await (await chromium.browser()).newContext()
  onTestFinished(() => browser.close())
  return { browser, page: await browser.newPage() }
}

async function setUp(directives: readonly string[] = []) {
  const server = await serveFromSource(await homeForTest(), ['--db', ':memory:'])
  onTestFinished(() => server.stop())
  const apache = await startApache(server.issuer, directives)
  onTestFinished(() => apache.stop())
  return { server, apache, ...(await openBrowser()) }
}

async function logIn(page: Page): Promise<void> {
  await page.getByLabel('Username').fill('alice')
  await page.getByLabel('Password').fill('wonderland')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Allow' }).click()
  await page.getByRole('heading', { name: 'The app' }).waitFor()
}

describe('Apache with mod_auth_openidc', () => {
  test.each([
    ['answers in the query', []],
    ['answers posted as a form', ['OIDCResponseMode form_post', 'OIDCCookieSameSite Off']],
  ])(
    'logs a user in and out again, %s',
    async (_how, directives) => {
      const { server, apache, page } = await setUp(directives)
      await page.goto(`${apache.origin}/app/`)
      await logIn(page)
      const { headers } = await inside(page, apache.origin)
      expect(headers).toMatchObject({
        'x-user': 'alice',
        'x-email': 'alice@example.test',
        'x-name': 'Alice Liddell',
      })
      const token = headers['x-token']!
      expect(await statusOfMe(server.issuer, token)).toBe(200)

      await page.goto(
        `${apache.origin}/app/callback?logout=${encodeURIComponent(`${apache.origin}/bye.html`)}`,
      )
      await page.getByRole('heading', { name: 'Bye' }).waitFor()
      await page.goto(`${apache.origin}/app/`)
      await page.getByLabel('Password').waitFor()
      expect(await apache.log()).not.toMatch(/\[auth_openidc:error\]/)
    },
    60_000,
  )

  test('forgets the user when the issuer says over the back channel that the session is over', async () => {
    const { server, apache, page } = await setUp()
    await server.call('clients.update', {
      id: 'demo-web',
      changes: {
        backchannelLogoutUri: `${apache.origin}/app/callback?logout=backchannel`,
        backchannelLogoutSessionRequired: true,
      },
    })
    await page.goto(`${apache.origin}/app/`)
    await logIn(page)
    expect((await inside(page, apache.origin)).status).toBe(200)
    const [session] = await server.call<{ sid: string }[]>('sessions.list', {})
    expect(await server.call('sessions.end', { sid: session!.sid })).toEqual({ told: ['demo-web'] })
    await page.goto(`${apache.origin}/app/`)
    await page.getByLabel('Password').waitFor()
  })

  test('logs in by the hybrid flow, code id_token', async () => {
    const { server, apache, page } = await setUp([
      'OIDCResponseType "code id_token"',
      'OIDCResponseMode form_post',
      'OIDCCookieSameSite Off',
    ])
    await server.call('settings.update', { legacyResponseTypes: true })
    await server.call('clients.update', {
      id: 'demo-web',
      changes: { responseTypes: ['code', 'code id_token'] },
    })
    await page.goto(`${apache.origin}/app/`)
    await logIn(page)
    expect((await inside(page, apache.origin)).headers['x-user']).toBe('alice')
  })
})

async function inside(page: Page, origin: string) {
  const response = await page.context().request.get(`${origin}/app/`)
  return { status: response.status(), headers: response.headers() }
}

const statusOfMe = async (issuer: string, token: string): Promise<number> =>
  (await fetch(`${issuer}/me`, { headers: { authorization: `Bearer ${token}` } })).status
