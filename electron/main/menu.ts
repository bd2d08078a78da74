import { app, Menu, type MenuItemConstructorOptions, shell } from 'electron'
import { openOutside } from './security.ts'

/** The native menu. Its roles bring the shortcuts, copy and paste among them, that macOS has only by menu. */
export function setMenu({ issuer, dataFolder }: { issuer: string; dataFolder: string }): void {
  const onMac = process.platform === 'darwin'
  const template: MenuItemConstructorOptions[] = [
    ...(onMac ? [{ role: 'appMenu' } as const] : []),
    { label: '&File', submenu: [onMac ? { role: 'close' } : { role: 'quit' }] },
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
    { role: 'windowMenu' },
    { role: 'help', submenu: helpItems(issuer, dataFolder) },
  ]
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
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
