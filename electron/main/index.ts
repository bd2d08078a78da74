import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { app, dialog, protocol, session } from 'electron'
import { desktopDatabase, desktopFolder } from '../host/data-folder.ts'
import { desktopPort, openDesktopPreferences } from '../host/desktop-preferences.ts'
import { type Launched, launch } from '../host/launch.ts'
import { appScheme, isOwnPage } from '../host/origin.ts'
import { rendererFolder } from '../host/package-root.ts'
import { defaultSamplePort } from '../host/sample-app/bind.ts'
import { desktopStateFile } from '../host/state-file.ts'
import { createStaticUi } from '../host/static-ui.ts'
import { connectIpc } from './ipc.ts'
import { followLink, linkIn, takeLinks } from './link.ts'
import { loginWindow } from './login-window.ts'
import { setMenu } from './menu.ts'
import { notifyFailures } from './notify.ts'
import { systemSecretBox } from './secret-box.ts'
import { denyByDefault, denyPermissions, openExternal } from './security.ts'
import { createTray } from './server-menu.ts'
import { createWindows } from './window.ts'

// Set by `electron-vite dev`; a packaged app listens to nobody's environment for its page.
const devServer = app.isPackaged ? undefined : process.env.ELECTRON_RENDERER_URL
const windows = createWindows(devServer)
let launched: Launched | null = null
let asked = linkIn(process.argv)

app.setName('Grantscope')
mkdirSync(desktopFolder(), { recursive: true })
app.setPath('userData', desktopFolder())
const preferences = openDesktopPreferences(join(desktopFolder(), 'desktop.json'))
protocol.registerSchemesAsPrivileged([
  { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
])
denyByDefault(devServer, windows.openTrace)

// The lock lies in userData: another folder is another Grantscope.
if (app.requestSingleInstanceLock()) {
  app.on('second-instance', (_, args) => open(linkIn(args)))
  app.on('activate', () => open())
  app.on('open-url', (event, link) => {
    event.preventDefault()
    open(link)
  })
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin' && !preferences.read().keepRunning) app.quit()
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
  takeLinks()
  denyPermissions(session.defaultSession, devServer)
  const serveUi = createStaticUi(rendererFolder())
  protocol.handle(appScheme, async (request) =>
    isOwnPage(request.url, undefined) ? serveUi(request) : new Response(null, { status: 404 }),
  )
  const port = desktopPort(process.env.GRANTSCOPE_PORT, preferences.read())
  launched = await launch({
    kind: 'desktop',
    version: app.getVersion(),
    database: desktopDatabase(),
    host: '127.0.0.1',
    port,
    portMayMove: true,
    // For `grantscope token` and scripts, which find it by the state file; the window itself uses IPC.
    controlPort: 0,
    sampleApp: { port: defaultSamplePort(port), mayMove: true },
    ui: null,
    stateFile: desktopStateFile(),
    log: (line) => console.error(line),
    desktop: preferences,
    secretBox: systemSecretBox(),
    logins: { openExternal, loginWindow },
    ...(process.env.GRANTSCOPE_SQLITE_BINDING
      ? { sqliteBinding: process.env.GRANTSCOPE_SQLITE_BINDING }
      : {}),
  })
  for (const warning of launched.warnings) console.error(`warning: ${warning}`)
  connectIpc(launched.core, devServer)
  keepMenus(launched)
  notifyFailures(launched.core.events, preferences, windows.show)
  open(asked)
}

/** Shows the workbench, or what a link asks for; while starting, once it has started. */
function open(link?: string): void {
  if (!launched) asked = link ?? asked
  else if (link) followLink(link, windows.show)
  else windows.show()
}

function keepMenus({ core, issuer, server }: Launched): void {
  const renewTray = createTray(() => windows.show())
  const renew = () => {
    const running = server.running()
    const toggle = () => void core.dispatch(running ? 'server.stop' : 'server.start', {})
    setMenu({ issuer, running, toggle }, windows, app.getPath('userData'))
    renewTray({ issuer, running, toggle })
  }
  core.events.subscribe((event) => {
    if (event.type === 'changed' && event.noun === 'host') renew()
  })
  renew()
}

function fail(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error)
  console.error(message)
  dialog.showErrorBox('Grantscope could not start', message)
  app.exit(1)
}
