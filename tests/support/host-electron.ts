import { _electron } from '@playwright/test'
import { electronArguments, findElectron } from '../../scripts/lib/electron.mjs'
import { checkout } from '../../scripts/lib/paths.mjs'
import { temporaryFolder } from './temporary-folder.ts'
import type { OpenWorkbench } from './workbench.ts'

/** Opens the built desktop app with a data folder of its own and a database in memory. */
export async function openInElectron(): Promise<OpenWorkbench> {
  const runtime = findElectron()
  if (!runtime) throw new Error('No Electron was found; "npm test" fetches or assembles one.')
  const data = await temporaryFolder()
  const app = await _electron.launch({
    executablePath: runtime.executable,
    args: electronArguments(checkout),
    env: {
      ...ownEnvironment(),
      ...runtime.env,
      GRANTSCOPE_USER_DATA: data.path,
      GRANTSCOPE_PORT: '0',
      GRANTSCOPE_DB: ':memory:',
    },
  })
  const close = async (): Promise<void> => {
    await app.close()
    await data.remove()
  }
  try {
    return { page: await app.firstWindow(), close }
  } catch (error) {
    await close()
    throw error
  }
}

function ownEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}
