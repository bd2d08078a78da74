import { BrowserWindow, session } from 'electron'
import type { FlowHost } from '../server/index.ts'
import { isWebUrl, letRoam, lockedDown } from './security.ts'

// Threat model: the page is a stranger's. It gets a browser's sandbox and nothing of ours: no preload, a session that is in memory
// only and shared with no other run, no permission, no download, no further window, no scheme but http and https.

export const loginWindow: NonNullable<FlowHost['loginWindow']> = async (
  url,
  { partition, signal, arriving },
) => {
  if (!isWebUrl(url)) return false
  const window = createWindow(partition)
  const { webContents } = window
  const close = () => {
    if (!window.isDestroyed()) window.destroy()
  }
  signal.addEventListener('abort', close)
  window.once('closed', () => signal.removeEventListener('abort', close))
  const pages: Electron.WebRequestFilter = { urls: ['<all_urls>'], types: ['mainFrame'] }
  webContents.session.webRequest.onBeforeRequest(pages, ({ url, uploadData = [] }, answer) =>
    answer({ cancel: arriving(url, uploadData.map(({ bytes }) => bytes?.toString() ?? '').join('')) }),
  )
  // The scheme of an app is never asked for; where it leads is denied like every other that is not the web's.
  const toApp = ({ url }: { url: string }) => void (isWebUrl(url) || arriving(url))
  webContents.on('will-redirect', toApp)
  webContents.on('will-navigate', toApp)
  webContents.on('did-navigate', (_, at) => window.setTitle(`${new URL(at).origin} · login by Grantscope`))
  void window.loadURL(url).catch(() => {})
  return true
}

function createWindow(partition: string): BrowserWindow {
  // Without "persist:" it is in memory, and gone when the app ends.
  const own = session.fromPartition(`login-${partition}`)
  own.setPermissionRequestHandler((_, __, answer) => answer(false))
  own.setPermissionCheckHandler(() => false)
  own.setDevicePermissionHandler(() => false)
  own.on('will-download', (event) => event.preventDefault())
  const window = new BrowserWindow({
    width: 520,
    height: 720,
    title: 'Login by Grantscope',
    autoHideMenuBar: true,
    webPreferences: {
      session: own,
      ...lockedDown,
    },
  })
  letRoam(window.webContents)
  window.on('page-title-updated', (event) => event.preventDefault())
  return window
}
