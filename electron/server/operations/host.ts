import { ContractError } from '../../../shared/contract/envelope.ts'
import type { ServerState } from '../../../shared/contract/operations/host.ts'
import type { Core } from '../core.ts'
import type { HandlersOf } from './handlers.ts'

export const hostHandlers = (core: Core): HandlersOf<'server' | 'desktop'> => ({
  'server.stop': () => switchServer(core, 'stop'),
  'server.start': () => switchServer(core, 'start'),
  'desktop.get': () => ({ preferences: core.where()?.desktop?.read() ?? null }),
  'desktop.update': async (changes) => {
    const desktop = core.where()?.desktop
    if (!desktop)
      throw new ContractError('refused', 'This Grantscope is no desktop app: it has no window to set up.')
    const preferences = await desktop.change(changes)
    core.events.publish({ type: 'changed', noun: 'host' })
    return { preferences }
  },
})

export function serverStateOf(core: Core): ServerState {
  const server = core.where()?.server
  return server ? (server.running() ? 'running' : 'stopped') : null
}

async function switchServer(core: Core, verb: 'stop' | 'start'): Promise<{ server: ServerState }> {
  const server = core.where()?.server
  if (!server)
    throw new ContractError('refused', 'What runs this Grantscope gives no way to stop its server.')
  try {
    await server[verb]()
  } catch (error) {
    // Another program may have taken the port meanwhile.
    throw new ContractError('conflict', `The issuer's port could not be opened: ${(error as Error).message}.`)
  } finally {
    core.events.publish({ type: 'changed', noun: 'host' })
  }
  return { server: serverStateOf(core) }
}
