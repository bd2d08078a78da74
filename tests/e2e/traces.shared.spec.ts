import type { Page } from '@playwright/test'
import { logInByForm } from '../clients/login.ts'
import { startExpressApp } from '../support/express-app.ts'
import { expect, test } from '../support/workbench.ts'

const alice = { grant_type: 'password', username: 'alice', password: 'wonderland', scope: 'openid read' }

const send = (issuer: string, fields: Record<string, string>) =>
  fetch(`${issuer}/token`, { method: 'POST', body: new URLSearchParams(fields) })

async function logIn(issuer: string): Promise<{ access_token: string }> {
  const response = await send(issuer, alice)
  expect(response.status).toBe(200)
  return response.json()
}

const openTraces = (page: Page) => page.getByTestId('nav-traces').click()
const row = (page: Page, id: number) => page.getByTestId(`row-${id}`)

test('a login appears live, under the head of its trace', async ({ workbench, issuer }) => {
  await openTraces(workbench)
  await expect(workbench.getByRole('heading', { name: 'No exchange yet' })).toBeVisible()
  const { access_token: token } = await logIn(issuer)
  await expect(row(workbench, 1)).toContainText('/token')
  await fetch(`${issuer}/me`, { headers: { authorization: `Bearer ${token}` } })
  await expect(row(workbench, 2)).toContainText('/me')
  const head = workbench.getByTestId(/^row-trace-/)
  await expect(head).toContainText('demo-spa · alice')
  await expect(head).toContainText('2 exchanges')
})

test('the empty list offers a login that really happens', { tag: '@once' }, async ({ workbench }) => {
  await openTraces(workbench)
  await workbench.getByRole('button', { name: 'Make a sample login' }).click()
  await expect(row(workbench, 1)).toContainText('password grant')
})

test('a wrong password names the check that failed, with what was seen, expected and where it is written', {
  tag: '@once',
}, async ({ workbench, issuer }) => {
  await openTraces(workbench)
  await send(issuer, { ...alice, password: 'looking-glass' })
  await row(workbench, 1).click()
  await expect(workbench.getByTestId('exchange-words')).toHaveText(
    /^POST \/token · password grant · 400 invalid_grant · [\d.]+ m?s$/,
  )
  await expect(workbench.getByTestId('exchange-verdict')).toContainText('The password is right')
  const check = workbench.getByTestId('check-password.right')
  await expect(check).toContainText('Failed')
  await expect(check).toContainText('Observeda password that is not that of alice')
  await expect(check).toContainText('Expectedthe name and password of a user')
  await expect(check.getByRole('link', { name: 'RFC 6749 4.3.2' })).toHaveAttribute(
    'href',
    'https://www.rfc-editor.org/rfc/rfc6749#section-4.3.2',
  )
  await expect(workbench.getByTestId('check-client.known')).toContainText('Passed')
})

