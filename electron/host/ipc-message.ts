import { z } from 'zod'
import type { IpcMessage } from '../../shared/contract/ipc.ts'

const cursor = z.strictObject({ launch: z.string().max(100), seq: z.number().int().min(0) })
const id = z.string().min(1).max(100)

/** Parses what arrives on the call channel: whatever a page can send is `unknown` until here. */
export const ipcMessage: z.ZodType<IpcMessage> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('call'), operation: z.string().max(200), input: z.unknown() }),
  z.strictObject({ kind: z.literal('subscribe'), page: id, subscription: id, from: cursor.optional() }),
  z.strictObject({ kind: z.literal('unsubscribe'), subscription: id }),
])
