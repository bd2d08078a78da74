import { z } from 'zod'
import type { SequencedEvent } from './events.ts'

/** The two IPC channels of the desktop app: calls from the window (answered), events to it. */
export const ipcChannels = { call: 'grantscope:call', event: 'grantscope:event' } as const

const cursor = z.strictObject({ launch: z.string().max(100), seq: z.number().int().min(0) })
const subscription = z.string().min(1).max(100)

/**
 * What the preload sends on `call`. `page` is new with every load of the window, so that a reload ends the subscriptions
 * of the page before it.
 */
export const ipcMessage = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('call'), operation: z.string().max(200), input: z.unknown() }),
  z.strictObject({
    kind: z.literal('subscribe'),
    page: z.string().max(100),
    subscription,
    from: cursor.optional(),
  }),
  z.strictObject({ kind: z.literal('unsubscribe'), subscription }),
])
export type IpcMessage = z.infer<typeof ipcMessage>

/** What main sends on `event`. */
export interface IpcEvent {
  subscription: string
  event: SequencedEvent
}
