import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { openListening } from '../recipes/listening.ts'
import { CHALLENGE, codeFields } from '../support/browser.ts'
import { type Chromium, lazyChromium } from '../support/chromium.ts'

// The page of a logout in a real browser: its content security policy, its frames, and how it goes on.

let chromium: Chromium
beforeAll(() => {
  chromium = lazyChromium()
})
afterAll(() => chromium.close())

/** An app that takes down what reaches it. */
async function openApp(): Promise<{ origin: string; received: URL[] }> {
  const received: URL[] = []
  const app = createServer((request, response) => {
    received.push(new URL(request.url!, 'http://app'))
    response.setHeader('content-type', 'text/html').end('<h1>The app</h1>')
  })
  app.listen(0, '127.0.0.1')
  await once(app, 'listening')
  onTestFinished(() => {
    app.closeAllConnections()
    app.close()
  })
  return { origin: `http://127.0.0.1:${(app.address() as AddressInfo).port}`, received }
}

test.each([true, false])(
  'a logout loads the logout page of the app in a frame and then goes on to it, JavaScript %s',
  async (javaScriptEnabled) => {
    const { issuer, client } = await openListening()
    const { origin, received } = await openApp()
    const [callback, bye] = [`${origin}/callback`, `${origin}/bye`]
    const changes = {
      frontchannelLogoutUri: `${origin}/out`,
      frontchannelLogoutSessionRequired: true,
      autoApprove: true,
    }
    await client.call('clients.update', { id: 'demo-spa', changes })
    const context = await (await chromium.browser()).newContext({ javaScriptEnabled })
    onTestFinished(() => context.close())
    const page = await context.newPage()
    const complaints: string[] = []
    page.on('console', (message) => complaints.push(message.text()))
    const query = {
      client_id: 'demo-spa',
      response_type: 'code',
      scope: 'openid',
      login_hint: 'alice',
      code_challenge: CHALLENGE,
      code_challenge_method: 'S256',
      redirect_uri: callback,
    }
    await page.goto(`${issuer}/authorize?${new URLSearchParams(query)}`)
    const code = received.find(({ pathname }) => pathname === '/callback')!.searchParams.get('code')!
    const body = new URLSearchParams({ ...codeFields(code), redirect_uri: callback })
    const answer = await fetch(`${issuer}/token`, { method: 'POST', body })
    const { id_token } = (await answer.json()) as { id_token: string }
    const [{ sid } = { sid: '' }] = await client.call('sessions.list', {})

    const logout = { id_token_hint: id_token, post_logout_redirect_uri: bye, state: 's' }
    const out = page.waitForRequest((request) => request.url().startsWith(`${origin}/out?`))
    await page.goto(`${issuer}/end_session?${new URLSearchParams(logout)}`)
    await out
    if (!javaScriptEnabled) await page.getByRole('link', { name: 'Continue' }).click()
    await page.getByRole('heading', { name: 'The app' }).waitFor()
    expect(page.url()).toBe(`${bye}?state=s`)
    const framed = received.find(({ pathname }) => pathname === '/out')!
    expect(Object.fromEntries(framed.searchParams)).toEqual({ iss: issuer, sid })
    expect(complaints).toEqual([])
    expect(await client.call('sessions.list', {})).toEqual([])
  },
)
