import type { Locator, Page } from '@playwright/test'
import { callCore } from '../support/call.ts'
import { CLIENT, createPerson, openOtherIssuer } from '../support/other-issuer.ts'
import { doByPalette } from '../support/palette.ts'
import { expect, test } from '../support/workbench.ts'

const stateOf = (page: Page) => page.getByTestId('flow-state')
const card = (page: Page, number: number) => page.getByTestId(`flow-step-${number}`)
const outcome = (step: Locator) => step.getByTestId('flow-outcome')
const sendNext = (page: Page) => page.getByRole('button', { name: 'Send next step' })

/** Sends the next step, and waits for how it went: the button is free again only then. */
async function send(page: Page, number: number, word: string) {
  await sendNext(page).click()
  await expect(outcome(card(page, number))).toContainText(word)
}

/** Opens the dialog on a kind. */
async function openNew(page: Page, kind: string): Promise<Locator> {
  await page.evaluate(`location.hash = '#/flows?new=${kind}'`)
  const dialog = page.getByRole('dialog', { name: 'New flow' })
  await expect(dialog.getByTestId(`kind-${kind}`)).toBeChecked()
  return dialog
}

test('a code goes step by step to a refusal with a verifier changed by hand, and a branch to tokens', async ({
  workbench,
}) => {
  await workbench.keyboard.press('ControlOrMeta+2')
  await expect(workbench.getByRole('heading', { name: 'No flow yet' })).toBeVisible()
  const dialog = await openNew(workbench, 'authorization_code')
  await expect(dialog.getByRole('combobox', { name: 'As' })).toHaveValue('alice')
  await workbench.keyboard.press('ControlOrMeta+Enter')
  await expect(stateOf(workbench)).toHaveText('Open')

  for (const step of [1, 2, 3]) await send(workbench, step, 'Passed')
  const arrow = workbench.getByTestId('arrow-3')
  await expect(arrow).toContainText('4 POST /token')
  await arrow.click()
  const token = card(workbench, 4)
  await expect(token.getByRole('button', { expanded: true })).toBeFocused()
  await token.getByRole('textbox', { name: 'code_verifier', exact: true }).fill('x'.repeat(43))
  await expect(token.getByText('changed', { exact: true })).toBeVisible()
  await sendNext(workbench).click()
  await expect(outcome(token)).toContainText('Failed')
  await expect(stateOf(workbench)).toHaveText('Failed')
  await expect(arrow).toContainText('400 invalid_grant')

  await card(workbench, 3).getByRole('button', { expanded: false }).click()
  await card(workbench, 3).getByRole('button', { name: 'Branch here' }).click()
  await expect(workbench.getByRole('link', { name: /Branch of another flow/ })).toBeVisible()
  await workbench.getByRole('button', { name: 'Run all' }).click()
  await expect(stateOf(workbench)).toHaveText('Done')
  await expect(workbench.getByRole('grid', { name: 'Flows' }).getByText('Failed')).toBeVisible()

  await token.getByRole('tab', { name: /^Checks/ }).click()
  await expect(token.getByRole('list', { name: 'Checks, in order' })).not.toContainText('Failed')
  await token.getByRole('tab', { name: /^Tokens/ }).click()
  await token.getByRole('button', { name: 'Open in JWT lab' }).first().click()
  await expect(workbench.getByTestId('lab-verdict')).toContainText('Valid')
})

const kinds = [
  { kind: 'pushed_authorization', title: 'Pushed authorization request' },
  { kind: 'client_credentials', title: 'Client credentials' },
  { kind: 'password', title: 'Password', user: 'alice', password: 'wonderland' },
  { kind: 'password_2fa', title: 'Password and second factor', user: 'carol', password: 'caroling' },
  { kind: 'cookie_login', title: 'Cookie login', user: 'alice', password: 'wonderland' },
]

test('every other flow runs to its end at once, and its tokens go on to further steps', async ({
  workbench,
}) => {
  test.setTimeout(60_000)
  for (const { kind, title, user, password } of kinds) {
    const dialog = await openNew(workbench, kind)
    if (user && password) {
      await dialog.getByRole('combobox', { name: 'User' }).click()
      await workbench.getByRole('option', { name: user, exact: true }).click()
      await dialog.locator('[data-parameter="password"]').fill(password)
    }
    await dialog.getByRole('button', { name: 'Start and run all' }).click()
    await expect(dialog).toBeHidden()
    await expect(workbench.getByTestId('flow-facts')).toContainText(`${title} ·`)
    await expect(stateOf(workbench)).toHaveText('Done')
  }
  await doByPalette(workbench, 'run a sample flow', 'Run a sample flow')
  await expect(workbench.getByTestId('flow-facts')).toContainText('Authorization code + PKCE ·')
  await expect(stateOf(workbench)).toHaveText('Done')
  for (const title of [
    'Userinfo',
    'Introspect',
    'Refresh',
    'Token exchange',
    'API call',
    'Revoke',
    'Logout',
  ]) {
    await workbench.getByRole('button', { name: 'Add step' }).click()
    await workbench.getByRole('menuitem', { name: title, exact: true }).click()
    await expect(stateOf(workbench)).toHaveText('Open')
    await workbench.getByRole('button', { name: 'Run all' }).click()
    await expect(stateOf(workbench)).toHaveText('Done')
  }
  // Of its own it has four; metadata and keys are not fetched again.
  await expect(workbench.getByTestId(/^flow-step-/)).toHaveCount(4 + 7)
})

