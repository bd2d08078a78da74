import { useEffect } from 'react'

/**
 * Takes the focus to the page, or to the open dialog, when what had it is gone: a button that went with what it did would leave
 * the keyboard, and who listens, nowhere. A component that knows a better place focuses that afterwards.
 */
export function useKeptFocus(): void {
  useEffect(() => {
    let last: Element | null = null
    const note = (event: FocusEvent) => {
      last = event.target as Element
    }
    const observer = new MutationObserver(() => {
      if (last === null || last.isConnected || document.activeElement !== document.body) return
      last = null
      const dialogs = document.querySelectorAll<HTMLElement>('[role="dialog"]')
      const place = dialogs[dialogs.length - 1] ?? document.getElementById('main')
      place?.focus({ preventScroll: true })
    })
    document.addEventListener('focusin', note)
    observer.observe(document.body, { childList: true, subtree: true })
    return () => {
      document.removeEventListener('focusin', note)
      observer.disconnect()
    }
  }, [])
}
