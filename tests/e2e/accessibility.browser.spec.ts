import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { goTo, placesWithContent } from '../support/places.ts'
import { expect, test } from '../support/workbench.ts'

const wcag22aa = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** What axe finds wrong in every section, each by its rule and its place. */
async function violationsIn(page: Page, issuer: string, limit: (axe: AxeBuilder) => AxeBuilder) {
  const found: string[] = []
  for (const place of await placesWithContent(page, issuer)) {
    await goTo(page, place)
    const { violations, passes } = await limit(new AxeBuilder({ page })).analyze()
    expect(passes.map(({ id }) => id)).toContain('color-contrast')
    for (const { id, nodes } of violations)
      for (const { target, failureSummary } of nodes)
        found.push(`${place}: ${id} at ${target.join(' ')}: ${failureSummary}`)
  }
  return found
}

test.beforeEach(() => test.setTimeout(180_000))

test('every section keeps WCAG 2.2 AA as far as axe can tell', async ({ workbench, issuer }) => {
  await workbench.getByTestId('theme-switch').getByTitle('Light theme').click()
  expect(await violationsIn(workbench, issuer, (axe) => axe.withTags(wcag22aa))).toEqual([])
})

test('the dark theme, which changes nothing but colours, keeps its rules on them', async ({
  workbench,
  issuer,
}) => {
  await workbench.getByTestId('theme-switch').getByTitle('Dark theme').click()
  const rules = ['color-contrast', 'link-in-text-block']
  expect(await violationsIn(workbench, issuer, (axe) => axe.withRules(rules))).toEqual([])
})
