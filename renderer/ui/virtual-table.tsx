// biome-ignore-all lint/a11y/useSemanticElements: rows lie where they are put, which table elements cannot
import { useMergedRef } from '@mantine/hooks'
import { useVirtualizer } from '@tanstack/react-virtual'
import {
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react'
import { useFittingColumns } from './fitting-columns.ts'
import { useFlight } from './flight.ts'
import { leastWidth, stepIndex } from './format/rows.ts'
import { useHeldPlace } from './held-place.ts'
import { useStableCallback } from './stable-callback.ts'
import { type Column, VirtualRow } from './virtual-row.tsx'
import classes from './virtual-table.module.css'

export type { Column }

export interface VirtualTableProps<T> {
  /** Names the table. */
  label: string
  columns: readonly Column<T>[]
  rowCount: number
  /** A row, or undefined while it is on the way. */
  rowAt: (index: number) => T | undefined
  rowId: (row: T) => string
  selectedId?: string | null
  /** Called as the arrow keys or a click select a row. */
  onSelect?: (id: string, row: T) => void
  /** Enter or double click. */
  onActivate?: (id: string, row: T) => void
  /** Marks rows to do one thing to many: Ctrl/Cmd or Shift with a click, Space, Shift with an arrow key. */
  onMark?: (index: number, row: T, range: boolean) => void
  isMarked?: (id: string) => boolean
  /** Further keys, with the row they are pressed on. */
  onRowKey?: (event: KeyboardEvent, row: T) => void
  /** Rows first to last are on screen: have them ready. */
  onRange?: (first: number, last: number) => void
  rowHeight?: number
  /** Draws a row over all columns (the head of a group); null or false for one that fills them. */
  renderWide?: (row: T) => ReactNode
  /** A new value shows the list from its top: another filter. */
  resetKey?: unknown
  /** Stands in place of the rows when there are none. */
  empty?: ReactNode
}

/** A grid of any length that draws only what is on screen. Arrow keys, Page Up/Down, Home and End move the selection. */
export function VirtualTable<T>(props: VirtualTableProps<T>) {
  const { label, rowCount, rowAt, rowId, selectedId, onSelect, onRange, rowHeight = 34 } = props
  const scroller = useRef<HTMLDivElement>(null)
  const { ref: sizeRef, columns } = useFittingColumns(props.columns)
  const frame = useMergedRef(scroller, sizeRef)
  const baseId = useId()
  const [active, setActive] = useState(-1)
  const [extending, setExtending] = useState(false)
  const virtualizer = useVirtualizer({
    count: rowCount,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 6,
    useFlushSync: false,
    scrollPaddingStart: rowHeight,
  })
  const items = virtualizer.getVirtualItems()
  const flying = useFlight({
    offset: virtualizer.scrollOffset ?? 0,
    isScrolling: virtualizer.isScrolling,
    screen: virtualizer.scrollRect?.height ?? 0,
  })
  const first = items[0]?.index ?? 0
  const last = items[items.length - 1]?.index ?? 0

  useEffect(() => {
    if (!flying) onRange?.(first, last)
  })
  useHeldPlace({
    scroller,
    rowHeight,
    offset: virtualizer.scrollOffset ?? 0,
    rowAt,
    rowId,
    resetKey: props.resetKey,
  })

  const found = items.find(({ index }) => {
    const row = rowAt(index)
    return row !== undefined && rowId(row) === selectedId
  })
  const current = selectedId == null || extending ? active : (found?.index ?? active)

  function goTo(index: number) {
    setActive(index)
    virtualizer.scrollToIndex(index)
    return rowAt(index)
  }

  function moveTo(index: number) {
    setExtending(false)
    const row = goTo(index)
    if (row !== undefined) onSelect?.(rowId(row), row)
  }

  function extendTo(index: number, from: T | undefined) {
    if (!extending && from !== undefined) props.onMark?.(current, from, true)
    setExtending(true)
    const row = goTo(index)
    if (row !== undefined) props.onMark?.(index, row, true)
  }

  function pressOn(event: KeyboardEvent, row: T) {
    if (event.key === ' ' && props.onMark) {
      event.preventDefault()
      props.onMark(current, row, false)
    } else if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) props.onActivate?.(rowId(row), row)
    else props.onRowKey?.(event, row)
  }

  function targetOf(event: KeyboardEvent): number | null {
    if (event.ctrlKey || event.metaKey || event.altKey) return null
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2)
    return stepIndex(event.key, current, rowCount, page)
  }

  function onKeyDown(event: KeyboardEvent) {
    // Keys of controls inside a row are theirs.
    if (event.target !== event.currentTarget) return
    const next = targetOf(event)
    const row = current >= 0 ? rowAt(current) : undefined
    if (next !== null) {
      event.preventDefault()
      if (event.shiftKey && props.onMark) extendTo(next, row)
      else moveTo(next)
    } else if (row !== undefined) pressOn(event, row)
  }

  const press = useStableCallback((event: MouseEvent, index: number) => {
    // The grid keeps the focus, so that the arrow keys go on from here; controls in a row take theirs.
    if ((event.target as Element).closest('button, a, input, label')) return
    event.preventDefault()
    scroller.current?.focus({ preventScroll: true })
    setActive(index)
    setExtending(false)
    const row = rowAt(index)
    if (row === undefined) return
    const marking = event.ctrlKey || event.metaKey || event.shiftKey
    if (marking && props.onMark) props.onMark(index, row, event.shiftKey)
    else onSelect?.(rowId(row), row)
  })
  const doublePress = useStableCallback((index: number) => {
    const row = rowAt(index)
    if (row !== undefined) props.onActivate?.(rowId(row), row)
  })

  // A row's element is used again for the one that comes in at the other end: cheaper than a new one.
  const recycled = 2 ** Math.ceil(Math.log2(Math.max(1, last - first + 1)))
  const isEmpty = rowCount === 0 && props.empty !== undefined
  const template = useMemo(() => templateOf(columns), [columns])
  return (
    <div
      ref={frame}
      className={classes.scroller}
      role="grid"
      aria-label={label}
      aria-rowcount={isEmpty ? 2 : rowCount + 1}
      aria-colcount={columns.length}
      aria-activedescendant={current >= first && current <= last ? `${baseId}-${current}` : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <div className={classes.head} role="row" aria-rowindex={1} tabIndex={-1} style={template}>
        {columns.map((column) => (
          <div
            key={column.id}
            role="columnheader"
            tabIndex={-1}
            className={classes.cell}
            data-align={column.align}
          >
            {column.header}
          </div>
        ))}
      </div>
      {isEmpty && (
        // What a grid holds are rows and cells, also where there is only a sentence to say.
        <div role="row" aria-rowindex={2} tabIndex={-1}>
          <div role="gridcell" aria-colspan={columns.length} tabIndex={-1}>
            {props.empty}
          </div>
        </div>
      )}
      <div
        role="presentation"
        className={classes.rows}
        style={{ height: virtualizer.getTotalSize(), minWidth: template.minWidth }}
      >
        {items.map(({ index, start }) => {
          const row = rowAt(index)
          const id = row === undefined ? null : rowId(row)
          return (
            <VirtualRow
              key={index % recycled}
              elementId={`${baseId}-${index}`}
              index={index}
              row={flying ? undefined : row}
              id={id}
              columns={columns}
              selected={id !== null && id === selectedId}
              current={index === current}
              marked={id !== null && (props.isMarked?.(id) ?? false)}
              wide={!flying && row !== undefined && props.renderWide?.(row)}
              template={template}
              top={start}
              height={rowHeight}
              onPress={press}
              onDoublePress={doublePress}
            />
          )
        })}
      </div>
    </div>
  )
}

function templateOf(columns: readonly { width: string }[]) {
  const tracks = columns.map(({ width }) => width)
  return { gridTemplateColumns: tracks.join(' '), minWidth: leastWidth(tracks) }
}
