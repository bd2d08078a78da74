import { callCore } from '../support/call.ts'
import { expect, test } from '../support/workbench.ts'

test('an issuer is made, found by discovery, told apart by a setting of its own, and deleted', {
  tag: '@once',
}, async ({ workbench, issuer }) => {
  await workbench.getByTestId('nav-issuers').click()
  await workbench.getByRole('button', { name: 'Add issuer' }).click()
  const dialog = workbench.getByRole('dialog')
  const name = dialog.getByRole('textbox', { name: 'Name' })
  await name.fill('token')
  await workbench.keyboard.press('ControlOrMeta+Enter')
  await expect(name).toHaveAccessibleDescription(/a path of the default issuer/)
  await name.fill('tenant-a')
  await workbench.keyboard.press('ControlOrMeta+Enter')
  await expect(workbench.getByRole('heading', { name: 'tenant-a' })).toBeVisible()
  await expect(workbench.getByTestId('issuer-detail-url')).toHaveText(`${issuer}/tenant-a`)
  const discovered = () =>
    fetch(`${issuer}/tenant-a/.well-known/openid-configuration`).then((answer) => answer.json())
  expect(await discovered()).toMatchObject({ issuer: `${issuer}/tenant-a` })

  const lifetime = workbench.getByRole('textbox', { name: /^Access token lives/ })
  await expect(lifetime).toHaveValue('15 m')
  await lifetime.fill('400000 d')
  const claims = workbench.getByRole('textbox', { name: /^Claims of every token/ })
  await claims.fill('{ "tenant": ')
  await expect(workbench.getByRole('button', { name: 'Save changes' })).toBeDisabled()
  await claims.fill('{ "tenant": "acme" }')
  await workbench.getByRole('button', { name: 'Save changes' }).click()
  await expect(lifetime).toHaveAccessibleDescription(/must be at most/)
  await lifetime.fill('2 m')
  await workbench.getByRole('combobox', { name: /^Who may register/ }).click()
  await workbench.getByRole('option', { name: 'Nobody' }).click()
  await workbench.getByRole('button', { name: 'Save changes' }).click()
  await expect(workbench.getByText('Unsaved changes')).toBeHidden()
  await expect(workbench.getByText('3 settings of its own')).toBeVisible()
  expect(await discovered()).not.toHaveProperty('registration_endpoint')
  const token = await callCore(workbench, 'tokens.issue', { issuer: 'tenant-a', userId: 'alice' })
  expect(token.expires_in).toBe(120)

  await workbench.getByRole('button', { name: 'Access token lives: back to as the default issuer' }).click()
  await expect(lifetime).toHaveValue('15 m')
  await workbench.keyboard.press('ControlOrMeta+Enter')
  await expect(workbench.getByText('2 settings of its own')).toBeVisible()
  await workbench.reload()
  await expect(claims).toHaveValue(/"acme"/)
  await expect(lifetime).toHaveValue('15 m')

  await workbench.getByRole('button', { name: 'Delete' }).click()
  await expect(workbench.getByRole('dialog')).toContainText('what it signed cannot be verified any more')
  await workbench.getByRole('button', { name: 'Delete issuer' }).click()
  await expect(workbench.getByTestId('row-tenant-a')).toBeHidden()
  expect((await fetch(`${issuer}/tenant-a/.well-known/openid-configuration`)).status).toBe(404)
})
