import { type IpcMainInvokeEvent, ipcMain, type WebContents } from 'electron'
import type { Envelope } from '../../shared/contract/envelope.ts'
import { type IpcEvent, type IpcMessage, ipcChannels } from '../../shared/contract/ipc.ts'
import { ipcMessage } from '../host/ipc-message.ts'
import { isOwnPage } from '../host/origin.ts'
import type { Grantscope } from '../server/index.ts'

type Core = Pick<Grantscope, 'dispatch' | 'events'>
type Subscribe = Extract<IpcMessage, { kind: 'subscribe' }>

const done: Envelope = { ok: true, value: {} }
const refuse = (code: 'unauthorized' | 'invalid_input', message: string): Envelope => ({
  ok: false,
  error: { code, message },
})

/** Answers the window's calls and sends it events. Only the top frame of our own page is heard. */
export function connectIpc(core: Core, devServer: string | undefined): void {
  const subscriptions = createSubscriptions(core)
  ipcMain.handle(ipcChannels.call, async (event, raw: unknown): Promise<Envelope> => {
    if (!isOwnTopFrame(event, devServer)) return refuse('unauthorized', 'This page may not call Grantscope.')
    const message = ipcMessage.safeParse(raw)
    if (!message.success) return refuse('invalid_input', 'This is no message of the contract.')
    if (message.data.kind === 'call') return core.dispatch(message.data.operation, message.data.input)
    if (message.data.kind === 'subscribe') subscriptions.add(event.sender, message.data)
    else subscriptions.remove(message.data.subscription)
    return done
  })
}

function isOwnTopFrame({ senderFrame }: IpcMainInvokeEvent, devServer: string | undefined): boolean {
  return senderFrame !== null && senderFrame.parent === null && isOwnPage(senderFrame.url, devServer)
}

function createSubscriptions({ events }: Core) {
  const active = new Map<string, { page: string; contents: WebContents; stop: () => void }>()
  const watched = new WeakSet<WebContents>()
  const remove = (subscription: string) => {
    active.get(subscription)?.stop()
    active.delete(subscription)
  }
  const removeWhere = (gone: (contents: WebContents, page: string) => boolean) => {
    for (const [subscription, { contents, page }] of active) if (gone(contents, page)) remove(subscription)
  }
  const watch = (contents: WebContents) => {
    if (watched.has(contents)) return
    watched.add(contents)
    contents.once('destroyed', () => removeWhere((other) => other === contents))
  }
  const add = (contents: WebContents, { page, subscription, from }: Subscribe) => {
    removeWhere((other, otherPage) => other === contents && otherPage !== page)
    remove(subscription)
    watch(contents)
    const stop = events.subscribe((event) => {
      if (!contents.isDestroyed())
        contents.send(ipcChannels.event, { subscription, event } satisfies IpcEvent)
    }, from)
    active.set(subscription, { page, contents, stop })
  }
  return { add, remove }
}
