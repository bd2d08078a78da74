import type { Page } from '@playwright/test'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { type ListeningCore, openListening } from '../recipes/listening.ts'
import { type Chromium, lazyChromium } from '../support/chromium.ts'

// The Authorize dialog of the real Swagger UI, in a real browser, as a person uses it.

let chromium: Chromium
beforeAll(() => {
  chromium = lazyChromium()
})
afterAll(() => chromium.close())

interface Docs {
  page: Page
  /** What the console and the network complained about. */
  complaints: string[]
}

async function openDocs({ issuer }: ListeningCore, host = '127.0.0.1'): Promise<Docs> {
  const context = await (await chromium.browser()).newContext({ viewport: { width: 1280, height: 1000 } })
  onTestFinished(() => context.close())
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url())
    if (protocol.startsWith('http') && !origin.includes(`${host}:`)) complaints.push(`asked ${request.url()}`)
  })
  const url = new URL(`${issuer}/docs`)
  url.hostname = host
  await page.goto(url.href)
  await page.locator('.opblock').first().waitFor()
  return { page, complaints }
}

interface Login {
  scopes?: string[]
  client?: { id: string; secret?: string; where?: 'basic' | 'request-body' }
  password?: string
}

/** Fills in the Authorize dialog for alice and sends it. */
async function authorize(
  page: Page,
  { scopes = [], client, password = 'wonderland' }: Login = {},
): Promise<void> {
  await page.getByRole('button', { name: 'Authorize' }).first().click()
  await page.fill('#oauth_username', 'alice')
  await page.fill('#oauth_password', password)
  if (client?.where) await page.selectOption('#password_type', client.where)
  if (client) await page.fill('#client_id_password', client.id)
  if (client?.secret) await page.fill('#client_secret_password', client.secret)
  for (const scope of scopes) await page.locator('.scopes label').filter({ hasText: scope }).first().click()
  await page.locator('.auth-btn-wrapper .authorize').first().click()
}

const closeDialog = (page: Page) => page.locator('.close-modal').click()

/** "Try it out" on an operation; the status and the JSON that came back. */
async function tryOut(page: Page, operationId: string): Promise<{ status: string; body: unknown }> {
  const block = page.locator(`#operations-Sample_API-${operationId}`)
  await block.locator('.opblock-summary-control').click()
  await block.locator('.try-out__btn').click()
  await block.locator('.execute').click()
  const live = block.locator('.live-responses-table')
  const status = await live.locator('.response-col_status').nth(1).innerText()
  return { status: status.trim(), body: JSON.parse(await live.locator('pre.microlight').first().innerText()) }
}

const authorized = (page: Page) => page.locator('.auth-container').first().getByText('Authorized')

// A browser on a busy machine takes its time.
describe('Swagger UI', { timeout: 90_000 }, () => {
  test.each(['127.0.0.1', 'localhost'])(
    'on %s: Authorize logs in, then /me and /items answer',
    async (host) => {
      const { page, complaints } = await openDocs(await openListening(), host)
      await authorize(page, { scopes: ['read', 'write'] })
      await authorized(page).waitFor()
      await closeDialog(page)
      expect(await tryOut(page, 'me')).toMatchObject({ status: '200', body: { username: 'alice' } })
      expect(await tryOut(page, 'readItems')).toMatchObject({
        status: '200',
        body: [{ id: 1 }, { id: 2 }, { id: 3 }],
      })
      expect(await tryOut(page, 'addItem')).toMatchObject({ status: '201', body: { owner: 'alice' } })
      expect(complaints).toEqual([])
    },
  )

  test('without authorization, /me is refused', async () => {
    const { page } = await openDocs(await openListening())
    expect(await tryOut(page, 'me')).toMatchObject({ status: '401', body: { error: 'invalid_token' } })
  })

  test('without the scope ticked, /items is refused', async () => {
    const { page } = await openDocs(await openListening())
    await authorize(page, { scopes: ['write'] })
    await authorized(page).waitFor()
    await closeDialog(page)
    expect(await tryOut(page, 'readItems')).toMatchObject({
      status: '403',
      body: { error: 'insufficient_scope' },
    })
  })

  test('a wrong password is refused in the dialog', async () => {
    const { page } = await openDocs(await openListening())
    await authorize(page, { password: 'wrong' })
    await page.locator('.auth-container').getByText('Incorrect username or password').waitFor()
    expect(await authorized(page).count()).toBe(0)
  })

  test.each([
    { id: 'demo-web', secret: 'demo-web-secret', where: 'basic' },
    { id: 'demo-web', secret: 'demo-web-secret', where: 'request-body' },
    { id: 'demo-spa', where: 'request-body' },
    { id: 'demo-spa', where: 'basic' },
  ] as const)('logs in as the client $id by $where', async (client) => {
    const listening = await openListening()
    const { page, complaints } = await openDocs(listening)
    await authorize(page, { client })
    await authorized(page).waitFor()
    const { rows } = await listening.client.call('tokens.list', { filter: { kind: 'access' } })
    expect(rows).toMatchObject([{ clientId: client.id, username: 'alice' }])
    expect(complaints).toEqual([])
  })

  test('keeps no token for the next visit', async () => {
    const { page } = await openDocs(await openListening())
    await authorize(page)
    await authorized(page).waitFor()
    expect(await page.evaluate(() => JSON.stringify([localStorage, sessionStorage]))).not.toContain('eyJ')
    await page.reload()
    await page.locator('.opblock').first().waitFor()
    expect(await tryOut(page, 'me')).toMatchObject({ status: '401' })
  })

  test('POST /login sets the cookie, and /me takes it', async () => {
    const { page } = await openDocs(await openListening())
    const block = page.locator('#operations-Login-login')
    await block.locator('.opblock-summary-control').click()
    await block.locator('.try-out__btn').click()
    await block.locator('[data-property-name="username"] input').fill('alice')
    await block.locator('[data-property-name="password"] input').fill('wonderland')
    await block.locator('.execute').click()
    await block.locator('.live-responses-table').getByText('logged in').first().waitFor()
    expect(await tryOut(page, 'me')).toMatchObject({ status: '200', body: { username: 'alice' } })
  })
})
