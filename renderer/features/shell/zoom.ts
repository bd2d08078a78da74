import { useSyncExternalStore } from 'react'

/** What Chromium and Electron step through. */
const steps = [
  25, 33, 50, 67, 75, 80, 90, 100, 110, 120, 125, 144, 150, 173, 175, 200, 207, 249, 250, 300, 400, 500,
]

/**
 * How large the page is drawn, in percent: the window's width in its own pixels by that in the page's. The display's scale is in
 * neither. 100 while a window's frame or the developer tools make it unclear.
 */
export function zoomOf({ outerWidth, innerWidth }: { outerWidth: number; innerWidth: number }): number {
  if (outerWidth === 0 || innerWidth === 0) return 100
  const raw = (outerWidth / innerWidth) * 100
  const step = steps.reduce((best, one) => (Math.abs(one - raw) < Math.abs(best - raw) ? one : best))
  return Math.abs(step - raw) / step < 0.015 ? step : 100
}

/** The zoom of this page, renewed as it changes: every zoom resizes the page. */
export const useZoom = (): number => useSyncExternalStore(subscribe, () => zoomOf(window))

function subscribe(listener: () => void): () => void {
  window.addEventListener('resize', listener)
  return () => window.removeEventListener('resize', listener)
}
