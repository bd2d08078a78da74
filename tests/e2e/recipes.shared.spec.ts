import type { Page } from '@playwright/test'
import { expect, test } from '../support/workbench.ts'

const topics = [
  'password-bearer',
  'token-endpoint',
  'password-hashing',
  'current-user',
  'scopes',
  'inactive-users',
  'refresh-tokens',
  'logout',
  'form-data',
  'cookie',
  'two-factor',
]

// One of each kind; that every one of them passes is seen below, where all run in a row.
const lookedInto = ['refresh-tokens', 'cookie', 'two-factor']

test(`each of ${lookedInto.join(', ')} runs for real, passes, and shows the exchanges it made`, {
  tag: '@once',
}, async ({ workbench }) => {
  test.setTimeout(90_000)
  for (const id of lookedInto) await test.step(id, () => runAndLookInside(workbench, id))
})

async function runAndLookInside(workbench: Page, id: string): Promise<void> {
  await workbench.getByTestId('nav-recipes').click()
  await workbench.getByTestId(`row-${id}`).click()
  await expect(workbench.getByText(`Topic ${topics.indexOf(id) + 1}`, { exact: true })).toBeVisible()
  await workbench.getByRole('button', { name: 'Run', exact: true }).click()
  await expect(workbench.getByTestId('recipe-verdict')).toContainText('Passed', { timeout: 20_000 })
  await expect(workbench.getByText('Not met')).toHaveCount(0)

  const buttons = workbench.getByRole('button', { name: 'Show exchange' })
  const made = await buttons.count()
  expect(made).toBeGreaterThan(0)
  for (let left = made - 1; left >= 0; left--) {
    await buttons.first().click()
    // Its name changes with the click; a second one before that would close it again.
    await expect(buttons).toHaveCount(left)
  }
  await expect(workbench.getByTestId('exchange-words')).toHaveCount(made)

  const link = workbench.getByRole('link', { name: 'Open in Traces' }).first()
  const exchange = (await link.getAttribute('href'))?.split('/').at(-1)
  await link.click()
  await expect(workbench.getByTestId(`row-${exchange}`)).toHaveAttribute('aria-selected', 'true')
  await expect(workbench.getByTestId('exchange-words')).toBeVisible()
}

test('all recipes run in a row, and each keeps its result', { tag: '@once' }, async ({ workbench }) => {
  test.setTimeout(90_000)
  await workbench.getByTestId('nav-recipes').click()
  await workbench.getByRole('button', { name: 'Run all' }).click()
  await expect(workbench.getByTestId('recipes-summary')).toHaveText('11 passed of 11', { timeout: 80_000 })
  await workbench.getByTestId('nav-traces').click()
  await workbench.getByTestId('nav-recipes').click()
  for (const id of topics) await expect(workbench.getByTestId(`row-${id}`)).toContainText('Passed')
})

test('a recipe is run from the keyboard', { tag: '@once' }, async ({ workbench }) => {
  await workbench.getByTestId('nav-recipes').click()
  await workbench.getByTestId('row-form-data').click()
  await workbench.keyboard.press('Control+Enter')
  await expect(workbench.getByTestId('recipe-verdict')).toContainText('Passed', { timeout: 20_000 })
})
