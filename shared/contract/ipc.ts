import type { Cursor, SequencedEvent } from './events.ts'

// Without zod: the preload is one small file that may load nothing.

/** The two IPC channels of the desktop app: calls from the window (answered), events to it. */
export const ipcChannels = { call: 'grantscope:call', event: 'grantscope:event' } as const

/**
 * What the preload sends on `call`. `page` is new with every load of the window, so that a reload ends the subscriptions
 * of the page before it.
 */
export type IpcMessage =
  | { kind: 'call'; operation: string; input?: unknown }
  | { kind: 'subscribe'; page: string; subscription: string; from?: Cursor | undefined }
  | { kind: 'unsubscribe'; subscription: string }

/** What main sends on `event`. */
export interface IpcEvent {
  subscription: string
  event: SequencedEvent
}
