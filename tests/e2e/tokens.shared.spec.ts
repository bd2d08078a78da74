import type { Page } from '@playwright/test'
import { callCore, issueMany } from '../support/call.ts'
import { doByPalette } from '../support/palette.ts'
import { expect, test } from '../support/workbench.ts'

const verdict = (page: Page) => page.getByTestId('token-verdict')
const rows = (page: Page) => page.getByTestId(/^row-/)
const openTokens = (page: Page) => page.getByTestId('nav-tokens').click()
const chooseOption = async (page: Page, label: string, option: string) => {
  await page.getByRole('combobox', { name: label, exact: true }).click()
  await page.getByRole('option', { name: option, exact: true }).click()
}

const me = (issuer: string, token: string) =>
  fetch(`${issuer}/me`, { headers: { authorization: `Bearer ${token}` } })

const refresh = (issuer: string, token: string) =>
  fetch(`${issuer}/refresh`, { method: 'POST', body: new URLSearchParams({ refresh_token: token }) })

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** Issues tokens for alice and opens the detail of the access token. */
async function openIssued(page: Page) {
  const issued = await callCore(page, 'tokens.issue', { userId: 'alice', scopes: ['openid', 'read'] })
  const { rows: found } = await callCore(page, 'tokens.list', { filter: { kind: 'access' }, limit: 1 })
  const { jti, grantId } = found[0]!
  await openTokens(page)
  await page.getByTestId(`row-${jti}`).click()
  await expect(verdict(page)).toContainText('Active')
  return { access: issued.access_token, refreshToken: issued.refresh_token!, jti, grantId }
}

test('the empty ledger offers a token for alice, and opens it decoded in place', { tag: '@once' }, async ({
  workbench,
}) => {
  await openTokens(workbench)
  await expect(workbench.getByRole('heading', { name: 'No tokens yet' })).toBeVisible()
  await workbench.getByRole('button', { name: 'Issue a token for alice' }).click()
  await expect(workbench.getByRole('heading', { name: 'Access token of alice' })).toBeVisible()
  await expect(verdict(workbench)).toContainText('Active')
  const claims = workbench.getByRole('table').filter({ hasText: 'Claim' })
  await expect(claims.getByRole('row', { name: /^sub / })).toContainText('alice')
  await expect(claims.getByRole('row', { name: /^exp / })).toContainText('in 14 m')
  await expect(claims.getByRole('row', { name: /^scope / })).toContainText('openid profile read')
  await expect(rows(workbench)).toHaveCount(2)
})

