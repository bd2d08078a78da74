import { join } from 'node:path'
import { clipboard, Menu, type MenuItemConstructorOptions, nativeImage, Tray } from 'electron'
import { packageRoot } from '../host/package-root.ts'

export interface ServerMenu {
  issuer: string
  running: boolean
  toggle: () => void
}

/** The issuer's switch and address, for the menu bar and the tray alike. */
export const serverItems = ({ issuer, running, toggle }: ServerMenu): MenuItemConstructorOptions[] => [
  { label: `${issuer} ${running ? 'is running' : 'is stopped'}`, enabled: false },
  { label: running ? 'Stop the issuer' : 'Start the issuer', click: toggle },
  { label: 'Copy issuer URL', click: () => clipboard.writeText(issuer) },
]

export const trayItems = (server: ServerMenu, open: () => void): MenuItemConstructorOptions[] => [
  { label: 'Open Grantscope', click: open },
  { type: 'separator' },
  ...serverItems(server),
  { type: 'separator' },
  { role: 'quit', label: 'Quit Grantscope' },
]

/** Puts the icon into the tray. Returns how to renew it; where there is no tray, that does nothing. */
export function createTray(open: () => void): (server: ServerMenu) => void {
  try {
    const name = process.platform === 'darwin' ? 'trayTemplate.png' : 'tray.png'
    const tray = new Tray(nativeImage.createFromPath(join(packageRoot(), 'resources', name)))
    tray.on('click', open)
    return (server) => {
      tray.setToolTip(`Grantscope: the issuer is ${server.running ? 'running' : 'stopped'}`)
      tray.setContextMenu(Menu.buildFromTemplate(trayItems(server, open)))
    }
  } catch {
    return () => {}
  }
}
