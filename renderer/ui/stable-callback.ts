import { useCallback, useLayoutEffect, useRef } from 'react'

/** A function that keeps its identity and does what the newest one given does. For handlers of events only, not while drawing. */
export function useStableCallback<A extends unknown[]>(callback: (...args: A) => void): (...args: A) => void {
  const latest = useRef(callback)
  useLayoutEffect(() => {
    latest.current = callback
  })
  return useCallback((...args: A) => latest.current(...args), [])
}
