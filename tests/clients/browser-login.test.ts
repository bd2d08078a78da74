import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from '@playwright/test'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { openListening } from '../recipes/listening.ts'
import { CHALLENGE } from '../support/browser.ts'
import { type Chromium, lazyChromium } from '../support/chromium.ts'

// The pages of the login in a real browser: its cookie rules, its content security policy, its redirects.

let chromium: Chromium
beforeAll(() => {
  chromium = lazyChromium()
})
afterAll(() => chromium.close())

/** An app on a port of its own, that only takes down what reaches its callback. */
async function openApp(): Promise<{
  callback: string
  received: { method: string; fields: URLSearchParams }[]
}> {
  const received: { method: string; fields: URLSearchParams }[] = []
  const app = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const { pathname, search } = new URL(request.url!, 'http://app')
    if (pathname === '/callback') {
      const sent = request.method === 'POST' ? Buffer.concat(chunks).toString() : search
      received.push({ method: request.method!, fields: new URLSearchParams(sent) })
    }
    response.setHeader('content-type', 'text/html').end('<h1>The app</h1>')
  })
  app.listen(0, '127.0.0.1')
  await once(app, 'listening')
  onTestFinished(() => {
    app.closeAllConnections()
    app.close()
  })
  return { callback: `http://127.0.0.1:${(app.address() as AddressInfo).port}/callback`, received }
}

async function openPage(options: {
  javaScriptEnabled: boolean
}): Promise<{ page: Page; complaints: string[] }> {
  const context = await (await chromium.browser()).newContext(options)
  onTestFinished(() => context.close())
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => complaints.push(message.text()))
  return { page, complaints }
}

const requestTo = (issuer: string, redirect_uri: string, more: Record<string, string> = {}) =>
  `${issuer}/authorize?${new URLSearchParams({
    client_id: 'demo-spa',
    response_type: 'code',
    scope: 'openid read',
    state: 'af0ifjsldkj',
    code_challenge: CHALLENGE,
    code_challenge_method: 'S256',
    redirect_uri,
    ...more,
  })}`

async function logIn(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'alice' }).click()
  // The name is filled in, and the cursor stands where the password goes.
  await page.locator('#username[value="alice"]').waitFor()
  await page.locator('#password:focus').waitFor()
  await page.keyboard.type('wonderland')
  await page.keyboard.press('Enter')
  await page.getByRole('checkbox', { name: 'read' }).uncheck()
  await page.getByRole('button', { name: 'Allow' }).click()
}

describe('a login in Chromium', () => {
  test.each([
    ['127.0.0.1', true],
    ['localhost', true],
    ['127.0.0.1', false],
  ])(
    'at %s, JavaScript %s: picks a user, unticks a scope, comes back with a code',
    async (host, javaScriptEnabled) => {
      const { issuer } = await openListening()
      const { callback, received } = await openApp()
      const { page, complaints } = await openPage({ javaScriptEnabled })
      const named = issuer.replace('127.0.0.1', host)
      await page.goto(requestTo(named, callback))
      await logIn(page)
      await page.getByRole('heading', { name: 'The app' }).waitFor()
      expect(received).toHaveLength(1)
      expect(Object.fromEntries(received[0]!.fields)).toEqual({
        code: expect.any(String),
        state: 'af0ifjsldkj',
        iss: named,
      })
      await page.goto(requestTo(named, callback, { scope: 'openid' }))
      expect(received).toHaveLength(2)
      expect(complaints).toEqual([])
    },
  )

  test.each([true, false])('response_mode=form_post, JavaScript %s', async (javaScriptEnabled) => {
    const { issuer } = await openListening()
    const { callback, received } = await openApp()
    const { page, complaints } = await openPage({ javaScriptEnabled })
    await page.goto(requestTo(issuer, callback, { response_mode: 'form_post' }))
    await logIn(page)
    if (!javaScriptEnabled) await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByRole('heading', { name: 'The app' }).waitFor()
    expect(received).toHaveLength(1)
    expect(received[0]!.method).toBe('POST')
    expect(received[0]!.fields.get('code')).toBeTruthy()
    expect(complaints).toEqual([])
  })

  test('a redirect URI that does not fit stays on a page, and a logout asks first', async () => {
    const { issuer } = await openListening()
    const { callback } = await openApp()
    const { page } = await openPage({ javaScriptEnabled: false })
    await page.goto(requestTo(issuer, 'https://evil.example/'))
    await page.getByRole('alert').getByText('redirect_uri is not registered').waitFor()
    await page.goto(requestTo(issuer, callback))
    await logIn(page)
    await page.goto(`${issuer}/end_session`)
    await page.getByRole('button', { name: 'Log out' }).click()
    await page.getByRole('heading', { name: 'Logged out' }).waitFor()
    await page.goto(requestTo(issuer, callback))
    await page.getByLabel('Password').waitFor()
  })
})
