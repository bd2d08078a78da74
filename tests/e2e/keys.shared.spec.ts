import type { Page } from '@playwright/test'
import { logIn, me, partOf } from '../support/app.ts'
import { expect, test } from '../support/workbench.ts'

const kidOf = (token: string): string => String(partOf(token, 0).kid)
const publishedKids = async (issuer: string): Promise<string[]> => {
  const { keys } = (await (await fetch(`${issuer}/jwks`)).json()) as { keys: { kid: string; use: string }[] }
  return keys.filter(({ use }) => use === 'sig').map(({ kid }) => kid)
}
const openKey = async (page: Page, kid: string) => {
  await page.getByTestId(`row-${kid}`).click()
  await expect(page.getByTestId('key-facts')).toContainText(kid)
}

test('a key is rotated, taken out of the JWKS and revoked, and each step can be undone', {
  tag: '@once',
}, async ({ workbench, issuer }) => {
  const before = await logIn(issuer, 'alice', 'wonderland')
  const former = kidOf(before)

  await workbench.getByTestId('nav-keys').click()
  await workbench.getByRole('button', { name: 'New key' }).click()
  const dialog = workbench.getByRole('dialog', { name: 'New key' })
  await dialog.getByRole('combobox', { name: 'Algorithm' }).click()
  await workbench.getByRole('option', { name: 'ES256' }).click()
  await workbench.keyboard.press('ControlOrMeta+Enter')
  await expect(dialog).toBeHidden()
  await expect(workbench.getByRole('heading', { name: /^ES256/ })).toBeVisible()
  const after = await logIn(issuer, 'alice', 'wonderland')
  expect(await publishedKids(issuer)).toEqual([former, kidOf(after)])
  await expect(workbench.getByTestId('key-tokens')).toHaveText(/^1 live/)

  await openKey(workbench, former)
  await workbench.getByRole('button', { name: 'Take out of the JWKS' }).click()
  await expect(workbench.getByTestId('jwks')).toContainText('not among them')
  expect(await publishedKids(issuer)).toEqual([kidOf(after)])
  expect((await me(issuer, before)).status).toBe(200)

  await workbench.getByRole('button', { name: 'Revoke', exact: true }).click()
  await expect(workbench.getByTestId('key-tokens')).toHaveText(/^0 live/)
  expect((await me(issuer, before)).status).toBe(401)
  expect((await me(issuer, after)).status).toBe(200)
  await workbench.getByRole('button', { name: 'Undo the revocation' }).click()
  await expect(workbench.getByTestId('key-tokens')).toHaveText(/^1 live/)
  expect((await me(issuer, before)).status).toBe(200)

  await workbench.getByRole('button', { name: 'Delete', exact: true }).click()
  await workbench.getByRole('button', { name: 'Delete key' }).click()
  await expect(
    workbench.getByRole('alert').filter({ hasText: 'Revoke the key to refuse them' }),
  ).toBeVisible()
})
