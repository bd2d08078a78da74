import { join } from 'node:path'
import { openDesktopPreferences } from '../../electron/host/desktop-preferences.ts'
import { launch } from '../../electron/host/launch.ts'
import { createHttpTransport } from '../../renderer/transport/http.ts'
import { quickDemo } from '../support/core.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { runContractSuite } from './run.ts'

runContractSuite('over HTTP', async () => {
  const folder = await temporaryFolder()
  const launched = await launch({
    kind: 'cli',
    version: '0.0.0-test',
    database: ':memory:',
    host: '127.0.0.1',
    port: 0,
    controlPort: 0,
    ui: null,
    workspace: quickDemo,
    stateFile: join(folder.path, 'server.json'),
    log: () => {},
    desktop: openDesktopPreferences(join(folder.path, 'desktop.json')),
  })
  return {
    transport: createHttpTransport({ base: launched.control!, token: launched.token!, onRefused: () => {} }),
    send: (path, init) => fetch(launched.issuer + path, init),
    close: async () => {
      await launched.close()
      await folder.remove()
    },
  }
})