test('the tokens of an answer are decoded where they are', { tag: '@once' }, async ({
  workbench,
  issuer,
}) => {
  await openTraces(workbench)
  await logIn(issuer)
  await row(workbench, 1).click()
  await workbench.getByRole('tab', { name: /^Tokens/ }).click()
  const token = workbench.getByRole('region', { name: 'access_token in response body' })
  await expect(token.getByTestId('token-verdict')).toContainText('Valid')
  await expect(token.getByRole('row', { name: /^sub alice/ })).toBeVisible()
  await expect(token.getByRole('link', { name: 'Open in Tokens' })).toHaveAttribute('href', /^#\/tokens\/.+/)
})

test('a request shows its form decoded and raw, and copies as cURL without its secrets unless asked', {
  tag: '@once',
}, async ({ workbench, issuer }) => {
  await openTraces(workbench)
  await logIn(issuer)
  await row(workbench, 1).click()
  await workbench.getByRole('tab', { name: 'Request' }).click()
  const body = workbench.getByRole('table', { name: 'request body' })
  await expect(body.getByRole('row', { name: 'scope openid read' })).toBeVisible()
  await workbench.getByRole('radiogroup', { name: 'How to show the request body' }).getByText('Raw').click()
  const raw = workbench.getByRole('region', { name: 'request body' })
  await expect(raw).toContainText('scope=openid+read')
  const curl = workbench.getByRole('region', { name: 'cURL command' })
  await expect(curl).toContainText('username=alice&password=REDACTED')
  await workbench.getByRole('switch', { name: 'With secrets' }).check()
  await expect(curl).toContainText('password=wonderland')
  await expect(workbench.getByRole('button', { name: 'Copy as cURL with secrets' })).toBeVisible()
})

test('a trace is drawn as its exchanges in order: diagram and list select each other, and a step opens in place', {
  tag: '@once',
}, async ({ workbench, issuer }) => {
  await openTraces(workbench)
  const { access_token: token } = await logIn(issuer)
  const authorization = `Bearer ${token}`
  await fetch(`${issuer}/items`, { headers: { authorization } })
  await fetch(`${issuer}/items`, { method: 'POST', headers: { authorization } })
  await workbench.getByTestId(/^row-trace-/).click()
  await expect(workbench).toHaveURL(/#\/traces\/trace-/)
  const steps = workbench.getByRole('list', { name: 'Exchanges, in order' }).getByTestId(/^step-/)
  await expect(steps).toHaveCount(3)
  await expect(steps.nth(0)).toHaveAccessibleName(
    /^1 Your app to Issuer POST \/token password grant Answer: 200 \d+(\.\d)? ms Gave access_token, refresh_token, id_token$/,
  )
  await expect(steps.nth(1)).toHaveAccessibleName(/^2 Your app to Your API GET \/items Answer: 200/)
  await expect(steps.nth(2)).toHaveAccessibleName(/403 insufficient_scope.*Check failed/)
  const arrow = (id: number) => workbench.getByTestId(`arrow-${id}`)
  await arrow(3).click()
  await expect(steps.nth(2)).toHaveAttribute('aria-expanded', 'true')
  await expect(steps.nth(2)).toBeFocused()
  await expect(workbench.getByTestId('check-bearer.scope-sufficient')).toContainText('Failed')
  await workbench.keyboard.press('Shift+Tab')
  await workbench.keyboard.press('Shift+Tab')
  await expect(steps.nth(0)).toBeFocused()
  await workbench.keyboard.press('Enter')
  await expect(arrow(1)).toHaveAttribute('data-selected', 'true')
  await expect(steps.nth(2)).toHaveAttribute('aria-expanded', 'false')
  await workbench.getByRole('link', { name: 'This exchange alone' }).click()
  await expect(workbench).toHaveURL(/#\/traces\/1$/)
  await workbench.getByRole('link', { name: 'Whole trace' }).click()
  await expect(steps.nth(0)).toHaveAttribute('aria-expanded', 'true')
})

test("an express app's lost code_verifier is seen in its trace, with both hashes, and not on the wire", async ({
  workbench,
  issuer,
}) => {
  await openTraces(workbench)
  const app = await startExpressApp(issuer, { forgetsVerifier: true })
  try {
    const start = await fetch(`${app.origin}/login`, { redirect: 'manual' })
    const page = await fetch(await logInByForm(new URL(start.headers.get('location')!)))
    const { answer } = (await page.json()) as { answer: Record<string, string> }
    expect(answer.error).toBe('invalid_grant')
    const challenge = new URL(start.headers.get('location')!).searchParams.get('code_challenge')!
    expect(JSON.stringify(answer)).not.toContain(challenge)

    await workbench.getByTestId(/^row-trace-/).click()
    await expect(workbench.getByTestId('trace-verdict')).toContainText('1 refusal')
    await expect(workbench.getByTestId('sequence')).toContainText('Check failed: The code_verifier fits')
    await workbench
      .getByTestId(/^step-/)
      .last()
      .click()
    const check = workbench.getByTestId('check-code.verifier-matches')
    await expect(check).toContainText(/ObservedBASE64URL\(SHA256\(code_verifier\)\) is [\w-]{43}/)
    await expect(check).toContainText(`Expected${challenge}`)
    await expect(check.getByRole('link', { name: 'RFC 7636 4.6' })).toHaveAttribute(
      'href',
      'https://www.rfc-editor.org/rfc/rfc7636#section-4.6',
    )
  } finally {
    app.close()
  }
})

test('a finding leads to its exchange, which is sent again with one change, and the trace is pinned, compared and exported', async ({
  workbench,
  issuer,
  saved,
}) => {
  await openTraces(workbench)
  await send(issuer, { ...alice, client_id: 'demo-spa', client_secret: 'shipped' })
  await logIn(issuer)
  const traces = workbench.getByTestId(/^row-trace-/)
  // A row that comes in later would move this one from under the pointer.
  await expect(traces).toHaveCount(2)
  await traces.filter({ hasText: '1 finding' }).click()
  const finding = workbench.getByTestId('finding-secret-of-public-client')
  await expect(finding).toContainText('Error')
  await finding.getByRole('button', { name: 'Exchange 1' }).click()
  await expect(workbench.getByTestId('step-1')).toBeFocused()

  await workbench.getByRole('button', { name: 'Replay…' }).click()
  const body = workbench.getByLabel('Body', { exact: true })
  await body.fill((await body.inputValue()).replace('&client_secret=shipped', ''))
  await workbench.keyboard.press('ControlOrMeta+Enter')
  await expect(workbench.getByTestId('step-3')).toHaveAttribute('aria-expanded', 'true')
  await expect(workbench.getByTestId('step-3')).toContainText('sent again from the workbench')
  await expect(workbench.getByTestId('exchange-verdict')).toContainText('Accepted')

  await workbench.getByRole('button', { name: 'Pin', exact: true }).click()
  await expect(workbench.getByRole('button', { name: 'Unpin' })).toBeVisible()
  await workbench.getByRole('button', { name: 'Export…' }).click()
  const file = await saved(() => workbench.getByRole('button', { name: 'Save' }).click())
  expect(file.name).toMatch(/^trace-.+\.har$/)
  expect(JSON.parse(file.text).log.entries).toHaveLength(2)
  expect(file.text).not.toContain('wonderland')

  await workbench.getByRole('button', { name: 'More for this trace' }).click()
  await workbench.getByRole('menuitem', { name: /^Compare/ }).click()
  await workbench.getByRole('combobox', { name: 'Trace B' }).click()
  await workbench.getByRole('option', { name: /1 exchange$/ }).click()
  await expect(workbench.getByTestId('compare-verdict')).toContainText('2 of 2 steps differ')
})

test('the list narrows by outcome, endpoint and what is in the bodies', { tag: '@once' }, async ({
  workbench,
  issuer,
}) => {
  await openTraces(workbench)
  await logIn(issuer)
  await send(issuer, { ...alice, password: 'queen of hearts' })
  await fetch(`${issuer}/jwks`)
  await expect(row(workbench, 3)).toBeVisible()
  const count = workbench.getByTestId('exchange-count')

  await workbench.getByText('Refused', { exact: true }).click()
  await expect(count).toHaveText('1 exchange')
  await expect(row(workbench, 2)).toContainText('invalid_grant')
  await workbench.getByText('All', { exact: true }).click()
  await expect(count).toHaveText('3 exchanges')

  await workbench.getByRole('combobox', { name: 'Endpoint' }).click()
  await workbench.getByRole('option', { name: 'jwks' }).click()
  await expect(count).toHaveText('1 exchange')
  await expect(row(workbench, 3)).toBeVisible()
  await workbench.getByRole('combobox', { name: 'Endpoint' }).click()
  await workbench.getByRole('option', { name: 'jwks' }).click()
  await expect(count).toHaveText('3 exchanges')

  const search = workbench.getByRole('searchbox', { name: 'Search exchanges' })
  await search.fill('queen+of')
  await expect(count).toHaveText('1 exchange')
  await expect(row(workbench, 2)).toBeVisible()
  await send(issuer, { ...alice, password: 'queen of spades' })
  await expect(row(workbench, 4)).toBeVisible()
  await expect(count).toHaveText('2 exchanges')
  await search.fill('nowhere to be found')
  await expect(workbench.getByRole('heading', { name: 'No exchange matches' })).toBeVisible()
  await workbench.getByRole('button', { name: 'Show all exchanges' }).click()
  await expect(count).toHaveText('4 exchanges')
  await expect(search).toHaveValue('')
})

test('a paused list stands still and catches up', { tag: '@once' }, async ({ workbench, issuer }) => {
  await openTraces(workbench)
  await logIn(issuer)
  await expect(row(workbench, 1)).toBeVisible()
  await workbench.getByRole('button', { name: 'Pause' }).click()
  await logIn(issuer)
  await expect(workbench.getByRole('button', { name: 'Resume, 1 new' })).toBeVisible()
  await expect(row(workbench, 2)).toHaveCount(0)
  await workbench.getByRole('button', { name: /^Resume/ }).click()
  await expect(row(workbench, 2)).toBeVisible()
})

test('clearing forgets every exchange, after asking', { tag: '@once' }, async ({ workbench, issuer }) => {
  await openTraces(workbench)
  await logIn(issuer)
  await row(workbench, 1).click()
  await workbench.getByRole('button', { name: 'All traces' }).click()
  await workbench.getByRole('menuitem', { name: 'Clear…' }).click()
  await workbench.getByRole('dialog').getByRole('button', { name: 'Clear traces' }).click()
  await expect(workbench.getByRole('heading', { name: 'No exchange yet' })).toBeVisible()
  await expect(workbench.getByTestId('exchange')).toHaveCount(0)
  await logIn(issuer)
  await expect(row(workbench, 2)).toBeVisible()
})

test('reading further down is not disturbed by what arrives', { tag: '@once' }, async ({
  workbench,
  issuer,
}) => {
  for (let sent = 0; sent < 60; sent++) await fetch(`${issuer}/jwks`)
  await openTraces(workbench)
  await row(workbench, 60).click()
  const grid = workbench.getByRole('grid', { name: 'Exchanges' })
  await grid.evaluate((element) => element.scrollTo({ top: 600 }))
  const middle = row(workbench, 36)
  const before = (await middle.boundingBox())?.y
  for (let sent = 0; sent < 5; sent++) await fetch(`${issuer}/jwks`)
  await expect(workbench.getByTestId('exchange-count')).toHaveText('65 exchanges')
  await expect.poll(async () => (await middle.boundingBox())?.y).toBe(before)
})

test('a HAR is shown before it becomes traces, which stay', { tag: '@once' }, async ({ workbench }) => {
  await openTraces(workbench)
  const file = workbench.getByTestId('open-file')
  await file.setInputFiles({ name: 'bad.har', mimeType: '', buffer: Buffer.from('{"log":{"entries":[{}]}}') })
  await expect(workbench.getByTestId('har-failure')).toContainText('log.entries.0.request')
  await workbench.keyboard.press('Escape')

  await file.setInputFiles('tests/flow/fixtures/login.chromium.har')
  const dialog = workbench.getByRole('dialog', { name: 'Import login.chromium.har?' })
  await expect(dialog.getByTestId('har-preview')).toContainText('Login of')
  await dialog.getByRole('button', { name: 'Import', exact: true }).click()
  await expect(workbench).toHaveURL(/#\/traces\/trace-/)
  const steps = workbench.getByRole('list', { name: 'Exchanges, in order' }).getByTestId(/^step-/)
  await expect(steps.first()).toBeVisible()
  await expect(workbench.getByTestId(/^row-trace-/)).toHaveCount(1)
  await workbench.reload()
  await expect(steps.first()).toBeVisible()
  await expect(workbench.getByRole('main')).toContainText(/imported/i)
})
