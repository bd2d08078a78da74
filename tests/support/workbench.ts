import { test as base, expect, type Page } from '@playwright/test'
import { type Chromium, lazyChromium } from './chromium.ts'
import { openInBrowser } from './host-browser.ts'
import { openInElectron } from './host-electron.ts'

export interface WorkbenchOptions {
  /** Where the workbench is shown; set by the Playwright project. */
  host: 'browser' | 'electron'
}

/** A file that a click saved. */
export interface SavedFile {
  name: string
  text: string
}

/** A workbench on the screen, with an issuer of its own that forgets everything on close. */
export interface OpenWorkbench {
  page: Page
  close(): Promise<void>
  /** What the page and the core asked of other machines since they are open. */
  outbound(): Promise<string[]>
  /** What `start` saves as a file. */
  saved(start: () => Promise<void>): Promise<SavedFile>
}

interface WorkbenchFixtures {
  opened: OpenWorkbench
  /** The page of a fresh workbench. An uncaught error in it fails the test. */
  workbench: Page
  /** The issuer's base URL, as the workbench shows it. */
  issuer: string
  saved: OpenWorkbench['saved']
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

  opened: async ({ host, chromium }, use) => {
    const opened = host === 'electron' ? await openInElectron() : await openInBrowser(chromium)
    try {
      // Until the shell stands, a key press goes nowhere.
      await opened.page.getByTestId('issuer-url').waitFor()
      await use(opened)
      // A test that closed the app itself has nobody left to ask.
      if (!opened.page.isClosed()) expect(await opened.outbound(), 'asked of other machines').toEqual([])
    } finally {
      await opened.close()
    }
  },

  workbench: async ({ opened: { page } }, use, testInfo) => {
    const errors: Error[] = []
    page.on('pageerror', (error) => errors.push(error))
    await use(page)
    if (testInfo.status !== testInfo.expectedStatus && !page.isClosed()) {
      await testInfo.attach('workbench', { body: await page.screenshot(), contentType: 'image/png' })
    }
    if (errors[0]) throw errors[0]
  },

  issuer: async ({ workbench }, use) => {
    await use(await workbench.getByTestId('issuer-url').innerText())
  },

  saved: async ({ opened }, use) => {
    await use(opened.saved)
  },
})

export { expect }
