import type { Page } from '@playwright/test'
import { askForToken, logIn, me, verifySecondFactor } from '../support/app.ts'
import { callCore } from '../support/call.ts'
import { totpCode, wrongCode } from '../support/totp.ts'
import { expect, test } from '../support/workbench.ts'

const openUser = async (page: Page, id: string) => {
  await page.getByTestId('nav-users').click()
  await page.getByTestId(`row-${id}`).click()
  await expect(page.getByRole('heading', { name: id, level: 2 })).toBeVisible()
}
const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true })
const save = (page: Page) => page.getByRole('button', { name: 'Save changes' })

test('a user added here can log in, and wrong input is said at its field', async ({ workbench, issuer }) => {
  await workbench.getByTestId('nav-users').click()
  await workbench.getByRole('button', { name: 'Add user' }).click()
  const dialog = workbench.getByRole('dialog', { name: 'Add user' })
  const username = dialog.getByRole('textbox', { name: 'User name' })
  const email = dialog.getByRole('textbox', { name: 'E-mail' })
  const password = dialog.getByRole('textbox', { name: 'Password' })
  await email.fill('not an address')
  await password.fill('x'.repeat(73))
  await dialog.getByRole('button', { name: 'Add user' }).click()
  for (const input of [username, email, password]) await expect(input).toHaveAttribute('aria-invalid', 'true')
  await expect(password).toHaveAccessibleDescription(/72 bytes/)

  await username.fill('alice')
  await email.fill('frank@example.test')
  await password.fill('frankly')
  await workbench.keyboard.press('ControlOrMeta+Enter')
  await expect(username).toHaveAccessibleDescription(/already/)

  await username.fill('frank')
  await dialog.getByRole('button', { name: 'Add user' }).click()
  await expect(dialog).toBeHidden()
  await expect(workbench.getByRole('heading', { name: 'frank' })).toBeVisible()
  await expect(workbench.getByText('Has never logged in')).toBeVisible()
  const profile = await me(issuer, await logIn(issuer, 'frank', 'frankly'))
  expect(await profile.json()).toMatchObject({ sub: 'frank', email: 'frank@example.test', is_active: true })
  await expect(workbench.getByText('Last login')).toBeVisible()

  await workbench.getByRole('searchbox', { name: 'Search users' }).fill('frank@')
  await expect(workbench.getByTestId(/^row-/)).toHaveCount(1)
})

test('edited claims are in the profile at once, and broken ones cannot be saved', { tag: '@once' }, async ({
  workbench,
  issuer,
}) => {
  const token = await logIn(issuer, 'alice', 'wonderland')
  await openUser(workbench, 'alice')
  const claims = field(workbench, 'Further claims')
  await claims.fill('{ "roles": [ }')
  await expect(claims).toHaveAttribute('aria-invalid', 'true')
  await expect(save(workbench)).toBeDisabled()

  await claims.fill('{ "roles": ["editor"], "address": { "country": "GB" } }')
  await field(workbench, 'Name').fill('Alice Pleasance Liddell')
  await workbench.getByTestId('nav-tokens').click()
  await openUser(workbench, 'alice')
  await expect(field(workbench, 'Name')).toHaveValue('Alice Pleasance Liddell')
  await save(workbench).click()
  await expect(save(workbench)).toBeHidden()
  expect(await (await me(issuer, token)).json()).toMatchObject({
    name: 'Alice Pleasance Liddell',
    roles: ['editor'],
    address: { country: 'GB' },
  })

  await field(workbench, 'User name').fill('dave')
  await save(workbench).click()
  await expect(field(workbench, 'User name')).toHaveAccessibleDescription(/There is a user named "dave"/)
  await workbench.getByRole('button', { name: 'Discard' }).click()
  await expect(field(workbench, 'User name')).toHaveValue('alice')
})

test('an inactive user gets 400 "Inactive user", until it is undone', { tag: '@once' }, async ({
  workbench,
  issuer,
}) => {
  const token = await logIn(issuer, 'alice', 'wonderland')
  await openUser(workbench, 'alice')
  await workbench.getByRole('switch', { name: 'Active' }).click()
  await expect(workbench.getByTestId('row-alice')).toContainText('Inactive')
  const refused = await me(issuer, token)
  expect(refused.status).toBe(400)
  expect(await refused.json()).toMatchObject({ detail: 'Inactive user' })

  await workbench.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(workbench.getByTestId('row-alice')).toContainText('Active')
  expect((await me(issuer, token)).status).toBe(200)
})

