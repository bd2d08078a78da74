import { ActionIcon, Button, Group, Input, Text, Tooltip } from '@mantine/core'
import { IconCheck, IconCopy, IconX } from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useAnnounce } from './announcer.tsx'
import { copyText } from './clipboard.ts'
import classes from './copy.module.css'

type Outcome = 'idle' | 'copied' | 'failed'

/** Copies, says so to everyone, and forgets it after two seconds. */
export function useCopy(what: string): { outcome: Outcome; copy: (text: string) => Promise<void> } {
  const [outcome, setOutcome] = useState<Outcome>('idle')
  const announce = useAnnounce()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  return {
    outcome,
    async copy(text) {
      const copied = await copyText(text)
      setOutcome(copied ? 'copied' : 'failed')
      announce(copied ? `${what} copied` : `${what} could not be copied`)
      clearTimeout(timer.current)
      timer.current = setTimeout(() => setOutcome('idle'), 2000)
    },
  }
}

export interface CopyButtonProps {
  /** The text, or how to get it when it is asked for. */
  value: string | (() => string | Promise<string>)
  /** What is copied: "issuer URL". For the announcement, and the name of an icon. */
  what: string
  /** Visible text; left out, the button is an icon. */
  children?: ReactNode
}

export function CopyButton({ value, what, children }: CopyButtonProps) {
  const { outcome, copy } = useCopy(what)
  const Icon = { idle: IconCopy, copied: IconCheck, failed: IconX }[outcome]
  const label = { idle: `Copy ${what}`, copied: 'Copied', failed: 'Could not be copied' }[outcome]
  const onClick = async () => copy(typeof value === 'string' ? value : await value())
  if (children)
    return (
      <Button variant="default" leftSection={<Icon size={15} aria-hidden />} onClick={onClick}>
        {outcome === 'idle' ? children : label}
      </Button>
    )
  return (
    <Tooltip label={label}>
      <ActionIcon
        onClick={onClick}
        aria-label={label}
        c={outcome === 'copied' ? 'var(--gs-good)' : undefined}
      >
        <Icon size={16} aria-hidden />
      </ActionIcon>
    </Tooltip>
  )
}

export interface CopyFieldProps {
  label: string
  value: string
  /** Shown as dots until asked for. */
  secret?: boolean
  testId?: string
}

/** A labelled, read-only line of text with a copy button. */
export function CopyField({ label, value, secret = false, testId }: CopyFieldProps) {
  const [shown, setShown] = useState(!secret)
  return (
    <Input.Wrapper label={label} labelElement="div">
      <Group gap={4} wrap="nowrap" className={classes.field}>
        <Text ff="monospace" fz="xs" className={classes.value} data-testid={testId}>
          {shown ? value : '••••••••••••'}
        </Text>
        {secret && (
          <Button variant="subtle" color="gray" size="compact-xs" onClick={() => setShown(!shown)}>
            {shown ? 'Hide' : 'Show'}
          </Button>
        )}
        <CopyButton value={value} what={label} />
      </Group>
    </Input.Wrapper>
  )
}
