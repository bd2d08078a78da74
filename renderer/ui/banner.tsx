import { Group, Text } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconCircleX, IconInfoCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './banner.module.css'
import type { Tone } from './state-badge.tsx'

const icons = {
  good: IconCircleCheck,
  bad: IconCircleX,
  warn: IconAlertTriangle,
  info: IconInfoCircle,
  muted: IconInfoCircle,
} as const

export interface VerdictBannerProps {
  tone: Tone
  /** The verdict in a word or two: "Valid", "Signature does not match". */
  verdict: string
  /** Why. */
  reason?: ReactNode
  actions?: ReactNode
  testId?: string
}

/** A verdict that stands on top of what it is about: icon, word and reason. */
export function VerdictBanner({ tone, verdict, reason, actions, testId }: VerdictBannerProps) {
  const Icon = icons[tone]
  return (
    <div className={classes.banner} data-tone={tone} data-testid={testId}>
      <Icon size={20} aria-hidden className={classes.icon} />
      <div className={classes.text}>
        <Text fw={620} fz="sm">
          {verdict}
        </Text>
        {reason && <Text fz="sm">{reason}</Text>}
      </div>
      {actions && <Group gap="xs">{actions}</Group>}
    </div>
  )
}
