import { test as base, type Page } from '@playwright/test'
import { type Chromium, lazyChromium } from './chromium.ts'
import { openInBrowser } from './host-browser.ts'
import { openInElectron } from './host-electron.ts'

export interface WorkbenchOptions {
  /** Where the workbench is shown; set by the Playwright project. */
  host: 'browser' | 'electron'
}

/** A workbench on the screen, with an issuer of its own that forgets everything on close. */
export interface OpenWorkbench {
  page: Page
  close(): Promise<void>
}

interface WorkbenchFixtures {
  /** The page of a fresh workbench. An uncaught error in it fails the test. */
  workbench: Page
  /** The issuer's base URL, as the workbench shows it. */
  issuer: string
}

export const test = base.extend<WorkbenchOptions & WorkbenchFixtures, { chromium: Chromium }>({
  host: ['browser', { option: true }],

  chromium: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from this pattern.
    async ({}, use) => {
      const chromium = lazyChromium()
      await use(chromium)
      await chromium.close()
    },
    { scope: 'worker' },
  ],

  workbench: async ({ host, chromium }, use, testInfo) => {
    const { page, close } = host === 'electron' ? await openInElectron() : await openInBrowser(chromium)
    const errors: Error[] = []
    page.on('pageerror', (error) => errors.push(error))
    try {
      await use(page)
      if (testInfo.status !== testInfo.expectedStatus && !page.isClosed()) {
        await testInfo.attach('workbench', { body: await page.screenshot(), contentType: 'image/png' })
      }
    } finally {
      await close()
    }
    if (errors[0]) throw errors[0]
  },

  issuer: async ({ workbench }, use) => {
    await use(await workbench.getByTestId('issuer-url').innerText())
  },
})

export { expect } from '@playwright/test'
