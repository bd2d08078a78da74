import { contextBridge, ipcRenderer } from 'electron'
import type { Bridge } from '../../shared/contract/bridge.ts'
import { type IpcEvent, type IpcMessage, ipcChannels } from '../../shared/contract/ipc.ts'

// All the window gets of Electron. It can name operations and hear events; it can name no channel.

const page = crypto.randomUUID()
let subscriptions = 0
const send = (message: IpcMessage) => ipcRenderer.invoke(ipcChannels.call, message)

contextBridge.exposeInMainWorld('grantscope', {
  call: (operation, input) => send({ kind: 'call', operation, input }),
  subscribe(onEvent, from) {
    const subscription = `${page}:${++subscriptions}`
    const listener = (_: unknown, message: IpcEvent) => {
      if (message.subscription === subscription) onEvent(message.event)
    }
    ipcRenderer.on(ipcChannels.event, listener)
    void send({ kind: 'subscribe', page, subscription, ...(from ? { from } : {}) })
    return () => {
      ipcRenderer.off(ipcChannels.event, listener)
      void send({ kind: 'unsubscribe', subscription })
    }
  },
} satisfies Bridge)
