import { app, BrowserWindow, Menu, type MenuItemConstructorOptions, shell } from 'electron'
import { openOutside } from './security.ts'
import { type ServerMenu, serverItems } from './server-menu.ts'
import { shownTrace, type Windows } from './window.ts'

/**
 * The native menu. Its roles bring the shortcuts, copy and paste among them, that macOS has only by menu. No other item has one:
 * the workbench's own are the user's to choose, and the menu must not take a key away from them.
 */
export function setMenu(server: ServerMenu, windows: Windows, dataFolder: string): void {
  const onMac = process.platform === 'darwin'
  const template: MenuItemConstructorOptions[] = [
    ...(onMac ? [{ role: 'appMenu' } as const] : []),
    {
      label: '&File',
      submenu: [
        { label: 'Open the workbench', click: () => windows.show() },
        { label: 'Open this trace in its own window', click: () => openShownTrace(windows) },
        { label: 'Settings', click: () => windows.show('#/settings') },
        { type: 'separator' },
        { role: 'close' },
        ...(onMac ? [] : [{ role: 'quit' } as const]),
      ],
    },
    { role: 'editMenu' },
    {
      label: '&View',
      submenu: [
        { role: 'reload' },
        { role: 'toggleDevTools' },
        { type: 'separator' },
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
      ],
    },
    { label: '&Server', submenu: serverItems(server) },
    { role: 'windowMenu' },
    { role: 'help', submenu: helpItems(server.issuer, dataFolder) },
  ]
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
}

function openShownTrace(windows: Windows): void {
  const fragment = shownTrace(BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0])
  if (fragment) windows.openTrace(fragment)
  else windows.show('#/traces')
}

const helpItems = (issuer: string, dataFolder: string): MenuItemConstructorOptions[] => [
  { label: 'API documentation of the issuer', click: () => openOutside(`${issuer}/docs`) },
  {
    label: 'Discovery document',
    click: () => openOutside(`${issuer}/.well-known/openid-configuration`),
  },
  { label: 'Show data folder', click: () => void shell.openPath(dataFolder) },
  { type: 'separator' },
  { label: `About ${app.name}`, click: () => app.showAboutPanel() },
]
