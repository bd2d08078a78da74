import { type RefObject, useLayoutEffect, useRef } from 'react'

interface HeldPlaceOptions<T> {
  scroller: RefObject<HTMLElement | null>
  rowHeight: number
  /** How far it is scrolled, as last told by an event: to ask the element itself would force a layout. */
  offset: number
  rowAt: (index: number) => T | undefined
  rowId: (row: T) => string
  /** A new value goes to the top. */
  resetKey: unknown
}

interface Place {
  index: number
  id: string | undefined
}

/** Keeps the rows one reads where they are while others come or go above them. At the very top new rows are shown. */
export function useHeldPlace<T>(options: HeldPlaceOptions<T>): void {
  const { scroller, rowHeight, offset, rowAt, rowId, resetKey } = options
  const held = useRef<Place | null>(null)

  // biome-ignore lint/correctness/useExhaustiveDependencies: it answers to a new key, whatever that is
  useLayoutEffect(() => {
    held.current = null
    scroller.current?.scrollTo({ top: 0 })
  }, [resetKey, scroller])

  useLayoutEffect(() => {
    const idAt = (index: number) => {
      const row = rowAt(index)
      return row === undefined ? undefined : rowId(row)
    }
    const index = Math.floor(offset / rowHeight)
    const shift = index > 0 && held.current?.index === index ? shiftOf(held.current, idAt) : 0
    if (shift !== 0) scroller.current?.scrollBy({ top: shift * rowHeight })
    held.current = { index: index + shift, id: idAt(index + shift) }
  })
}

const reach = 200

/** By how many rows the held row has moved; 0 when it is where it was, or gone. */
export function shiftOf(held: Place, idAt: (index: number) => string | undefined): number {
  if (held.id === undefined || idAt(held.index) === held.id) return 0
  for (let distance = 1; distance <= reach; distance++) {
    if (idAt(held.index + distance) === held.id) return distance
    if (held.index >= distance && idAt(held.index - distance) === held.id) return -distance
  }
  return 0
}
