import { askForToken, logIn } from '../support/app.ts'
import { openPalette } from '../support/palette.ts'
import { expect, test } from '../support/workbench.ts'

test('every URL shown answers, and copying one puts it on the clipboard', async ({ workbench, issuer }) => {
  const urls = await workbench.getByTestId(/^url-/).allInnerTexts()
  expect(urls).toHaveLength(5)
  for (const url of urls) {
    expect(url.startsWith(issuer), url).toBe(true)
    // The token endpoint answers to GET that it wants POST; nothing lives at the bare issuer.
    const { status } = await fetch(url)
    if (url.endsWith('/token')) expect(status).toBe(405)
    else if (url !== issuer) expect(status, url).toBe(200)
  }
  const discovery = await (await fetch(`${issuer}/.well-known/openid-configuration`)).json()
  expect([discovery.issuer, discovery.token_endpoint, discovery.jwks_uri]).toEqual(
    expect.arrayContaining(urls.filter((url) => /(:\d+|token|jwks)$/.test(url))),
  )

  await workbench.getByRole('button', { name: 'Copy Signing keys (JWKS)' }).click()
  await expect(workbench.getByRole('button', { name: 'Copied' })).toBeVisible()
  const search = await openPalette(workbench)
  // Reading the clipboard is denied to pages; pasting is the user's own doing.
  await workbench.keyboard.press('ControlOrMeta+v')
  await expect(search).toHaveValue(`${issuer}/jwks`)
})

test('each demo user is shown with the password it really has', { tag: '@once' }, async ({
  workbench,
  issuer,
}) => {
  const rows = workbench.getByTestId(/^demo-user-/)
  await expect(rows).toHaveCount(5)
  for (const row of await rows.all()) {
    const [username, password] = await row.getByRole('cell').allInnerTexts()
    const answer = await askForToken(issuer, username!.trim(), password!.trim())
    const { scope, detail } = await answer.json()
    if (username === 'bob') expect([answer.status, detail]).toEqual([400, 'Inactive user'])
    else expect([username, answer.status]).toEqual([username, 200])
    if (username === 'carol') expect(scope).toBe('2fa')
  }
})

test('exchanges show up as they happen, and lead to their trace', async ({ workbench, issuer }) => {
  await expect(workbench.getByRole('heading', { name: 'Nothing yet' })).toBeVisible()
  await logIn(issuer, 'alice', 'wonderland')
  const recent = workbench.getByTestId(/^recent-/)
  await expect(recent).toHaveCount(1)
  await expect(recent.first()).toContainText('POST /token')
  await expect(recent.first()).toContainText('200')
  await askForToken(issuer, 'alice', 'wrong')
  await expect(recent.first()).toContainText('invalid_grant')
  await recent.first().click()
  await expect(workbench).toHaveURL(/#\/traces\/\d+$/)
  await expect(workbench.getByTestId('nav-traces')).toHaveAttribute('aria-current', 'page')
})

test('the tour goes from a login to a finding to its cure by keyboard, and outlives a reload', async ({
  workbench,
}) => {
  const [login, broken, fix] = ['login', 'break', 'fix'].map((step) => workbench.getByTestId(`tour-${step}`))
  await expect(login!).toHaveAttribute('aria-current', 'step')
  await login!.getByRole('button', { name: 'Log alice in' }).press('Enter')
  await expect(login!.getByRole('link', { name: 'See its trace' })).toBeVisible()
  await expect(login!.getByRole('button', { name: 'Log in again' })).toBeFocused()

  await expect(broken!).toHaveAttribute('aria-current', 'step')
  await workbench.keyboard.press('ControlOrMeta+Enter')
  await expect(broken!).toContainText('invalid_grant')
  await broken!.getByRole('link', { name: 'See why in its trace' }).press('Enter')
  await expect(workbench.getByText('The redirect URI is nearly right').first()).toBeVisible()

  await workbench.getByTestId('nav-overview').press('Enter')
  await workbench.reload()
  const uri = fix!.getByRole('textbox', { name: 'redirect_uri of the token request' })
  await expect(uri).toHaveValue(/\/callback\/$/)
  await uri.press('End')
  await uri.press('Backspace')
  await fix!.getByRole('button', { name: 'Run it again' }).press('Enter')
  const tour = workbench.getByTestId('tour')
  await expect(tour.getByRole('heading', { name: 'Tour: done' })).toBeVisible()
  await expect(fix!).toContainText('The app has its tokens')
  await tour.getByRole('button', { name: 'Close' }).press('Enter')
  await expect(tour).toBeHidden()
})