test('a token issued by the dialog is shown once, decoded, and is accepted by the issuer', {
  tag: '@once',
}, async ({ workbench, issuer }) => {
  await openTokens(workbench)
  await workbench.getByRole('button', { name: 'Issue token', exact: true }).click()
  const dialog = workbench.getByRole('dialog')
  await dialog.getByRole('checkbox', { name: 'read', exact: true }).check()
  await dialog.getByRole('textbox', { name: 'Lifetime of the access token' }).fill('2 m')
  await workbench.keyboard.press('ControlOrMeta+Enter')
  await expect(dialog.getByTestId('issued-tokens')).toContainText('scope read, for 2 m')
  const token = await dialog.getByRole('region', { name: 'token' }).innerText()
  expect((await me(issuer, token.trim())).status).toBe(200)
  await dialog.getByRole('button', { name: 'Show in ledger' }).click()
  await expect(verdict(workbench)).toContainText('accepts it for another 1 m')
  await expect(workbench).toHaveURL(/#\/tokens\//)
})

test('what the client or the user may not get is refused in words', { tag: '@once' }, async ({
  workbench,
}) => {
  await callCore(workbench, 'clients.update', { id: 'demo-spa', changes: { allowedScopes: ['read'] } })
  await openTokens(workbench)
  await workbench.getByRole('button', { name: 'Issue token', exact: true }).click()
  const dialog = workbench.getByRole('dialog')
  await dialog.getByRole('checkbox', { name: 'admin' }).check()
  await expect(dialog).toContainText('demo-spa may not get admin; it would be refused')
  await dialog.getByRole('button', { name: 'Issue token' }).click()
  await expect(dialog.getByTestId('issue-refusal')).toContainText('admin')
})

test('a revoked token gets 401 "Token revoked" at once, and undo brings it back', async ({
  workbench,
  issuer,
}) => {
  const { access } = await openIssued(workbench)
  expect((await me(issuer, access)).status).toBe(200)
  await workbench.getByRole('button', { name: 'Revoke', exact: true }).click()
  await expect(verdict(workbench)).toContainText('Revoked')
  const refused = await me(issuer, access)
  expect(refused.status).toBe(401)
  expect(await refused.json()).toMatchObject({ error: 'invalid_token', detail: 'Token revoked' })
  await expect(workbench.getByTestId('token-effects')).toContainText('401 "Token revoked"')
  await expect(workbench.getByTestId('token-effects')).toContainText('Accepts it until')

  await workbench.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(verdict(workbench)).toContainText('Active')
  expect((await me(issuer, access)).status).toBe(200)
})

test('a revocation keeps its reason, and can be taken back in the detail, too', { tag: '@once' }, async ({
  workbench,
  issuer,
}) => {
  const { access } = await openIssued(workbench)
  await workbench.getByRole('button', { name: 'Revoke with a reason' }).click()
  await workbench.getByRole('textbox', { name: 'Reason' }).fill('stolen laptop')
  await workbench.keyboard.press('Enter')
  await expect(verdict(workbench)).toContainText('stolen laptop')
  await workbench.getByRole('button', { name: 'Undo revocation' }).click()
  await expect(verdict(workbench)).toContainText('Active')
  expect((await me(issuer, access)).status).toBe(200)
})

test('a token made to expire is refused here, while its own exp stays as signed', { tag: '@once' }, async ({
  workbench,
  issuer,
}) => {
  const { access } = await openIssued(workbench)
  await workbench.getByRole('button', { name: 'Expire now' }).click()
  await expect(verdict(workbench)).toContainText('Expired')
  await expect(workbench.getByTestId('token-effects')).toContainText('its own exp stays')
  const refused = await me(issuer, access)
  expect(refused.status).toBe(401)
  expect(await refused.json()).toMatchObject({ detail: 'Token expired' })
  const { exp } = JSON.parse(Buffer.from(access.split('.')[1]!, 'base64url').toString())
  expect(exp * 1000).toBeGreaterThan(Date.now())
  await workbench.getByRole('button', { name: 'Undo early expiry' }).click()
  await expect(verdict(workbench)).toContainText('Active')
  expect((await me(issuer, access)).status).toBe(200)
})

test('revoking a family ends every token of the grant, over all generations', { tag: '@once' }, async ({
  workbench,
  issuer,
}) => {
  const { access, refreshToken } = await openIssued(workbench)
  const second = await (await refresh(issuer, refreshToken)).json()
  const family = workbench.getByTestId('token-family')
  await expect(family.getByRole('listitem')).toHaveCount(4)
  await expect(family.getByLabel('Generation 2')).toHaveCount(2)
  await family.getByRole('button', { name: 'Revoke family' }).click()
  await expect(family.getByText('Revoked', { exact: true })).toHaveCount(4)
  expect((await me(issuer, access)).status).toBe(401)
  expect((await me(issuer, second.access_token)).status).toBe(401)
  const refused = await refresh(issuer, second.refresh_token)
  expect(refused.status).toBe(401)
  expect(await refused.json()).toMatchObject({ detail: 'Refresh token revoked' })
})

test('a family links its members, and shows itself in the list', { tag: '@once' }, async ({
  workbench,
  issuer,
}) => {
  const { refreshToken, jti } = await openIssued(workbench)
  await callCore(workbench, 'tokens.issue', { userId: 'dave' })
  await refresh(issuer, refreshToken)
  const family = workbench.getByTestId('token-family')
  await family.getByRole('link').last().click()
  await expect(workbench.getByTestId('token-jti')).not.toHaveText(jti)
  await family.getByRole('button', { name: 'Show in list' }).click()
  await expect(workbench.getByTestId('token-count')).toHaveText('4 tokens')
  await workbench.getByRole('button', { name: 'Show tokens of every grant' }).click()
  await expect(workbench.getByTestId('token-count')).toHaveText('6 tokens')
})

test('search and filters narrow the ledger, and live in the address', { tag: '@once' }, async ({
  workbench,
}) => {
  await callCore(workbench, 'tokens.issue', { userId: 'alice', scopes: ['read'] })
  await callCore(workbench, 'tokens.issue', { userId: 'dave', scopes: ['write'], clientId: 'demo-web' })
  await callCore(workbench, 'tokens.issue', { clientId: 'demo-service', scopes: ['admin'] })
  await openTokens(workbench)
  await expect(rows(workbench)).toHaveCount(5)
  await workbench.getByRole('searchbox', { name: 'Search tokens' }).fill('admin')
  await expect(rows(workbench)).toHaveCount(1)
  await expect(rows(workbench)).toContainText('the client')
  await workbench.getByRole('searchbox', { name: 'Search tokens' }).fill('')
  await chooseOption(workbench, 'Kind', 'Refresh')
  await expect(rows(workbench)).toHaveCount(2)
  await chooseOption(workbench, 'Owner', 'dave')
  await expect(rows(workbench)).toHaveCount(1)
  await expect(workbench).toHaveURL(/kind=refresh&user=dave/)
  await chooseOption(workbench, 'Client', 'demo-spa')
  await expect(workbench.getByRole('heading', { name: 'No token matches' })).toBeVisible()
  await workbench.getByRole('button', { name: 'Show all tokens' }).click()
  await expect(rows(workbench)).toHaveCount(5)
})

test('tokens are marked by keyboard and mouse, and revoked, restored and undone together', {
  tag: '@once',
}, async ({ workbench }) => {
  await issueMany(workbench, 3, { userId: 'alice', scopes: ['read'] })
  await openTokens(workbench)
  await expect(rows(workbench)).toHaveCount(6)
  const grid = workbench.getByRole('grid', { name: 'Tokens' })
  await grid.focus()
  await grid.press('ArrowDown')
  await grid.press('Shift+ArrowDown')
  await grid.press('Shift+ArrowDown')
  const count = workbench.getByTestId('selected-count')
  await expect(count).toHaveText('3 tokens selected')
  await rows(workbench)
    .nth(5)
    .click({ modifiers: ['ControlOrMeta'] })
  await expect(count).toHaveText('4 tokens selected')
  const bar = workbench.getByRole('toolbar', { name: 'Selected tokens' })
  await bar.getByRole('button', { name: 'Revoke' }).click()
  await expect(grid.getByText('Revoked', { exact: true })).toHaveCount(4)
  await workbench.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(grid.getByText('Active', { exact: true })).toHaveCount(6)

  await bar.getByRole('button', { name: 'Select all 6' }).click()
  await expect(count).toHaveText('6 tokens selected')
  await bar.getByRole('button', { name: 'Expire now' }).click()
  await expect(grid.getByText('Expired', { exact: true })).toHaveCount(6)
  await bar.getByRole('button', { name: 'Restore' }).click()
  await expect(grid.getByText('Active', { exact: true })).toHaveCount(6)

  await bar.getByRole('button', { name: 'Change scopes' }).click()
  const form = workbench.getByRole('form', { name: 'Change scopes' })
  await form.getByRole('checkbox', { name: 'write' }).check()
  await form.getByRole('button', { name: 'Change', exact: true }).click()
  const told = workbench.getByText('Scopes of 3 tokens changed; 3 tokens kept theirs')
  await expect(told).toBeVisible()
  const refreshes = { filter: { kind: 'refresh' as const } }
  const scopes = async () =>
    (await callCore(workbench, 'tokens.list', refreshes)).rows.map((row) => row.scopes.join(' '))
  expect(await scopes()).toEqual(Array(3).fill('read write'))
  await workbench.getByRole('alert').filter({ has: told }).getByRole('button', { name: 'Undo' }).click()
  await expect.poll(scopes).toEqual(Array(3).fill('read'))
  await bar.getByRole('button', { name: 'Clear selection' }).click()
  await expect(bar).toBeHidden()
})

test('remaining life counts down, and a token that ends turns expired without a reload', {
  tag: '@once',
}, async ({ workbench }) => {
  await callCore(workbench, 'tokens.issue', { clientId: 'demo-service', lifetime: 4 })
  await openTokens(workbench)
  await expect(rows(workbench)).toContainText(/[1-4] s/)
  await expect(rows(workbench)).toContainText('Expired')
  await chooseOption(workbench, 'State', 'Active')
  await expect(workbench.getByRole('heading', { name: 'No token matches' })).toBeVisible()
})

test('a long ledger scrolls to its end, and keeps its place while tokens come in', { tag: '@once' }, async ({
  workbench,
}) => {
  const grants = 1000
  test.setTimeout(90_000)
  await callCore(workbench, 'settings.update', { signingAlg: 'HS256' })
  await issueMany(workbench, grants, { userId: 'alice', scopes: ['read'] })
  await openTokens(workbench)
  const total = (grants * 2).toLocaleString('en')
  await expect(workbench.getByTestId('token-count')).toHaveText(`${total} tokens`)
  // Only what is on screen is drawn.
  expect(await rows(workbench).count()).toBeLessThan(80)

  const grid = workbench.getByRole('grid', { name: 'Tokens' })
  await grid.focus()
  await grid.press('End')
  const { rows: oldest } = await callCore(workbench, 'tokens.list', { offset: grants * 2 - 1, limit: 1 })
  await expect(workbench.getByTestId(`row-${oldest[0]!.jti}`)).toBeInViewport()

  await grid.evaluate((element) => element.scrollTo({ top: element.scrollHeight / 2 }))
  const { rows: halfway } = await callCore(workbench, 'tokens.list', { offset: grants, limit: 1 })
  const middle = workbench.getByTestId(`row-${halfway[0]!.jti}`)
  // Until it is drawn, rows of the end are there, which leave.
  await expect(middle).toBeInViewport()
  await expect(middle).toContainText('alice')
  const before = await middle.boundingBox()
  await issueMany(workbench, 3, { userId: 'dave' })
  await expect(workbench.getByTestId('token-count')).toHaveText(
    `${(grants * 2 + 6).toLocaleString('en')} tokens`,
  )
  await expect.poll(async () => (await middle.boundingBox())?.y).toBeCloseTo(before!.y, 0)
})

test.describe('inspecting', () => {
  const inspect = async (page: Page, text: string) => {
    await openTokens(page)
    await page.getByRole('button', { name: 'Inspect a token' }).click()
    await page.getByRole('textbox', { name: 'Token', exact: true }).fill(text)
    return page.getByTestId('inspect-verdict')
  }

  test('a foreign token in a header line is decoded, UTF-8 claims and all', { tag: '@once' }, async ({
    workbench,
  }) => {
    const claims = { iss: 'https://login.example.com', name: 'Jürgen Groß 日本', exp: 1_900_000_000 }
    const token = `${part({ alg: 'RS256', kid: 'theirs' })}.${part(claims)}.c2ln`
    await expect(await inspect(workbench, `Authorization: Bearer ${token}`)).toContainText('unknown key')
    const dialog = workbench.getByRole('dialog')
    await expect(dialog.getByRole('row', { name: /^name / })).toContainText('Jürgen Groß 日本')
    await expect(dialog.getByRole('row', { name: /^exp / })).toContainText('2030-03-17')
    await expect(dialog.getByRole('row', { name: /^iss / })).toContainText('RFC 7519 4.1.1')
    await expect(dialog.locator('[data-part="payload"]').first()).toHaveText(part(claims))
  })

  test('a foreign token is verified with the keys of a JWKS URL', { tag: '@once' }, async ({
    workbench,
    issuer,
  }) => {
    const { access_token: token } = await callCore(workbench, 'tokens.issue', { userId: 'alice' })
    const seen = await inspect(workbench, JSON.stringify({ access_token: token }))
    await expect(seen).toContainText('Valid')
    await workbench.getByRole('textbox', { name: 'JWKS URL' }).fill(`${issuer}/jwks`)
    await workbench.getByRole('button', { name: 'Verify' }).click()
    await expect(workbench.getByTestId('inspection')).toContainText(`Verified with ${issuer}/jwks`)
    await workbench.getByRole('textbox', { name: 'JWKS URL' }).fill(`${issuer}/me`)
    await workbench.getByRole('button', { name: 'Verify' }).click()
    await expect(seen).toContainText('Not verified')
  })

  test('a broken token says what is broken, and shows what could be read', { tag: '@once' }, async ({
    workbench,
  }) => {
    const seen = await inspect(workbench, `${part({ alg: 'RS256' })}.!!!.c2ln`)
    await expect(seen).toContainText('Broken')
    await expect(seen).toContainText('payload')
    await expect(workbench.getByRole('dialog').getByRole('region', { name: 'header' })).toContainText('RS256')
  })

  test('a token of 64 KB is taken apart', { tag: '@once' }, async ({ workbench }) => {
    const token = `${part({ alg: 'RS256', kid: 'theirs' })}.${part({ sub: 'x', big: 'y'.repeat(48_000) })}.c2ln`
    expect(token.length).toBeGreaterThan(64_000)
    await expect(await inspect(workbench, token)).toContainText('unknown key')
    await expect(workbench.getByRole('dialog').getByRole('row', { name: /^sub / })).toContainText('x')
  })

  test('one of our own is found in the ledger', { tag: '@once' }, async ({ workbench }) => {
    const { access_token: token } = await callCore(workbench, 'tokens.issue', { userId: 'alice' })
    await expect(await inspect(workbench, `"${token}",`)).toContainText('Valid')
    await workbench.getByRole('button', { name: 'Open it in the ledger' }).click()
    await expect(workbench.getByRole('dialog')).toBeHidden()
    await expect(verdict(workbench)).toContainText('Active')
  })
})

test('the command palette issues, inspects and revokes what is selected', { tag: '@once' }, async ({
  workbench,
}) => {
  const { jti } = await openIssued(workbench)
  await doByPalette(workbench, 'revoke the selected', 'Revoke the selected token')
  await expect(verdict(workbench)).toContainText('Revoked')
  const { state } = await callCore(workbench, 'tokens.get', { jti })
  expect(state).toBe('revoked')
  await workbench.keyboard.press('ControlOrMeta+1')
  await doByPalette(workbench, 'inspect a token', 'Paste any token')
  await expect(workbench.getByRole('dialog', { name: 'Inspect a token' })).toBeVisible()
})
