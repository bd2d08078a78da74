import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import type { Chromium } from './chromium.ts'
import { serveForTest } from './served.ts'
import type { OpenWorkbench, SavedFile } from './workbench.ts'

/** Opens the workbench as a tab on a server of its own. The token travels in the fragment. */
export async function openInBrowser(chromium: Chromium): Promise<OpenWorkbench> {
  const browser = await chromium.browser()
  const server = await serveForTest()
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  const close = async (): Promise<void> => {
    await context.close()
    await server.close()
  }
  try {
    const page = await context.newPage()
    await page.goto(`${server.control}/#token=${server.token}`)
    return { page, close, saved: (start) => savedBy(page, start) }
  } catch (error) {
    await close()
    throw error
  }
}

async function savedBy(page: Page, start: () => Promise<void>): Promise<SavedFile> {
  const download = page.waitForEvent('download')
  await start()
  const file = await download
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') }
}
