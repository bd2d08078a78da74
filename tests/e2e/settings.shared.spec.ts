import type { Page } from '@playwright/test'
import { workspaceFile } from '../../shared/contract/workspace-file.ts'
import { logIn, me, partOf } from '../support/app.ts'
import { callCore } from '../support/call.ts'
import { expect, test } from '../support/workbench.ts'

const openSettings = (page: Page) => page.getByTestId('nav-settings').click()
const save = async (page: Page) => {
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(page.getByText('Settings saved')).toBeVisible()
}
const importText = (page: Page, text: string) =>
  page
    .getByTestId('workspace')
    .locator('input[type=file]')
    .setInputFiles({ name: 'team.json', mimeType: 'application/json', buffer: Buffer.from(text) })

test('the lifetime and the algorithm chosen here are those of the next token', { tag: '@once' }, async ({
  workbench,
  issuer,
}) => {
  await openSettings(workbench)
  await workbench.getByRole('button', { name: 'default', exact: true }).click()
  const lifetime = workbench.getByRole('textbox', { name: 'Access token lives' })
  await lifetime.fill('soon')
  await expect(lifetime).toHaveAttribute('aria-invalid', 'true')
  await lifetime.fill('400000 d')
  await workbench.getByRole('button', { name: 'Save changes' }).click()
  await expect(lifetime).toHaveAccessibleDescription(/must be at most/)
  await workbench.getByRole('button', { name: 'Discard' }).click()
  await expect(lifetime).toHaveValue('15 m')
  await expect(lifetime).not.toHaveAttribute('aria-invalid')

  await lifetime.fill('2 m 30 s')
  await workbench.getByRole('combobox', { name: 'Signed with' }).click()
  await workbench.getByRole('option', { name: 'ES256' }).click()
  await workbench.getByRole('button', { name: 'Save changes' }).click()
  await expect(workbench.getByText('default saved')).toBeVisible()

  const token = await logIn(issuer, 'alice', 'wonderland')
  expect(partOf(token, 0)).toMatchObject({ alg: 'ES256' })
  const { iat, exp } = partOf(token, 1)
  expect(Number(exp) - Number(iat)).toBe(150)
  expect((await me(issuer, token)).status).toBe(200)
})

test('the session cookie is Secure until it is switched off, for a reason given beside it', {
  tag: '@once',
}, async ({ workbench, issuer }) => {
  const setCookie = async () => {
    const body = new URLSearchParams({ username: 'alice', password: 'wonderland' })
    const response = await fetch(`${issuer}/login`, { method: 'POST', body })
    return response.headers.get('set-cookie')
  }
  await openSettings(workbench)
  await expect(workbench.getByTestId('cookie-settings')).toContainText(
    'never send such a cookie back over http',
  )
  expect(await setCookie()).toContain('; Secure')
  await workbench.getByRole('switch', { name: 'Leave Secure off while the issuer is plain http' }).click()
  await save(workbench)
  expect(await setCookie()).toMatch(/^session_id=/)
  expect(await setCookie()).not.toContain('Secure')
})

