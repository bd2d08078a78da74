// biome-ignore-all lint/a11y/useSemanticElements: rows lie where they are put, which table elements cannot
import { type CSSProperties, type MouseEvent, memo, type ReactNode } from 'react'
import classes from './virtual-table.module.css'

export interface Column<T> {
  id: string
  header: ReactNode
  /** CSS grid track: "90px", "minmax(120px, 1fr)". */
  width: string
  align?: 'start' | 'end'
  /** The least width of the table, in pixels, at which the column is shown; left out, it always is. */
  from?: number
  render: (row: T, index: number) => ReactNode
}

export interface VirtualRowProps<T> {
  /** The element's id, for aria-activedescendant. */
  elementId: string
  index: number
  /** Undefined while it is on the way. */
  row: T | undefined
  id: string | null
  columns: readonly Column<T>[]
  selected: boolean
  current: boolean
  marked: boolean
  /** Drawn over all columns, instead of the cells. */
  wide: ReactNode
  /** Grid tracks of the cells; keep its identity while they are the same. */
  template: CSSProperties
  top: number
  height: number
  onPress: (event: MouseEvent, index: number) => void
  onDoublePress: (index: number) => void
}

/** One row of a VirtualTable. Scrolling leaves the rows that stay alone. */
export const VirtualRow = memo(Row) as typeof Row

function Row<T>(props: VirtualRowProps<T>) {
  const { index, row, id, columns, wide } = props
  return (
    <div
      id={props.elementId}
      role="row"
      tabIndex={-1}
      aria-rowindex={index + 2}
      aria-selected={props.selected}
      data-current={props.current || undefined}
      data-marked={props.marked || undefined}
      data-wide={Boolean(wide) || undefined}
      data-testid={id === null ? undefined : `row-${id}`}
      className={classes.row}
      style={{ ...props.template, height: props.height, transform: `translateY(${props.top}px)` }}
      onMouseDown={(event) => props.onPress(event, index)}
      onDoubleClick={() => props.onDoublePress(index)}
    >
      {wide || row === undefined ? (
        <div role="gridcell" tabIndex={-1} aria-colspan={columns.length} className={classes.wide}>
          {wide || <span className={classes.waiting} />}
        </div>
      ) : (
        columns.map((column) => (
          <div
            key={column.id}
            role="gridcell"
            tabIndex={-1}
            className={classes.cell}
            data-align={column.align}
          >
            {column.render(row, index)}
          </div>
        ))
      )}
    </div>
  )
}
