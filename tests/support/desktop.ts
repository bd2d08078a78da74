import { type Desktop, openDesktop } from './host-electron.ts'
import { type TemporaryFolder, temporaryFolder } from './temporary-folder.ts'
import { test as base } from './workbench.ts'

/** Tests of the desktop app itself: `desktop` is open on the folder `data`, with a database in memory. */
export const test = base.extend<{ data: TemporaryFolder; desktop: Desktop }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from this pattern.
  data: async ({}, use) => {
    const folder = await temporaryFolder()
    await use(folder)
    await folder.remove()
  },
  desktop: async ({ data }, use) => {
    const desktop = await openDesktop(data.path, { GRANTSCOPE_DB: ':memory:' })
    await use(desktop)
    await desktop.app.close()
  },
})
