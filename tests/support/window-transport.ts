import type { Page } from '@playwright/test'
import type { Bridge } from '../../shared/contract/bridge.ts'
import type { Transport } from '../../shared/contract/client.ts'
import type { Envelope } from '../../shared/contract/envelope.ts'
import type { Cursor, SequencedEvent } from '../../shared/contract/events.ts'

interface BridgedWindow {
  grantscope: Bridge
  /** How to stop each subscription a test has made. */
  stops: Map<number, () => void>
  heard(subscription: number, event: SequencedEvent): void
}

/** The contract over Electron's IPC, by the bridge that the preload gave a real window. */
export async function windowTransport(page: Page): Promise<Transport> {
  const listeners = new Map<number, (event: SequencedEvent) => void>()
  let subscriptions = 0
  await page.exposeFunction('heard', (subscription: number, event: SequencedEvent) =>
    listeners.get(subscription)?.(event),
  )
  await page.evaluate(() => {
    ;(globalThis as unknown as BridgedWindow).stops = new Map()
  })
  const start = ([subscription, from]: [number, Cursor | undefined]) => {
    const { grantscope, stops, heard } = globalThis as unknown as BridgedWindow
    stops.set(
      subscription,
      grantscope.subscribe((event) => heard(subscription, event), from),
    )
  }
  const stop = (subscription: number) => (globalThis as unknown as BridgedWindow).stops.get(subscription)?.()

  return {
    call: (operation, input) =>
      page.evaluate<Envelope, [string, unknown]>(
        ([name, value]) => (globalThis as unknown as BridgedWindow).grantscope.call(name, value),
        [operation, input],
      ),
    subscribe({ from, onEvent, onState }) {
      const subscription = ++subscriptions
      listeners.set(subscription, onEvent)
      const started = page.evaluate(start, [subscription, from] as [number, Cursor | undefined])
      void started.then(() => onState?.('open'))
      return () => {
        listeners.delete(subscription)
        void started.then(() => page.evaluate(stop, subscription)).catch(() => {})
      }
    },
  }
}
