import { Button } from '@mantine/core'
import { useElementSize, useLocalStorage } from '@mantine/hooks'
import { IconArrowLeft } from '@tabler/icons-react'
import { type ReactNode, useRef } from 'react'
import classes from './list-detail.module.css'
import { Splitter } from './splitter.tsx'

export interface ListDetailProps {
  /** Under which name the width of the list is remembered. */
  name: string
  /** "Users": names the regions. */
  label: string
  list: ReactNode
  /** Null shows the list alone. */
  detail: ReactNode
  /** Stands beside the list while nothing is selected, where there is room for both. */
  aside?: ReactNode
  onCloseDetail: () => void
  /** Share of the width the list has at first, in percent. */
  initial?: number
  /** Below this width, in pixels, the detail covers the list. */
  stackBelow?: number
}

/** A list beside the detail of what is selected; one above the other where there is no room. */
export function ListDetail(props: ListDetailProps) {
  const { name, label, list, onCloseDetail, initial = 45, stackBelow = 760 } = props
  const { ref: sizeRef, width } = useElementSize<HTMLDivElement>()
  const frame = useRef<HTMLDivElement | null>(null)
  const [share, setShare] = useLocalStorage({
    key: `grantscope.split.${name}`,
    defaultValue: initial,
    getInitialValueInEffect: false,
  })
  const stacked = width > 0 && width < stackBelow
  const selected = isShown(props.detail)
  const detail = selected || stacked ? props.detail : props.aside
  const open = isShown(detail)
  return (
    <div
      ref={(element) => {
        frame.current = element
        return sizeRef(element)
      }}
      className={classes.frame}
    >
      {/* Hidden rather than taken away, so that it is where it was on the way back. */}
      <section
        className={classes.list}
        aria-label={`${label} list`}
        hidden={stacked && open}
        style={open ? { flex: `0 0 ${share}%` } : { flex: 1 }}
      >
        {list}
      </section>
      {open && !stacked && (
        <Splitter
          label={`Width of the ${label.toLowerCase()} list`}
          value={share}
          onChange={setShare}
          frame={frame}
          reset={initial}
        />
      )}
      {open && (
        <section className={classes.detail} aria-label={`${label} detail`}>
          {stacked && (
            <Button
              variant="subtle"
              color="gray"
              className={classes.back}
              leftSection={<IconArrowLeft size={15} aria-hidden />}
              onClick={onCloseDetail}
            >
              Back to the list
            </Button>
          )}
          {detail}
        </section>
      )}
    </div>
  )
}

const isShown = (part: ReactNode): boolean => part !== undefined && part !== null && part !== false
