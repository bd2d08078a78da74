import { createGrantscope, type DesktopStore, type ServerSwitch } from '../../electron/server/index.ts'
import { desktopPreferences } from '../../shared/contract/operations/host.ts'
import { directTransport, ISSUER, testOptions } from '../support/core.ts'
import { runContractSuite } from './run.ts'

runContractSuite('called directly', async () => {
  const grantscope = await createGrantscope({ ...testOptions, log: console.log })
  const { provider } = grantscope
  grantscope.listening({
    issuer: ISSUER,
    control: null,
    warnings: [],
    fetch: provider,
    server: aSwitch(),
    desktop: aDesktop(),
  })
  return {
    transport: directTransport(grantscope),
    send: (path, init) => provider(new Request(ISSUER + path, init)),
    close: grantscope.close,
  }
})

function aSwitch(): ServerSwitch {
  let running = true
  return {
    running: () => running,
    stop: async () => {
      running = false
    },
    start: async () => {
      running = true
    },
  }
}

function aDesktop(): DesktopStore {
  let kept = desktopPreferences.parse({})
  return {
    read: () => kept,
    async change(changes) {
      kept = desktopPreferences.parse({ ...kept, ...changes })
      return kept
    },
  }
}
