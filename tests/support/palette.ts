import { expect, type Page } from '@playwright/test'

/** Opens the command palette and leaves its search focused. */
export async function openPalette(page: Page) {
  await page.keyboard.press('ControlOrMeta+k')
  const search = page.getByRole('textbox', { name: 'Search sections, actions and records' })
  await expect(search).toBeFocused()
  return search
}

/** Types into the palette what names one action, and does it once it is the one that Enter will do. */
export async function doByPalette(page: Page, query: string, action: string | RegExp) {
  await openPalette(page)
  await page.keyboard.type(query)
  const chosen = page.getByRole('dialog', { name: 'Command palette' }).locator('[data-selected]')
  await expect(chosen).toContainText(action)
  await page.keyboard.press('Enter')
}
