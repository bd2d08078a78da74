import type { Bridge } from '../../shared/contract/bridge.ts'
import type { Transport } from '../../shared/contract/client.ts'

/** The preload's bridge as a transport. The core lives in the same application, so the connection is always open. */
export function createElectronTransport(bridge: Bridge): Transport {
  return {
    call: (operation, input) => bridge.call(operation, input),
    subscribe({ from, onEvent, onState }) {
      const stop = bridge.subscribe(onEvent, from)
      onState?.('open')
      return stop
    },
  }
}
