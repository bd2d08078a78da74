import { app, dialog } from 'electron'
import { linkScheme, readLink } from '../../shared/contract/link.ts'

/** The link among a program's arguments, if there is one: how Windows and Linux hand it over. */
export const linkIn = (args: readonly string[]): string | undefined =>
  args.find((arg) => arg.toLowerCase().startsWith(`${linkScheme}:`))

/** Goes where a link leads; one that may lead nowhere is refused with a word. */
export function followLink(link: string, show: (fragment?: string) => void): void {
  const target = readLink(link)
  show(target.ok ? target.fragment : undefined)
  if (target.ok) return
  const detail = `In it, ${target.why}.`
  void dialog.showMessageBox({ type: 'warning', message: 'Grantscope does not open this link.', detail })
}

/** Asks the system to hand us such links. Only for the user's own Grantscope: one with a data folder of its own is for a while. */
export function takeLinks(): void {
  if (process.env.GRANTSCOPE_USER_DATA) return
  // What follows "--" is no switch of Chromium's, whatever a page has put into its link.
  const args = app.isPackaged ? ['--'] : [app.getAppPath(), '--']
  app.setAsDefaultProtocolClient(linkScheme, process.execPath, args)
}
