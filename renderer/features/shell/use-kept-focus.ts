import { useEffect } from 'react'

/** Longer than a closed dialog takes to give the focus back to what opened it. */
const PATIENCE_MS = 40

/**
 * Takes the focus to the page, or to the open dialog, when what had it is gone: a button that went with what it did would leave
 * the keyboard, and who listens, nowhere. What was only switched off for the time of its work gets it back. A component that knows
 * a better place focuses that.
 */
export function useKeptFocus(): void {
  useEffect(() => {
    let last: Element | null = null
    let waiting = 0
    const note = (event: FocusEvent) => {
      last = event.target as Element
    }
    const restore = () => {
      if (last === null || document.activeElement !== document.body) return
      if (!last.isConnected) focus(openDialog() ?? document.getElementById('main'))
      else if (last.matches(':enabled')) focus(last as HTMLElement)
    }
    const observer = new MutationObserver((records) => {
      const isLost = last !== null && (!last.isConnected || records.some(({ target }) => target === last))
      if (!isLost) return
      clearTimeout(waiting)
      waiting = window.setTimeout(restore, PATIENCE_MS)
    })
    document.addEventListener('focusin', note)
    observer.observe(document.body, { childList: true, subtree: true, attributeFilter: ['disabled'] })
    return () => {
      document.removeEventListener('focusin', note)
      observer.disconnect()
      clearTimeout(waiting)
    }
  }, [])
}

const focus = (place: HTMLElement | null) => place?.focus({ preventScroll: true })

function openDialog(): HTMLElement | null {
  const dialogs = document.querySelectorAll<HTMLElement>('[role="dialog"]')
  return dialogs[dialogs.length - 1] ?? null
}