test('a new password replaces the old one, and a deleted user is out at once', { tag: '@once' }, async ({
  workbench,
  issuer,
}) => {
  const token = await logIn(issuer, 'dave', 'davinci')
  await openUser(workbench, 'dave')
  await field(workbench, 'New password').fill('ü'.repeat(37))
  await workbench.getByRole('button', { name: 'Set password' }).click()
  await expect(field(workbench, 'New password')).toHaveAccessibleDescription(/72 bytes/)
  await field(workbench, 'New password').fill('mona lisa')
  await workbench.getByRole('button', { name: 'Set password' }).click()
  await expect(workbench.getByText('dave has a new password')).toBeVisible()
  await expect(field(workbench, 'New password')).toHaveValue('')
  expect((await askForToken(issuer, 'dave', 'davinci')).status).toBe(400)
  expect((await askForToken(issuer, 'dave', 'mona lisa')).status).toBe(200)

  await workbench.getByRole('button', { name: 'Delete', exact: true }).click()
  const dialog = workbench.getByRole('dialog', { name: 'Delete dave?' })
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused()
  await dialog.getByRole('button', { name: 'Delete user' }).click()
  await expect(workbench.getByTestId('row-dave')).toBeHidden()
  expect((await me(issuer, token)).status).toBe(401)
  const unknown = await askForToken(issuer, 'dave', 'mona lisa')
  expect(await unknown.json()).toMatchObject({ error: 'invalid_grant' })
})

test('a second factor is set up, confirmed, asked for with the code on screen, and reset', {
  tag: '@once',
}, async ({ workbench, issuer }) => {
  await openUser(workbench, 'dave')
  const panel = workbench.getByTestId('second-factor')
  await panel.getByRole('button', { name: 'Set up second factor' }).click()
  const qr = panel.getByRole('img', { name: /QR code/ })
  await expect(qr).toBeVisible()
  expect(await qr.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(100)
  const secret = await panel.getByTestId('totp-secret').innerText()
  await expect(panel.getByText('Pending')).toBeVisible()

  const typed = panel.getByRole('textbox', { name: 'Code from the authenticator app' })
  await typed.fill(wrongCode(secret, Date.now()))
  await panel.getByRole('button', { name: 'Confirm' }).click()
  await expect(typed).toHaveAccessibleDescription(/not the one of this moment/)
  await expect(panel.getByText('1 wrong code')).toBeVisible()
  await typed.fill(totpCode(secret, Date.now()))
  await panel.getByRole('button', { name: 'Confirm' }).click()
  await expect(panel.getByText('On', { exact: true })).toBeVisible()

  // A code counts once: the next one is another.
  const used = await panel.getByTestId('totp-code').innerText()
  await callCore(workbench, 'clock.set', { offsetMs: 30_000 })
  await expect(panel.getByTestId('totp-code')).not.toHaveText(used)
  const pending = await logIn(issuer, 'dave', 'davinci')
  expect((await me(issuer, pending)).status).toBe(401)
  const verified = await verifySecondFactor(issuer, pending, await panel.getByTestId('totp-code').innerText())
  expect(verified.status).toBe(200)
  const { access_token: full } = await verified.json()
  expect(await (await me(issuer, full)).json()).toMatchObject({ sub: 'dave', two_factor: true })

  await panel.getByRole('button', { name: 'Reset second factor' }).click()
  await workbench.getByRole('dialog').getByRole('button', { name: 'Reset' }).click()
  await expect(panel.getByText('Off', { exact: true })).toBeVisible()
  expect((await me(issuer, await logIn(issuer, 'dave', 'davinci'))).status).toBe(200)
})

test('five wrong codes lock the second factor, and it can be unlocked', { tag: '@once' }, async ({
  workbench,
  issuer,
}) => {
  await openUser(workbench, 'carol')
  const panel = workbench.getByTestId('second-factor')
  const secret = await panel.getByTestId('totp-secret').innerText()
  const pending = await logIn(issuer, 'carol', 'caroling')
  const wrong = wrongCode(secret, Date.now())
  for (let count = 0; count < 5; count++) await verifySecondFactor(issuer, pending, wrong)
  await expect(panel.getByText('Locked after wrong codes')).toBeVisible()
  const refused = await verifySecondFactor(issuer, pending, totpCode(secret, Date.now()))
  expect(refused.status).toBe(429)

  await panel.getByRole('button', { name: 'Unlock' }).click()
  await expect(panel.getByText('Locked after wrong codes')).toBeHidden()
  const accepted = await verifySecondFactor(issuer, pending, totpCode(secret, Date.now()))
  expect(accepted.status).toBe(200)
})

test('a session is shown where it began, and ends here as by a logout', { tag: '@once' }, async ({
  workbench,
  issuer,
}) => {
  await openUser(workbench, 'alice')
  const sessions = workbench.getByTestId('sessions')
  await expect(sessions).toContainText('Not logged in anywhere')
  const answer = await fetch(`${issuer}/login`, {
    method: 'POST',
    body: new URLSearchParams({ username: 'alice', password: 'wonderland' }),
  })
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? ''
  const profile = () => fetch(`${issuer}/me`, { headers: { cookie } })
  expect((await profile()).status).toBe(200)
  await expect(sessions).toContainText('At the default issuer, by pwd')
  await sessions.getByRole('button', { name: 'End session' }).click()
  await expect(sessions).toContainText('Not logged in anywhere')
  expect((await profile()).status).toBe(401)
})
