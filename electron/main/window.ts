import { join } from 'node:path'
import { app, BrowserWindow, dialog, nativeTheme, screen } from 'electron'
import { appOrigin, traceFragment } from '../host/origin.ts'
import { packageRoot } from '../host/package-root.ts'
import { isWithin, readWindowState, type WindowKind, writeWindowState } from '../host/window-state.ts'
import { lockedDown } from './security.ts'

export interface Windows {
  /** Brings the workbench to the user; with a fragment ("#/users/alice"), at that place. */
  show(fragment?: string): void
  /** Opens a trace in a window of its own, or brings the one it has to the front. */
  openTrace(fragment: string): void
}

export function createWindows(devServer: string | undefined): Windows {
  let main: BrowserWindow | null = null
  const traces = new Map<string, BrowserWindow>()
  const address = (fragment: string) => `${devServer ?? appOrigin}/${fragment}`
  return {
    show(fragment = '') {
      if (main) {
        focusWindow(main)
        // Another fragment of the page that is open is no load: the workbench goes there.
        if (fragment && main.webContents.getURL() !== address(fragment)) void main.loadURL(address(fragment))
        return
      }
      main = openWindow('main', address(fragment))
      main.on('closed', () => {
        main = null
      })
    },
    openTrace(fragment) {
      const id = fragment.split('?')[0]!
      const there = traces.get(id)
      if (there) return focusWindow(there)
      const window = openWindow('trace', address(fragment))
      traces.set(id, window)
      window.on('closed', () => traces.delete(id))
    },
  }
}

/** The trace that a window shows, as the fragment that opens it alone; null when it shows none. */
export const shownTrace = (window: BrowserWindow | null | undefined): string | null =>
  window ? traceFragment(window.webContents.getURL()) : null

function openWindow(kind: WindowKind, url: string): BrowserWindow {
  const stateFile = join(app.getPath('userData'), 'windows.json')
  const remembered = readWindowState(stateFile, kind)
  const place = remembered && freePlace(remembered.bounds)
  const window = new BrowserWindow({
    width: kind === 'main' ? 1280 : 1000,
    height: 800,
    ...place,
    minWidth: kind === 'main' ? 900 : 600,
    minHeight: 600,
    title: 'Grantscope',
    icon: join(packageRoot(), 'resources', 'icon.png'),
    show: false,
    // What is seen until the page has painted: the workbench's own colours.
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#1a1b1e' : '#ffffff',
    webPreferences: {
      preload: join(packageRoot(), 'out', 'preload', 'index.cjs'),
      ...lockedDown,
      spellcheck: false,
    },
  })
  if (remembered?.maximized) window.maximize()
  window.once('ready-to-show', () => window.show())
  window.on('close', () =>
    writeWindowState(stateFile, kind, { bounds: window.getNormalBounds(), maximized: window.isMaximized() }),
  )
  offerReload(window)
  void window.loadURL(url)
  return window
}

/** Where a window was, moved a little if another lies there already; undefined when no display shows that place any more. */
function freePlace(bounds: Electron.Rectangle): Electron.Rectangle | undefined {
  const taken = BrowserWindow.getAllWindows().some((other) => other.getNormalBounds().x === bounds.x)
  const place = taken ? { ...bounds, x: bounds.x + 28, y: bounds.y + 28 } : bounds
  return isWithin(place, screen.getDisplayMatching(place).workArea) ? place : undefined
}

function focusWindow(window: BrowserWindow): void {
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
    const detail = 'The issuer keeps running.'
    const choice = await ask(window, 'The workbench does not respond.', detail, ['Wait', 'Reload'])
    if (choice === 1) window.webContents.reload()
  })
}

async function ask(parent: BrowserWindow, message: string, detail: string, buttons: string[]) {
  return (await dialog.showMessageBox(parent, { type: 'warning', message, detail, buttons })).response
}
