import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { type Launched, launch } from '../../electron/host/launch.ts'
import type { Chromium } from './chromium.ts'
import { watchPages, watchSockets } from './outbound.ts'
import { temporaryFolder } from './temporary-folder.ts'
import type { OpenWorkbench, SavedFile } from './workbench.ts'

const builtPage = join(import.meta.dirname, '../../out/renderer')

/** Opens the workbench as a tab on a server of its own. The token travels in the fragment. */
export async function openInBrowser(chromium: Chromium): Promise<OpenWorkbench> {
  const browser = await chromium.browser()
  const data = await temporaryFolder()
  const server = await launchOn(join(data.path, 'server.json'))
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    // Nothing has to be waited for while it slides into its place.
    reducedMotion: 'reduce',
  })
  const sockets = watchSockets()
  const requests = watchPages(context)
  const close = async (): Promise<void> => {
    sockets.stop()
    await context.close()
    await server.close()
    await data.remove()
  }
  try {
    const page = await context.newPage()
    await page.goto(`${server.control}/#token=${server.token}`)
    const outbound = async () => [...sockets.calls, ...requests]
    return { page, close, outbound, saved: (start) => savedBy(page, start) }
  } catch (error) {
    await close()
    throw error
  }
}

/**
 * What `serve` does, on sockets and all, in this process: a process for each test would take a second of every test.
 * The demo workspace, with passwords that hash in a millisecond.
 */
const launchOn = (stateFile: string): Promise<Launched> =>
  launch({
    kind: 'cli',
    version: '0.0.0-test',
    database: ':memory:',
    host: '127.0.0.1',
    port: 0,
    controlPort: 0,
    ui: builtPage,
    sampleApp: { port: 0, mayMove: true },
    workspace: { extends: 'demo', settings: { bcryptCost: 4 } },
    stateFile,
    log: (line) => console.error(line),
  })

async function savedBy(page: Page, start: () => Promise<void>): Promise<SavedFile> {
  const download = page.waitForEvent('download')
  await start()
  const file = await download
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') }
}
