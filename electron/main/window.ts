import { join } from 'node:path'
import { BrowserWindow, dialog, nativeTheme } from 'electron'
import { packageRoot } from '../host/package-root.ts'
import { appOrigin } from './origin.ts'
import { rememberedState, rememberState } from './window-state.ts'

/** The workbench's window, where it was last time. */
export function openWindow(devServer: string | undefined): BrowserWindow {
  const remembered = rememberedState()
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    ...remembered?.bounds,
    minWidth: 900,
    minHeight: 600,
    title: 'Grantscope',
    show: false,
    // What is seen until the page has painted: the workbench's own colours.
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#1a1b1e' : '#ffffff',
    webPreferences: {
      preload: join(packageRoot(), 'out', 'preload', 'index.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
    },
  })
  if (remembered?.maximized) window.maximize()
  window.once('ready-to-show', () => window.show())
  window.on('close', () => rememberState(window))
  offerReload(window)
  void window.loadURL(devServer ?? `${appOrigin}/`)
  return window
}

/** Brings a window to the user, wherever it is. */
export function focusWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}

/** Reloading loses nothing: what the workbench shows lives in the core. */
function offerReload(window: BrowserWindow): void {
  window.webContents.on('render-process-gone', async (_, { reason }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return
    const detail = `The issuer keeps running. (${reason})`
    const choice = await ask(window, 'The workbench has crashed.', detail, ['Reload', 'Close'])
    if (choice === 0) window.webContents.reload()
    else window.close()
  })
  window.on('unresponsive', async () => {
    const choice = await ask(window, 'The workbench does not respond.', 'The issuer keeps running.', [
      'Wait',
      'Reload',
    ])
    if (choice === 1) window.webContents.reload()
  })
}

async function ask(
  window: BrowserWindow,
  message: string,
  detail: string,
  buttons: string[],
): Promise<number> {
  const { response } = await dialog.showMessageBox(window, { type: 'warning', message, detail, buttons })
  return response
}
