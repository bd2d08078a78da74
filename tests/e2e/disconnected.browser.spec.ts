import type { Page } from '@playwright/test'
import type { Chromium } from '../support/chromium.ts'
import { serveForTest } from '../support/served.ts'
import { expect, test } from '../support/workbench.ts'

/** A tab of its own, with nothing kept from other tabs. */
async function inNewTab(chromium: Chromium, run: (page: Page) => Promise<void>) {
  const context = await (await chromium.browser()).newContext()
  try {
    await run(await context.newPage())
  } finally {
    await context.close()
  }
}

test('a page with no token, or a wrong one, says where to find the right one', async ({ chromium }) => {
  const server = await serveForTest()
  const screenOf = (page: Page) => page.getByTestId('not-connected')
  try {
    await inNewTab(chromium, async (page) => {
      await page.goto(server.control)
      await expect(screenOf(page)).toContainText('the address you opened has none')
      await expect(screenOf(page)).toContainText('#token=')
      await page.goto(`${server.control}/#token=wrong`)
      await expect(screenOf(page)).toContainText('belongs to an earlier launch')
      await page.goto(`${server.control}/#token=${server.token}&/users/erin`)
      await expect(page.getByRole('heading', { level: 2, name: 'erin' })).toBeVisible()
      await page.reload()
      await expect(page.getByTestId('connection')).toHaveText('Connected')
      expect(page.url()).not.toContain('token')
    })
    // The token stays with its tab.
    await inNewTab(chromium, async (page) => {
      await page.goto(`${server.control}/#/users`)
      await expect(screenOf(page)).toBeVisible()
    })
  } finally {
    await server.close()
  }
})

test('a stopped server is said so at once, and one started again asks for its new token', async ({
  chromium,
}) => {
  const first = await serveForTest()
  await inNewTab(chromium, async (page) => {
    await page.goto(`${first.control}/#token=${first.token}`)
    await expect(page.getByTestId('connection')).toHaveText('Connected')
    await first.close()
    await expect(
      page.getByRole('alert').filter({ hasText: 'Grantscope has stopped answering' }),
    ).toBeVisible()
    await expect(page.getByTestId('connection')).toHaveText('Reconnecting')
    await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()

    const again = await serveForTest(['--control-port', new URL(first.control).port])
    try {
      expect(again.control).toBe(first.control)
      await expect(page.getByTestId('not-connected')).toContainText('belongs to an earlier launch')
      await page.goto(`${again.control}/#token=${again.token}`)
      await expect(page.getByTestId('connection')).toHaveText('Connected')
      await expect(page.getByTestId('issuer-url')).toHaveText(again.issuer)
    } finally {
      await again.close()
    }
  }).finally(() => first.close())
})
