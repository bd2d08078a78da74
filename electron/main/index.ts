import { mkdirSync } from 'node:fs'
import { app, type BrowserWindow, dialog, protocol, session } from 'electron'
import { desktopDatabase, desktopFolder } from '../host/data-folder.ts'
import { type Launched, launch } from '../host/launch.ts'
import { rendererFolder } from '../host/package-root.ts'
import { defaultSamplePort } from '../host/sample-app/bind.ts'
import { desktopStateFile } from '../host/state-file.ts'
import { createStaticUi } from '../host/static-ui.ts'
import { connectIpc } from './ipc.ts'
import { setMenu } from './menu.ts'
import { appScheme, isOwnPage } from './origin.ts'
import { denyByDefault, denyPermissions } from './security.ts'
import { focusWindow, openWindow } from './window.ts'

// Set by `electron-vite dev`; a packaged app listens to nobody's environment for its page.
const devServer = app.isPackaged ? undefined : process.env.ELECTRON_RENDERER_URL
let window: BrowserWindow | null = null
let launched: Launched | null = null

app.setName('Grantscope')
mkdirSync(desktopFolder(), { recursive: true })
app.setPath('userData', desktopFolder())
protocol.registerSchemesAsPrivileged([
  { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
])
denyByDefault(devServer)

// The lock lies in userData: another folder is another Grantscope.
if (app.requestSingleInstanceLock()) {
  app.on('second-instance', () => showWindow())
  app.on('activate', () => showWindow())
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  app.on('will-quit', (event) => {
    if (!launched) return
    event.preventDefault()
    const closing = launched
    launched = null
    void closing.close().finally(() => app.quit())
  })
  void app.whenReady().then(start).catch(fail)
} else {
  console.error('Grantscope is running already; its window comes to the front.')
  app.quit()
}

async function start(): Promise<void> {
  denyPermissions(session.defaultSession, devServer)
  const serveUi = createStaticUi(rendererFolder())
  protocol.handle(appScheme, async (request) =>
    isOwnPage(request.url, undefined) ? serveUi(request) : new Response(null, { status: 404 }),
  )
  const port = issuerPort(process.env.GRANTSCOPE_PORT)
  launched = await launch({
    kind: 'desktop',
    version: app.getVersion(),
    database: desktopDatabase(),
    host: '127.0.0.1',
    port,
    portMayMove: true,
    // For `grantscope token` and scripts, which find it by the state file; the window itself uses IPC.
    controlPort: 0,
    ui: null,
    sampleApp: { port: defaultSamplePort(port), mayMove: true },
    stateFile: desktopStateFile(),
    log: (line) => console.error(line),
    ...(process.env.GRANTSCOPE_SQLITE_BINDING
      ? { sqliteBinding: process.env.GRANTSCOPE_SQLITE_BINDING }
      : {}),
  })
  for (const warning of launched.warnings) console.error(`warning: ${warning}`)
  connectIpc(launched.core, devServer)
  setMenu({ issuer: launched.issuer, dataFolder: app.getPath('userData') })
  showWindow()
}

function showWindow(): void {
  if (!launched) return
  if (window) focusWindow(window)
  else {
    window = openWindow(devServer)
    window.on('closed', () => {
      window = null
    })
  }
}

function issuerPort(text = '4400'): number {
  const port = Number(text)
  if (/^\d+$/.test(text) && port <= 65_535) return port
  throw new Error(`GRANTSCOPE_PORT wants a port from 0 to 65535, not "${text}".`)
}

function fail(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error)
  console.error(message)
  dialog.showErrorBox('Grantscope could not start', message)
  app.exit(1)
}
