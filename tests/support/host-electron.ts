import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { _electron, type ElectronApplication, type Page } from '@playwright/test'
import { electronArguments, findElectron } from '../../scripts/lib/electron.mjs'
import { checkout } from '../../scripts/lib/paths.mjs'
import { watchElectron, watchPages } from './outbound.ts'
import { type TemporaryFolder, temporaryFolder } from './temporary-folder.ts'
import type { OpenWorkbench, SavedFile } from './workbench.ts'

/** How to start the built desktop app on a data folder. */
export interface DesktopStart {
  executablePath: string
  args: string[]
  env: Record<string, string>
}

/** Drawing without a process of its own, and with nothing to wait for while it slides into its place. */
const lightFlags = ['--disable-gpu', '--in-process-gpu', '--force-prefers-reduced-motion']

/** An open desktop app. */
export interface Desktop {
  app: ElectronApplication
  page: Page
}

/** @param env for the app, besides the environment of the tests */
export function desktopStart(dataFolder: string, env: Record<string, string> = {}): DesktopStart {
  const runtime = findElectron()
  if (!runtime) throw new Error('No Electron was found; "npm test" fetches or assembles one.')
  return {
    executablePath: runtime.executable,
    args: electronArguments(checkout, lightFlags),
    env: {
      ...definedIn({ ...process.env, ...runtime.env, ...ownDisplay() }),
      GRANTSCOPE_USER_DATA: dataFolder,
      GRANTSCOPE_PORT: '0',
      ...env,
    },
  }
}

/** Each of the workers that run at the same time has one of the virtual displays, where there are any. */
function ownDisplay(): NodeJS.ProcessEnv {
  const { GRANTSCOPE_TEST_DISPLAYS: displays, TEST_PARALLEL_INDEX: worker } = process.env
  return displays ? { DISPLAY: displays.split(' ')[Number(worker)] } : {}
}

/** Opens the built desktop app; `app.close()` ends it. */
export async function openDesktop(dataFolder: string, env?: Record<string, string>): Promise<Desktop> {
  const app = await _electron.launch(desktopStart(dataFolder, env))
  try {
    return { app, page: await app.firstWindow() }
  } catch (error) {
    await app.close()
    throw error
  }
}

/** Opens the built desktop app with a data folder of its own and a database in memory. */
export async function openInElectron(): Promise<OpenWorkbench> {
  const data = await temporaryFolder()
  try {
    const { app, page } = await openDesktop(data.path, { GRANTSCOPE_DB: ':memory:' })
    const requests = watchPages(app.context())
    const connections = await watchElectron(app)
    const outbound = async () => [...(await connections()), ...requests]
    const close = async (): Promise<void> => {
      await app.close()
      await data.remove()
    }
    return { page, close, outbound, saved: (start) => savedBy(app, data, start) }
  } catch (error) {
    await data.remove()
    throw error
  }
}

/** Takes what a click saves, in place of the system's dialog that asks where to. */
async function savedBy(
  app: ElectronApplication,
  folder: TemporaryFolder,
  start: () => Promise<void>,
): Promise<SavedFile> {
  const path = join(folder.path, 'saved')
  const saved = app.evaluate(
    ({ session }, savePath) =>
      new Promise<string>((resolve) => {
        session.defaultSession.once('will-download', (_, item) => {
          item.setSavePath(savePath)
          item.once('done', () => resolve(item.getFilename()))
        })
      }),
    path,
  )
  await start()
  return { name: await saved, text: await readFile(path, 'utf8') }
}

const definedIn = (env: NodeJS.ProcessEnv): Record<string, string> =>
  Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
