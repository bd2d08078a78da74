import { app, type Session, shell, type WebContents, type WebPreferences } from 'electron'
import { isOwnPage, mayOpenOutside, traceFragment } from '../host/origin.ts'

// Threat model: the page shows what strangers sent (tokens, headers, bodies). Should a piece of it ever run as script, it must
// find no permission, no navigation, no new window and no way to the shell.

/** What every page is shut in by, whatever else its window has; said aloud even where it is Electron's default. */
export const lockedDown: WebPreferences = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  webviewTag: false,
}

const roaming = new WeakSet<WebContents>()

/** Lets a page that is none of ours, and has nothing of ours, go wherever the web leads. */
export const letRoam = (contents: WebContents): void => void roaming.add(contents)

export const isWebUrl = (url: string): boolean => /^https?:\/\//i.test(url)

/**
 * Locks down every page the app will ever have; to be called before the first window. The one window a page can ask for is that
 * of a trace, which is opened by `openTrace` like every other of ours.
 */
export function denyByDefault(devServer: string | undefined, openTrace: (fragment: string) => void): void {
  app.on('web-contents-created', (_, contents) => {
    const stayInside = (event: { url: string; preventDefault(): void }) => {
      const allowed = roaming.has(contents) ? isWebUrl(event.url) : isOwnPage(event.url, devServer)
      if (!allowed) event.preventDefault()
    }
    contents.on('will-navigate', stayInside)
    contents.on('will-frame-navigate', stayInside)
    contents.on('will-redirect', stayInside)
    contents.on('will-attach-webview', (event) => event.preventDefault())
    contents.setWindowOpenHandler(({ url }) => {
      const trace = isOwnPage(url, devServer) && isOwnPage(contents.getURL(), devServer) && traceFragment(url)
      if (trace) openTrace(trace)
      else openOutside(url)
      return { action: 'deny' }
    })
  })
}

/** Denies every permission but writing text to the clipboard, which Copy buttons need. */
export function denyPermissions(session: Session, devServer: string | undefined): void {
  const allowed = (permission: string, url: string) =>
    permission === 'clipboard-sanitized-write' && isOwnPage(url, devServer)
  session.setPermissionRequestHandler((_: WebContents, permission, answer, { requestingUrl }) =>
    answer(allowed(permission, requestingUrl)),
  )
  session.setPermissionCheckHandler((_, permission, origin) => allowed(permission, origin))
  session.setDevicePermissionHandler(() => false)
}

/** Opens a link in the user's browser, if it is one that may be. */
export function openOutside(url: string): void {
  void openExternal(url)
}

/** The same, and whether it was. */
export async function openExternal(url: string): Promise<boolean> {
  if (!mayOpenOutside(url)) return false
  await shell.openExternal(url)
  return true
}
