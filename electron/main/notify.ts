import { BrowserWindow, Notification } from 'electron'
import { createFailureNotices } from '../../shared/flow/failure-notice.ts'
import type { DesktopStore, EventStream } from '../server/index.ts'

/** Tells of refused requests while the user looks elsewhere, if they want to be told. A click opens the exchange. */
export function notifyFailures(
  events: EventStream,
  preferences: Pick<DesktopStore, 'read'>,
  show: (fragment: string) => void,
): void {
  const noticeOf = createFailureNotices(Date.now)
  events.subscribe((event) => {
    if (event.type !== 'exchange' || !preferences.read().notifyFailures) return
    if (BrowserWindow.getFocusedWindow() || !Notification.isSupported()) return
    const notice = noticeOf(event.exchange)
    if (!notice) return
    const notification = new Notification(notice)
    notification.on('click', () => show(`#/traces/${notice.exchangeId}`))
    notification.show()
  })
}
