import { Text, Tooltip } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { useAnnounce } from './announcer.tsx'
import { countdownAnnouncement, formatAbsolute, formatDuration, toEpochSeconds } from './format/time.ts'
import { useNow } from './now.ts'

export interface CountdownProps {
  /** Epoch milliseconds. */
  until: number
  /** What ends, for the announcement at 5 min, 1 min and the end; left out, nothing is announced (rows of a list). */
  announceAs?: string
  /** What to show once it is over. */
  over?: string
}

/** Tells screen readers that so many seconds are left, at 5 min, 1 min and the end; for what outlives its countdown. */
export function useCountdownAnnouncement(left: number, announceAs: string | undefined): void {
  const announce = useAnnounce()
  const before = useRef(left)
  useEffect(() => {
    const text = announceAs ? countdownAnnouncement(before.current, left) : null
    before.current = left
    if (text) announce(`${announceAs} ${text}`)
  }, [left, announceAs, announce])
}

/** Time left on the issuer's clock. */
export function Countdown({ until, announceAs, over = 'expired' }: CountdownProps) {
  const left = Math.ceil((until - useNow()) / 1000)
  useCountdownAnnouncement(left, announceAs)
  const tone = left <= 0 ? 'dimmed' : left <= 60 ? 'var(--gs-warn)' : undefined
  return (
    <Tooltip label={`${formatAbsolute(until)} · epoch ${toEpochSeconds(until)}`}>
      <Text component="span" inherit c={tone} ff="monospace" fz="0.93em" style={{ whiteSpace: 'nowrap' }}>
        {left > 0 ? formatDuration(left) : over}
      </Text>
    </Tooltip>
  )
}
