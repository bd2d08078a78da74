import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { takePicture } from '../support/pictures.ts'
import { goTo, placesWithContent } from '../support/places.ts'
import { expect, test } from '../support/workbench.ts'

const wcag22aa = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** Only what is wrong comes with its elements: of what is right, the names of the rules are enough. */
const axeOn = (page: Page) => new AxeBuilder({ page }).options({ resultTypes: ['violations'] })

/** What axe finds wrong in every section, each by its rule and its place. Keeps a picture of each. */
async function violationsIn(
  page: Page,
  issuer: string,
  theme: 'light' | 'dark',
  limit: (axe: AxeBuilder) => AxeBuilder,
) {
  const found: string[] = []
  await page
    .getByTestId('theme-switch')
    .getByTitle(`${theme === 'light' ? 'Light' : 'Dark'} theme`)
    .click()
  for (const place of await placesWithContent(page, issuer)) {
    await goTo(page, place)
    await takePicture(page, theme, place)
    const { violations, passes } = await limit(axeOn(page)).analyze()
    expect(passes.map(({ id }) => id)).toContain('color-contrast')
    for (const { id, nodes } of violations)
      for (const { target, failureSummary } of nodes)
        found.push(`${place}: ${id} at ${target.join(' ')}: ${failureSummary}`)
  }
  return found
}

test.beforeEach(() => test.setTimeout(300_000))

test('every section keeps WCAG 2.2 AA as far as axe can tell', async ({ workbench, issuer }) => {
  expect(await violationsIn(workbench, issuer, 'light', (axe) => axe.withTags(wcag22aa))).toEqual([])
})

test('the dark theme, which changes nothing but colours, keeps its rules on them', async ({
  workbench,
  issuer,
}) => {
  const rules = ['color-contrast', 'link-in-text-block']
  expect(await violationsIn(workbench, issuer, 'dark', (axe) => axe.withRules(rules))).toEqual([])
})
