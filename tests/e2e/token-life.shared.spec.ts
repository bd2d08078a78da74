import type { Page } from '@playwright/test'
import { callCore } from '../support/call.ts'
import { expect, test } from '../support/workbench.ts'

const rows = (page: Page) => page.getByTestId(/^row-/)

const me = (issuer: string, token: string) =>
  fetch(`${issuer}/me`, { headers: { authorization: `Bearer ${token}` } })

/** Issues tokens for alice, and names both. */
async function issue(page: Page) {
  const { access_token } = await callCore(page, 'tokens.issue', { userId: 'alice', scopes: ['read'] })
  const { rows: found } = await callCore(page, 'tokens.list', { limit: 2 })
  const jtiOf = (kind: string) => found.find((row) => row.kind === kind)!.jti
  return { token: access_token, access: jtiOf('access'), refresh: jtiOf('refresh') }
}

const open = (page: Page, place: string) => page.evaluate(`location.hash = '#/tokens${place}'`)

test('several refreshes at once have one winner under strict, which the trace shows and the family remembers', {
  tag: '@once',
}, async ({ workbench }) => {
  await callCore(workbench, 'settings.update', { refreshRotation: 'strict' })
  const { refresh } = await issue(workbench)
  await open(workbench, `/${refresh}`)
  await workbench.getByRole('button', { name: 'Refresh race' }).click()
  const dialog = workbench.getByRole('dialog', { name: 'Refresh race' })
  await dialog.getByRole('textbox', { name: 'Requests at once' }).fill('4')
  await dialog.getByRole('button', { name: 'Start the race' }).click()
  await expect(dialog.getByTestId('race-verdict')).toContainText('1 of 4 won, and the family was revoked')
  await expect(dialog.getByRole('row', { name: /Lost/ })).toHaveCount(3)
  await workbench.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  const used = workbench.getByTestId(`family-${refresh}`)
  for (const word of ['Consumed', 'Reused', 'Revoked']) await expect(used).toContainText(word)
  await workbench.getByRole('button', { name: 'Refresh race' }).click()
  await dialog.getByRole('button', { name: 'Start the race' }).click()
  await dialog.getByRole('link', { name: 'See the race in its trace' }).click()
  await expect(workbench.getByText('One refresh token is used by several requests at once')).toBeVisible()
})

test('the deny list shows how long each entry stays and why, and lets one off it again', {
  tag: '@once',
}, async ({ workbench, issuer }) => {
  const { token, access: jti } = await issue(workbench)
  await open(workbench, '?view=denied')
  await expect(workbench.getByRole('heading', { name: 'Nothing is on the deny list' })).toBeVisible()
  await callCore(workbench, 'tokens.revoke', { jtis: [jti], reason: 'stolen laptop' })
  await expect(rows(workbench)).toHaveCount(1)
  await expect(rows(workbench)).toContainText(/14 m .*stolen laptop.*workbench/s)
  await workbench.getByRole('checkbox', { name: `Select ${jti}` }).click()
  await workbench.getByRole('button', { name: 'Take off the list' }).click()
  await expect(rows(workbench)).toHaveCount(0)
  expect((await me(issuer, token)).status).toBe(200)
})
