import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { openListening } from '../recipes/listening.ts'
import { type Chromium, lazyChromium } from '../support/chromium.ts'
import { CAROLS_SECRET, totpCode } from '../support/totp.ts'

// Every page a login can show, judged by axe against WCAG 2.2 AA, in both colour schemes.

const wcag22aa = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

let chromium: Chromium
beforeAll(() => {
  chromium = lazyChromium()
})
afterAll(() => chromium.close())

async function violationsOn(page: Page): Promise<string[]> {
  const found: string[] = []
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    const { violations, passes } = await new AxeBuilder({ page })
      .options({ resultTypes: ['violations'] })
      .withTags(wcag22aa)
      .analyze()
    expect(passes.map(({ id }) => id)).toContain('color-contrast')
    for (const { id, nodes } of violations)
      for (const { target } of nodes) found.push(`${page.url()} ${colorScheme}: ${id} at ${target.join(' ')}`)
  }
  return found
}

test('login, second factor, consent and refusal keep WCAG 2.2 AA', { timeout: 60_000 }, async () => {
  const { issuer, client } = await openListening()
  await client.call('clients.create', {
    id: 'app',
    redirectUris: ['https://app.example/cb'],
    clientUri: 'https://app.example/',
    policyUri: 'https://app.example/privacy',
    tosUri: 'https://app.example/terms',
  })
  const context = await (await chromium.browser()).newContext()
  onTestFinished(() => context.close())
  const page = await context.newPage()
  const request = (redirect_uri: string) =>
    `${issuer}/authorize?${new URLSearchParams({ client_id: 'app', response_type: 'code', scope: 'openid read', redirect_uri })}`

  await page.goto(request('https://app.example/cb/'))
  await page.getByText('it ends in a slash').waitFor()
  const found = await violationsOn(page)

  await page.goto(request('https://app.example/cb'))
  found.push(...(await violationsOn(page)))
  await page.getByLabel('Username').fill('carol')
  await page.getByLabel('Password').fill('wrong')
  await page.getByRole('button', { name: 'Log in' }).click()
  await page.getByRole('alert').waitFor()
  found.push(...(await violationsOn(page)))
  await page.getByLabel('Password').fill('caroling')
  await page.getByRole('button', { name: 'Log in' }).click()
  await page.getByLabel('Code').waitFor()
  found.push(...(await violationsOn(page)))
  await page.getByLabel('Code').fill(totpCode(CAROLS_SECRET, Date.now()))
  await page.getByRole('button', { name: 'Verify' }).click()
  await page.getByRole('link', { name: 'Its privacy policy' }).waitFor()
  await page.getByText('What the app asked for').click()
  found.push(...(await violationsOn(page)))
  expect(found).toEqual([])
})