test('a device shows its code and waits, and has its tokens once the user approved', async ({
  workbench,
}) => {
  const dialog = await openNew(workbench, 'device')
  await dialog.getByText('Robot', { exact: true }).click()
  await dialog.getByRole('button', { name: 'Start step by step' }).click()
  for (const step of [1, 2, 3]) await send(workbench, step, 'Passed')
  await card(workbench, 5).getByRole('button', { expanded: false }).click()
  await expect(card(workbench, 5).getByTestId('flow-user-code')).toHaveText(/^[A-Z]{4}-[A-Z]{4}$/)
  await expect(card(workbench, 5).getByRole('img', { name: /QR code/ })).toBeVisible()
  await card(workbench, 5).getByRole('button', { name: 'Send', exact: true }).click()
  await expect(outcome(card(workbench, 5))).toContainText('Not approved yet')
  await card(workbench, 4).getByRole('button', { expanded: false }).click()
  await card(workbench, 4).getByRole('button', { name: 'Send', exact: true }).click()
  await expect(outcome(card(workbench, 4))).toContainText('Passed')
  await workbench.getByRole('button', { name: 'Run all' }).click()
  await expect(stateOf(workbench)).toHaveText('Done', { timeout: 15_000 })
  await expect(workbench.getByTestId('flow-device')).toHaveCount(0)
})

test('a login by browser comes back as a JWT in the fragment, which its page sends along', {
  tag: '@once',
}, async ({ workbench }) => {
  const parameters = { response_mode: 'fragment.jwt', login_hint: 'alice' }
  const { id } = await callCore(workbench, 'flows.start', { kind: 'authorization_code', parameters })
  const { waiting } = await callCore(workbench, 'flows.run', { id })
  await workbench.evaluate(`location.hash = '#/flows/${id}?step=3'`)
  await expect(workbench.getByTestId('flow-waiting')).toContainText('A listener takes the redirect')
  const login = await workbench.context().newPage()
  await login.goto(waiting!.url)
  await login.getByLabel('Password').fill('wonderland')
  await login.keyboard.press('Enter')
  await login.getByRole('button', { name: 'Allow' }).click()
  await expect(login.getByRole('heading')).toHaveText('You are back')
  expect(new URL(login.url()).hash).toBe('')
  await expect(stateOf(workbench)).toHaveText('Done')
  await card(workbench, 3)
    .getByRole('tab', { name: /^Checks/ })
    .click()
  await expect(card(workbench, 3)).toContainText("The response is signed by a key of the issuer's JWKS.")
})

test('another issuer: a profile by discovery, a code step by step, and the redirect pasted', async ({
  workbench,
}) => {
  const other = await openOtherIssuer()
  try {
    await doByPalette(workbench, 'profiles of flows', 'Profiles of flows')
    await workbench.getByRole('button', { name: 'Add a profile' }).click()
    const form = workbench.getByRole('form', { name: 'Profile' })
    await form.getByRole('textbox', { name: 'Name' }).fill('Other')
    await form.getByRole('textbox', { name: 'Issuer URL' }).fill(other.url)
    await form.getByRole('button', { name: 'Look at its metadata' }).click()
    await expect(workbench.getByTestId('discovered')).toContainText('token endpoint')
    await form.getByRole('textbox', { name: 'client_id' }).fill(CLIENT.id)
    await form.getByRole('combobox', { name: /^Authentication/ }).click()
    await workbench.getByRole('option', { name: 'client_secret_basic' }).click()
    await form.getByLabel('Client secret').fill(CLIENT.secret)
    await expect(workbench.getByTestId('secret-kept')).toContainText(/plain text|encrypted/)
    await form.getByText('To another URI').click()
    await form.getByRole('textbox', { name: 'redirect_uri' }).fill('http://127.0.0.1/callback')
    await form.getByRole('button', { name: 'Add profile' }).click()
    await expect(form.getByRole('heading', { name: 'Other' })).toBeVisible()
    await expect(form.getByLabel('Client secret')).toHaveValue('')

    const dialog = await openNew(workbench, 'authorization_code')
    await dialog.getByRole('combobox', { name: 'Profile' }).click()
    await workbench.getByRole('option', { name: 'Other' }).click()
    await expect(dialog.getByText('Robot', { exact: true })).toHaveCount(0)
    await dialog.getByRole('button', { name: 'Start step by step' }).click()
    for (const step of [1, 2]) await send(workbench, step, 'Passed')
    await sendNext(workbench).click()
    const waiting = workbench.getByTestId('flow-waiting')
    const redirect = await createPerson().visit(await waiting.getByTestId('flow-login-url').innerText())
    await waiting.getByRole('textbox', { name: 'Address the browser ended at' }).fill(redirect)
    await waiting.getByRole('button', { name: 'Take it' }).click()
    await expect(outcome(card(workbench, 3))).toContainText('Passed')
    await send(workbench, 4, 'Passed')
    await expect(stateOf(workbench)).toHaveText('Done')
    await card(workbench, 4)
      .getByRole('tab', { name: /^Tokens/ })
      .click()
    await expect(card(workbench, 4).getByRole('region', { name: /^id_token/ })).toContainText(other.url)
    const calls = await callCore(workbench, 'lab.outbound', { limit: 50 })
    expect(calls.every(({ url, loopback }) => url.startsWith(other.url) && loopback)).toBe(true)
  } finally {
    await other.close()
  }
})
