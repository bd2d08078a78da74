import type { KeyboardEvent, PointerEvent, RefObject } from 'react'
import classes from './list-detail.module.css'

const limit = (share: number) => Math.round(Math.min(75, Math.max(25, share)) * 10) / 10

interface SplitterProps {
  label: string
  /** Share of the pane before it, in percent. */
  value: number
  onChange: (value: number) => void
  /** What both panes lie in. */
  frame: RefObject<HTMLElement | null>
  /** Where a double click and Enter lead. */
  reset: number
}

/** The bar between two panes: drag it, or focus it and use the arrow keys (WAI-ARIA window splitter). */
export function Splitter({ label, value, onChange, frame, reset }: SplitterProps) {
  function drag(event: PointerEvent<HTMLElement>) {
    if (!event.currentTarget.hasPointerCapture(event.pointerId) || !frame.current) return
    const box = frame.current.getBoundingClientRect()
    onChange(limit(((event.clientX - box.left) / box.width) * 100))
  }

  function key(event: KeyboardEvent) {
    const step = event.shiftKey ? 10 : 2
    const next = { ArrowLeft: value - step, ArrowRight: value + step, Home: 25, End: 75, Enter: reset }[
      event.key
    ]
    if (next === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    onChange(limit(next))
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: an hr cannot be moved; this is the ARIA window splitter
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={Math.round(value)}
      aria-valuemin={25}
      aria-valuemax={75}
      tabIndex={0}
      className={classes.splitter}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
      onDoubleClick={() => onChange(reset)}
      onKeyDown={key}
    />
  )
}
