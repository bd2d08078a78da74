import type { Page } from '@playwright/test'
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

test('the empty list offers a login that really happens', async ({ workbench }) => {
  await openTraces(workbench)
  await workbench.getByRole('button', { name: 'Make a sample login' }).click()
  await expect(row(workbench, 1)).toContainText('password grant')
})

test('a wrong password names the check that failed, with what was seen, expected and where it is written', async ({
  workbench,
  issuer,
}) => {
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

test('the tokens of an answer are decoded where they are', async ({ workbench, issuer }) => {
  await openTraces(workbench)
  await logIn(issuer)
  await row(workbench, 1).click()
  await workbench.getByRole('tab', { name: /^Tokens/ }).click()
  const token = workbench.getByRole('region', { name: 'access_token in response body' })
  await expect(token.getByTestId('token-verdict')).toContainText('Valid')
  await expect(token.getByRole('row', { name: /^sub alice/ })).toBeVisible()
  await expect(token.getByRole('link', { name: 'Open in Tokens' })).toHaveAttribute('href', /^#\/tokens\/.+/)
})

test('a request shows its form decoded and raw, and copies as cURL without its secrets unless asked', async ({
  workbench,
  issuer,
}) => {
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

test('a trace is drawn as its exchanges in order, each of which opens', async ({ workbench, issuer }) => {
  await openTraces(workbench)
  const { access_token: token } = await logIn(issuer)
  const authorization = `Bearer ${token}`
  await fetch(`${issuer}/items`, { headers: { authorization } })
  await fetch(`${issuer}/items`, { method: 'POST', headers: { authorization } })
  await workbench.getByTestId(/^row-trace-/).click()
  await expect(workbench).toHaveURL(/#\/traces\/trace-/)
  const arrows = workbench.getByRole('list', { name: 'Exchanges, in order' }).getByRole('button')
  await expect(arrows).toHaveCount(3)
  await expect(arrows.nth(0)).toHaveAccessibleName(
    /^App to Issuer: POST \/token, password grant\. Answer: 200/,
  )
  await expect(arrows.nth(1)).toHaveAccessibleName(/^App to API: GET \/items\. Answer: 200/)
  await expect(arrows.nth(2)).toHaveAccessibleName(/403 insufficient_scope.*Check failed/)
  await arrows.nth(2).click()
  await expect(workbench).toHaveURL(/#\/traces\/3$/)
  await expect(workbench.getByTestId('check-bearer.scope-sufficient')).toContainText('Failed')
  await workbench.getByRole('link', { name: 'Whole trace' }).click()
  await expect(arrows).toHaveCount(3)
})

test('the list narrows by outcome, endpoint and what is in the bodies', async ({ workbench, issuer }) => {
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

test('a paused list stands still and catches up', async ({ workbench, issuer }) => {
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

test('clearing forgets every exchange, after asking', async ({ workbench, issuer }) => {
  await openTraces(workbench)
  await logIn(issuer)
  await row(workbench, 1).click()
  await workbench.getByRole('button', { name: 'Clear', exact: true }).click()
  await workbench.getByRole('dialog').getByRole('button', { name: 'Clear traces' }).click()
  await expect(workbench.getByRole('heading', { name: 'No exchange yet' })).toBeVisible()
  await expect(workbench.getByTestId('exchange')).toHaveCount(0)
  await logIn(issuer)
  await expect(row(workbench, 2)).toBeVisible()
})

test('reading further down is not disturbed by what arrives', async ({ workbench, issuer }) => {
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