test('an export holds secrets only when asked to, and its import brings the workspace back', async ({
  workbench,
  issuer,
  saved,
}) => {
  await openSettings(workbench)
  const panel = workbench.getByTestId('workspace')
  const without = await saved(() => panel.getByRole('button', { name: 'Export', exact: true }).click())
  const withSecrets = await saved(() => panel.getByRole('button', { name: 'Export with secrets' }).click())
  expect(without.name).toMatch(/^grantscope-\d{4}-\d\d-\d\d\.json$/)
  for (const secret of ['passwordHash', 'totpSecret', 'demo-web-secret']) {
    expect(without.text).not.toContain(secret)
    expect(withSecrets.text).toContain(secret)
  }
  const file = workspaceFile.parse(JSON.parse(withSecrets.text))

  await importText(workbench, '{ "version": 1, ')
  await expect(workbench.getByRole('alert').filter({ hasText: 'It is not JSON' })).toContainText(
    'team.json was not imported',
  )
  const dialog = workbench.getByRole('dialog', { name: 'Import team.json?' })
  await importText(workbench, JSON.stringify({ ...file, users: [{ username: 'gina', email: 'nowhere' }] }))
  await expect(dialog.getByTestId('import-failure')).toContainText('users.0.email')
  await dialog.getByRole('button', { name: 'Close', exact: true }).last().click()
  await expect(dialog).toBeHidden()

  await importText(workbench, JSON.stringify({ version: 1, users: [{ username: 'gina', password: 'pot' }] }))
  const effects = dialog.getByTestId('import-preview')
  await expect(effects).toContainText('New: gina')
  await expect(effects).toContainText('Removed: alice, bob, carol, dave, erin')
  expect((await callCore(workbench, 'users.list', {})).length).toBe(file.users?.length)
  await dialog.getByRole('button', { name: 'Import', exact: true }).click()
  await expect(workbench.getByText(/^Imported 1 users/)).toBeVisible()
  const names = async () => (await callCore(workbench, 'users.list', {})).map(({ username }) => username)
  expect(await names()).toEqual(['gina'])
  await workbench.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect.poll(names).toEqual(['alice', 'bob', 'carol', 'dave', 'erin'])
  expect((await me(issuer, await logIn(issuer, 'alice', 'wonderland'))).status).toBe(200)
})

test('a reset asks first, and then this is the demo workspace again', { tag: '@once' }, async ({
  workbench,
  issuer,
}) => {
  await callCore(workbench, 'users.delete', { id: 'alice' })
  await callCore(workbench, 'settings.update', { exchangesKept: 700 })
  await openSettings(workbench)
  await workbench.getByRole('button', { name: 'Reset to the demo workspace' }).click()
  const dialog = workbench.getByRole('dialog', { name: 'Reset to the demo workspace?' })
  await expect(dialog).toContainText('Every token, session and recorded exchange is forgotten')
  await dialog.getByRole('button', { name: 'Reset workspace' }).click()
  await expect(dialog).toBeHidden()
  await expect(workbench.getByRole('textbox', { name: 'Exchanges kept' })).toHaveValue('5,000')
  expect((await me(issuer, await logIn(issuer, 'alice', 'wonderland'))).status).toBe(200)
})

test('a clock moved ahead expires tokens, and the status bar never stops saying so', {
  tag: '@once',
}, async ({ workbench, issuer }) => {
  const token = await logIn(issuer, 'alice', 'wonderland')
  await openSettings(workbench)
  const warning = workbench.getByTestId('simulated-clock')
  await expect(warning).toBeHidden()
  await workbench.getByRole('button', { name: 'Move the clock by +1 h' }).click()
  await expect(workbench.getByTestId('clock')).toContainText('1 h ahead of real time')
  await expect(warning).toContainText('Simulated clock +1 h')
  const refused = await me(issuer, token)
  expect(refused.status).toBe(401)
  expect(await refused.json()).toMatchObject({ detail: 'Token expired' })

  await workbench.getByRole('switch', { name: /^Freeze/ }).click()
  await expect(warning).toContainText('Clock frozen')
  await workbench.getByTestId('nav-users').click()
  await warning.click()
  const panel = workbench.getByTestId('clock-popover')
  await panel.getByRole('button', { name: 'Back to real time' }).click()
  await expect(warning).toBeHidden()
  expect((await me(issuer, token)).status).toBe(200)

  await panel.getByRole('button', { name: /^Just after the expiry of the access token/ }).click()
  await expect(warning).toBeVisible()
  expect((await me(issuer, token)).status).toBe(401)
  await panel.getByRole('textbox', { name: /Sample API's clock/ }).fill('-60')
  await panel.getByRole('button', { name: 'Set skew' }).click()
  await expect(workbench.getByTestId('api-skew')).toHaveText('API clock −1 m')
  expect((await me(issuer, token)).status).toBe(200)
})
