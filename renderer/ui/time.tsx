import { Text, Tooltip } from '@mantine/core'
import { formatAbsolute, formatRelative, toEpochSeconds } from './format/time.ts'
import { useNow } from './now.ts'

export interface TimeProps {
  /** Epoch milliseconds. */
  at: number
  /** `short` shows only the relative form, `full` all three; the others are in the tooltip. */
  form?: 'short' | 'normal' | 'full'
}

/** A moment: absolute, relative to the issuer's clock, and as epoch seconds. */
export function Time({ at, form = 'normal' }: TimeProps) {
  const now = useNow()
  const absolute = formatAbsolute(at)
  const relative = formatRelative(at, now)
  const epoch = `epoch ${toEpochSeconds(at)}`
  const shown = {
    short: relative,
    normal: `${absolute} (${relative})`,
    full: `${absolute} (${relative}) · ${epoch}`,
  }[form]
  return (
    <Tooltip label={`${absolute} · ${relative} · ${epoch}`} disabled={form === 'full'}>
      <Text
        component="time"
        dateTime={new Date(at).toISOString()}
        inherit
        style={{ whiteSpace: 'var(--gs-time-wrap, nowrap)' }}
      >
        {shown}
      </Text>
    </Tooltip>
  )
}
