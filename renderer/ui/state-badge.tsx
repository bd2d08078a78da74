import { VisuallyHidden } from '@mantine/core'
import {
  IconAlertTriangle,
  IconBan,
  IconBattery,
  IconBolt,
  IconBoltOff,
  IconCheck,
  IconCircleDashed,
  IconClockOff,
  IconEyeOff,
  IconHourglass,
  IconLock,
  IconMinus,
  IconPlayerPlay,
  IconRecycle,
  IconWorld,
  IconX,
} from '@tabler/icons-react'
import type { ComponentType } from 'react'
import classes from './state-badge.module.css'

export type Tone = 'good' | 'bad' | 'warn' | 'info' | 'muted'

interface Look {
  tone: Tone
  label: string
  Icon: ComponentType<{ size?: number; 'aria-hidden'?: boolean }>
}

const looks = {
  // tokens
  active: { tone: 'good', label: 'Active', Icon: IconCheck },
  expired: { tone: 'muted', label: 'Expired', Icon: IconClockOff },
  consumed: { tone: 'info', label: 'Consumed', Icon: IconRecycle },
  revoked: { tone: 'bad', label: 'Revoked', Icon: IconBan },
  // keys
  published: { tone: 'info', label: 'Published', Icon: IconWorld },
  retired: { tone: 'muted', label: 'Retired', Icon: IconEyeOff },
  // checks
  passed: { tone: 'good', label: 'Passed', Icon: IconCheck },
  failed: { tone: 'bad', label: 'Failed', Icon: IconX },
  warned: { tone: 'warn', label: 'Warning', Icon: IconAlertTriangle },
  // flows and their steps
  ready: { tone: 'info', label: 'Ready', Icon: IconPlayerPlay },
  blocked: { tone: 'muted', label: 'Blocked', Icon: IconCircleDashed },
  waiting: { tone: 'warn', label: 'Waiting', Icon: IconHourglass },
  cancelled: { tone: 'muted', label: 'Cancelled', Icon: IconBan },
  // faults
  armed: { tone: 'warn', label: 'Armed', Icon: IconBolt },
  disarmed: { tone: 'muted', label: 'Disarmed', Icon: IconBoltOff },
  spent: { tone: 'muted', label: 'Spent', Icon: IconBattery },
  // users and their second factor
  inactive: { tone: 'muted', label: 'Inactive', Icon: IconMinus },
  on: { tone: 'good', label: 'On', Icon: IconCheck },
  off: { tone: 'muted', label: 'Off', Icon: IconCircleDashed },
  pending: { tone: 'warn', label: 'Pending', Icon: IconHourglass },
  locked: { tone: 'bad', label: 'Locked', Icon: IconLock },
} as const satisfies Record<string, Look>

export type StateName = keyof typeof looks

export interface StateBadgeProps {
  state: StateName
  /** Another word for the state ("2FA on"). */
  label?: string
}

/** A state as icon, word and colour. */
export function StateBadge({ state, label }: StateBadgeProps) {
  const look: Look = looks[state]
  return (
    <span className={classes.badge} data-tone={look.tone}>
      <look.Icon size={13} aria-hidden />
      {label ?? look.label}
    </span>
  )
}

/** The colour an HTTP status is shown in. */
export function statusTone(status: number): Tone {
  if (status >= 500 || status === 0) return 'bad'
  if (status >= 400) return 'warn'
  return status >= 300 ? 'info' : 'good'
}

const NoStatus = () => (
  <>
    <span aria-hidden>—</span>
    <VisuallyHidden>no answer</VisuallyHidden>
  </>
)

/** An HTTP status code; 0 stands for no answer. */
export function StatusCode({ status }: { status: number }) {
  return (
    <span className={classes.badge} data-tone={statusTone(status)} data-mono>
      {status === 0 ? <NoStatus /> : status}
    </span>
  )
}
