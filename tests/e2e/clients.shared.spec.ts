import type { Page } from '@playwright/test'
import { exportJWK, generateKeyPair } from 'jose'
import { callCore } from '../support/call.ts'
import { expect, test } from '../support/workbench.ts'

const row = (page: Page, id: string) => page.getByTestId(`row-${id}`)
const outcome = (page: Page) => page.getByTestId('next-token-verdict')

async function openClient(page: Page, id: string) {
  await page.getByTestId('nav-clients').click()
  await row(page, id).click()
  await expect(page.getByRole('heading', { name: id })).toBeVisible()
}

async function openScope(page: Page, name: string) {
  await page.getByTestId('nav-clients').click()
  await page.getByRole('tab', { name: /^Scopes/ }).click()
  await row(page, name).click()
}

const getToken = (page: Page) => page.getByRole('button', { name: /^Get (a|another) token/ }).click()
const ask = (page: Page, scope: string) =>
  page.getByRole('group', { name: 'Scopes asked for' }).getByText(scope, { exact: true }).click()

const passwordGrant = (issuer: string, fields: Record<string, string> = {}) =>
  fetch(`${issuer}/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'password',
      username: 'alice',
      password: 'wonderland',
      ...fields,
    }),
  })

test('a scope switched off changes the next token, here and for real, until undo', { tag: '@once' }, async ({
  workbench,
  issuer,
}) => {
  await openClient(workbench, 'demo-spa')
  await ask(workbench, 'read')
  await ask(workbench, 'write')
  const preview = workbench.getByTestId('token-preview')
  await expect(preview.getByRole('row', { name: /^scope read write protocol$/ })).toBeVisible()
  await expect(preview.getByRole('row', { name: /^given_name Alice user$/ })).toBeVisible()
  await expect(preview.getByRole('tab', { name: 'ID token' })).toBeDisabled()
  await expect(preview).toContainText('the scope lacks openid')
  await getToken(workbench)
  await expect(outcome(workbench)).toContainText('read write')

  await workbench.getByRole('switch', { name: 'write' }).click()
  await expect(preview).toContainText('There would be no token')
  await expect(workbench.getByTestId('next-token-outcome')).toContainText('has changed since this token')
  await getToken(workbench)
  await expect(outcome(workbench)).toContainText('Refused')
  await expect(outcome(workbench)).toContainText('write')
  const refused = await passwordGrant(issuer, { scope: 'read write' })
  expect(refused.status).toBe(400)
  expect(await refused.json()).toMatchObject({ error: 'invalid_scope' })

  await workbench.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(workbench.getByRole('switch', { name: 'write' })).toBeChecked()
  await getToken(workbench)
  await expect(outcome(workbench)).toContainText('read write')
  expect((await passwordGrant(issuer, { scope: 'read write' })).status).toBe(200)
})

test('a default scope is in the next token that names none, and the difference is shown', {
  tag: '@once',
}, async ({ workbench, issuer }) => {
  await openClient(workbench, 'demo-spa')
  await getToken(workbench)
  await expect(outcome(workbench)).toContainText('without any scope')
  await workbench.getByRole('checkbox', { name: 'read by default' }).click()
  await expect(workbench.getByRole('checkbox', { name: 'read by default' })).toBeChecked()
  await getToken(workbench)
  await expect(outcome(workbench)).toContainText('read')
  await expect(workbench.getByTestId('next-token-outcome')).toContainText('+ read')
  expect(await (await passwordGrant(issuer)).json()).toMatchObject({ scope: 'read' })
})

test('a scope that is taken away leaves the defaults, too', { tag: '@once' }, async ({ workbench }) => {
  await callCore(workbench, 'clients.update', {
    id: 'demo-spa',
    changes: { defaultScopes: ['read', 'write'] },
  })
  await openClient(workbench, 'demo-spa')
  await workbench.getByRole('switch', { name: 'read' }).click()
  await expect(workbench.getByRole('checkbox', { name: 'read by default' })).toBeDisabled()
  const { allowedScopes, defaultScopes } = await callCore(workbench, 'clients.get', { id: 'demo-spa' })
  expect(defaultScopes).toEqual(['write'])
  expect(allowedScopes).not.toContain('read')
})

test('a client is added, edited, and deleted', async ({ workbench }) => {
  await workbench.getByTestId('nav-clients').click()
  await workbench.getByRole('button', { name: 'Add client' }).click()
  const dialog = workbench.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'client_id' }).fill('my-app')
  await dialog.getByRole('radio', { name: /^Confidential/ }).click()
  await workbench.keyboard.press('ControlOrMeta+Enter')
  await expect(workbench.getByRole('heading', { name: 'my-app' })).toBeVisible()
  await expect(workbench).toHaveURL(/#\/clients\/my-app/)

  await workbench.getByRole('textbox', { name: 'Name' }).fill('My app')
  await workbench.getByRole('textbox', { name: 'Access token lives' }).fill('1 h')
  await workbench.getByRole('checkbox', { name: /^Client credentials/ }).check()
  await workbench.getByRole('button', { name: 'Add redirect URI', exact: true }).click()
  await workbench
    .getByRole('textbox', { name: 'Redirect URI', exact: true })
    .fill('https://app.example.com/callback')
  await workbench.getByRole('button', { name: 'Add post-logout redirect URI' }).click()
  await workbench
    .getByRole('textbox', { name: 'Post-logout redirect URI' })
    .fill('https://app.example.com/bye')
  await workbench.getByRole('switch', { name: 'Approve unasked' }).click()
  await workbench.getByRole('combobox', { name: 'Check levels' }).click()
  await workbench.getByRole('option', { name: 'Strict' }).click()
  await expect(workbench.getByText('OAuth 2.1 and the security best practice')).toBeVisible()
  await workbench.keyboard.press('ControlOrMeta+Enter')
  await expect(workbench.getByText('Unsaved changes')).toBeHidden()
  expect(await callCore(workbench, 'clients.get', { id: 'my-app' })).toMatchObject({
    name: 'My app',
    authMethods: ['client_secret_basic', 'client_secret_post'],
    hasSecret: true,
    redirectUris: ['loopback', 'https://app.example.com/callback'],
    postLogoutRedirectUris: ['https://app.example.com/bye'],
    accessTokenLifetime: 3600,
    profile: 'strict',
    autoApprove: true,
  })

  await workbench.getByRole('button', { name: 'Delete' }).click()
  await workbench.getByRole('button', { name: 'Delete client' }).click()
  await expect(row(workbench, 'my-app')).toBeHidden()
})

test('a client that signs gets its public key, and a private one is refused in words', {
  tag: '@once',
}, async ({ workbench }) => {
  await openClient(workbench, 'demo-service')
  const keys = workbench.getByRole('textbox', { name: 'Public keys (jwks)' })
  await expect(keys).toBeHidden()
  await workbench.getByRole('checkbox', { name: /^private_key_jwt/ }).check()
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true })
  await keys.fill(JSON.stringify(await exportJWK(privateKey)))
  await workbench.keyboard.press('ControlOrMeta+Enter')
  await expect(workbench.getByText('holds a private key (member "d")')).toBeVisible()

  const jwk = await exportJWK(publicKey)
  await keys.fill(JSON.stringify(jwk))
  await workbench.keyboard.press('ControlOrMeta+Enter')
  await expect(workbench.getByText('Unsaved changes')).toBeHidden()
  expect(await callCore(workbench, 'clients.get', { id: 'demo-service' })).toMatchObject({
    authMethods: ['client_secret_basic', 'client_secret_post', 'private_key_jwt'],
    jwks: { keys: [jwk] },
  })
})

test('what is wrong is said at its field', { tag: '@once' }, async ({ workbench }) => {
  await openClient(workbench, 'demo-web')
  await workbench.getByRole('button', { name: 'Add redirect URI', exact: true }).click()
  await workbench.getByRole('button', { name: 'Add redirect URI', exact: true }).click()
  const uris = workbench.getByRole('textbox', { name: 'Redirect URI', exact: true })
  await uris.nth(0).fill('https://app.example.com/cb')
  await uris.nth(1).fill('/callback#there')
  await workbench.getByRole('button', { name: 'Save changes' }).click()
  await expect(uris.nth(1)).toHaveAccessibleDescription(/absolute URI without a fragment/)
  await expect(uris.nth(0)).not.toHaveAccessibleDescription(/absolute/)
  await workbench.getByRole('button', { name: 'Discard' }).click()

  await workbench.getByRole('button', { name: 'Add client' }).click()
  const id = workbench.getByRole('dialog').getByRole('textbox', { name: 'client_id' })
  await id.fill('demo-web')
  await workbench.keyboard.press('ControlOrMeta+Enter')
  await expect(id).toHaveAccessibleDescription(/There is a client "demo-web" already/)
})

test('a secret is shown, replaced, used, and put back by undo', { tag: '@once' }, async ({
  workbench,
  issuer,
}) => {
  await openClient(workbench, 'demo-web')
  const panel = workbench.getByTestId('client-secret')
  await expect(panel.getByTestId('secret')).not.toContainText('demo-web-secret')
  await panel.getByRole('button', { name: 'Show' }).click()
  await expect(panel.getByTestId('secret')).toHaveText('demo-web-secret')
  await panel.getByRole('button', { name: 'Generate' }).click()
  await panel.getByRole('button', { name: 'Replace secret' }).click()
  await expect(panel.getByTestId('secret')).not.toHaveText('demo-web-secret')
  const old = { client_id: 'demo-web', client_secret: 'demo-web-secret' }
  expect((await passwordGrant(issuer, old)).status).toBe(401)
  await workbench.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(panel.getByTestId('secret')).toHaveText('demo-web-secret')
  expect((await passwordGrant(issuer, old)).status).toBe(200)
})

test('the default client cannot be deleted, and says why', { tag: '@once' }, async ({ workbench }) => {
  await openClient(workbench, 'demo-spa')
  await expect(workbench.getByText('it cannot be deleted')).toBeVisible()
  await expect(workbench.getByRole('button', { name: 'Delete' })).toHaveCount(0)
})

test('a scope is added, described, switched for a client, and deleted with its consequence named', {
  tag: '@once',
}, async ({ workbench, issuer }) => {
  await callCore(workbench, 'clients.update', { id: 'demo-spa', changes: { allowedScopes: ['read'] } })
  await workbench.getByTestId('nav-clients').click()
  await workbench.getByRole('tab', { name: /^Scopes/ }).click()
  await workbench.getByRole('button', { name: 'Add scope' }).click()
  const dialog = workbench.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Name' }).fill('two words')
  await workbench.keyboard.press('ControlOrMeta+Enter')
  await expect(dialog.getByRole('textbox', { name: 'Name' })).toHaveAccessibleDescription(
    /printable ASCII characters without space, "/,
  )
  await dialog.getByRole('textbox', { name: 'Name' }).fill('orders:read')
  await workbench.keyboard.press('ControlOrMeta+Enter')
  await expect(workbench.getByRole('heading', { name: 'orders:read' })).toBeVisible()
  await expect(dialog).toBeHidden()

  await workbench.getByRole('textbox', { name: 'Description' }).fill('Read orders')
  await workbench.getByRole('combobox', { name: 'Claims' }).fill('order_count')
  await workbench.keyboard.press('Enter')
  await workbench.getByRole('button', { name: 'Save changes' }).click()
  await expect(row(workbench, 'orders:read')).toContainText('Read orders')
  const stored = (await callCore(workbench, 'scopes.list', {})).find(({ name }) => name === 'orders:read')
  expect(stored?.claims).toEqual(['order_count'])
  expect((await passwordGrant(issuer, { scope: 'orders:read' })).status).toBe(400)
  await workbench.getByRole('switch', { name: 'demo-spa' }).click()
  await expect(workbench.getByRole('switch', { name: 'demo-spa' })).toBeChecked()
  expect((await passwordGrant(issuer, { scope: 'orders:read' })).status).toBe(200)

  await workbench.getByRole('button', { name: 'Delete' }).click()
  await expect(workbench.getByRole('dialog')).toContainText('It is taken from demo-spa')
  await workbench.getByRole('button', { name: 'Delete scope' }).click()
  await expect(row(workbench, 'orders:read')).toBeHidden()
  const { allowedScopes } = await callCore(workbench, 'clients.get', { id: 'demo-spa' })
  expect(allowedScopes).toEqual(['read'])
})

test('a setting and the level of a check count for the next request, and stay', { tag: '@once' }, async ({
  workbench,
  issuer,
}) => {
  const authorize = () =>
    fetch(
      `${issuer}/authorize?response_type=code&client_id=demo-web&redirect_uri=http://127.0.0.1/cb&state=a&scope=openid`,
      { redirect: 'manual' },
    )
  expect((await authorize()).headers.get('location') ?? '').not.toContain('error=')
  await openClient(workbench, 'demo-web')
  const search = workbench.getByRole('searchbox', { name: 'Find a setting' })
  await search.fill('require_pushed')
  await workbench.getByRole('switch', { name: /^Logins must be pushed/ }).click()
  await search.fill('client_uri')
  const homePage = workbench.getByRole('textbox', { name: /^Home page/ })
  await homePage.fill('app.example.com')
  const passwordWith = (scope: string) =>
    passwordGrant(issuer, { client_id: 'demo-web', client_secret: 'demo-web-secret', scope })
  expect((await passwordWith('nobody:knows')).status).toBe(400)
  const checks = workbench.getByTestId('client-checks')
  await checks.getByRole('button', { name: 'Choose levels' }).click()
  await checks.getByRole('searchbox', { name: 'Search checks' }).fill('scope.known')
  const level = checks.getByRole('combobox', { name: 'Level of scope.known' })
  await expect(level).toContainText('As issuer: enforce')
  await level.selectOption('warn')

  await workbench.getByRole('button', { name: 'Save changes' }).click()
  await expect(homePage).toHaveAccessibleDescription(/must be an http or https URL/)
  await homePage.fill('https://app.example.com')
  await workbench.getByRole('button', { name: 'Save changes' }).click()
  await expect(workbench.getByText('Unsaved changes')).toBeHidden()
  await search.fill('')
  await expect(workbench.getByRole('button', { name: /^Login .* 1 set$/ })).toBeVisible()
  await expect(workbench.getByRole('button', { name: /^About the app .* 1 set$/ })).toBeVisible()
  expect((await authorize()).headers.get('location')).toContain('error=invalid_request')
  expect((await passwordWith('nobody:knows')).status).toBe(200)
  const [latest] = (await callCore(workbench, 'exchanges.list', { endpoint: 'token', limit: 1 })).rows
  const { verdicts } = await callCore(workbench, 'exchanges.get', { id: latest!.id })
  expect(verdicts.find(({ check }) => check === 'scope.known')?.outcome).toBe('warned')

  await workbench.reload()
  await workbench.getByRole('button', { name: /^Login / }).click()
  const pushed = workbench.getByRole('switch', { name: /^Logins must be pushed/ })
  await expect(pushed).toBeChecked()
  await expect(checks).toContainText('1 of')
  await checks.getByRole('button', { name: 'Choose levels' }).click()
  await checks.getByText('Set here (1)').click()
  await expect(level).toHaveValue('warn')
})

test('a client that registers itself is marked, and leads to the request it did so by', {
  tag: '@once',
}, async ({ workbench, issuer }) => {
  await workbench.getByTestId('nav-clients').click()
  await expect(row(workbench, 'demo-web')).toBeVisible()
  const answer = await fetch(`${issuer}/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ client_name: 'A phone', redirect_uris: ['http://127.0.0.1/cb'] }),
  })
  const { client_id: id } = (await answer.json()) as { client_id: string }
  await workbench.getByText('Registered (1)').click()
  await expect(row(workbench, 'demo-web')).toBeHidden()
  await expect(row(workbench, id)).toContainText('registered itself')
  await row(workbench, id).click()
  await workbench.getByTestId('client-registered').getByRole('link').click()
  await expect(workbench).toHaveURL(/#\/traces\//)
  await expect(workbench.getByText('/register').first()).toBeVisible()
})

test('a scope is found by its address', { tag: '@once' }, async ({ workbench }) => {
  await openScope(workbench, 'read')
  await expect(workbench).toHaveURL(/#\/clients\/read\?tab=scopes/)
  await workbench.reload()
  await expect(workbench.getByRole('heading', { name: 'read', exact: true })).toBeVisible()
})
