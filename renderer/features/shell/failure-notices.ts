import { useMemo } from 'react'
import { createFailureNotices } from '../../../shared/flow/failure-notice.ts'
import { useCoreEvents, useOperation, useWorkbench } from '../../stores/hooks.ts'

/** In a browser: tells of refused requests while the user looks elsewhere, if they want to be told. */
export function useFailureNotices(): void {
  const { notices, navigation } = useWorkbench()
  const { data } = useOperation('status.get', {})
  const noticeOf = useMemo(() => createFailureNotices(Date.now), [])
  const byBrowser = data !== undefined && data.host !== 'desktop'
  useCoreEvents((event) => {
    if (event.type !== 'exchange' || !byBrowser || !notices.store.getState().on) return
    if (document.hasFocus() || Notification.permission !== 'granted') return
    const notice = noticeOf(event.exchange)
    if (!notice) return
    const { title, body, exchangeId } = notice
    // One tag for all tabs: the same refusal is told once.
    const notification = new Notification(title, { body, tag: `grantscope-${exchangeId}` })
    notification.onclick = () => {
      window.focus()
      navigation.go('traces', String(exchangeId))
      notification.close()
    }
  })
}
