import { Button, Code, Group, Skeleton, Stack, Text, Title } from '@mantine/core'
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './states.module.css'

export interface EmptyStateProps {
  icon: ReactNode
  title: string
  /** One sentence. */
  children: ReactNode
  /** One button. */
  action?: ReactNode
  /** A line to copy or try, such as a curl command. */
  sample?: ReactNode
}

/** What a list says when nothing is in it: one sentence, one action, one sample. */
export function EmptyState({ icon, title, children, action, sample }: EmptyStateProps) {
  return (
    <div className={classes.center}>
      <Stack align="center" gap="sm" maw={460}>
        <div className={classes.icon} aria-hidden>
          {icon}
        </div>
        <Title order={2}>{title}</Title>
        <Text c="dimmed" ta="center" fz="sm">
          {children}
        </Text>
        {action}
        {sample && <div className={classes.sample}>{sample}</div>}
      </Stack>
    </div>
  )
}

export interface ErrorStateProps {
  title: string
  /** What went wrong and how to mend it, in a sentence. */
  message: string
  onRetry?: () => void
  detail?: string
}

export function ErrorState({ title, message, onRetry, detail }: ErrorStateProps) {
  return (
    <div className={classes.center} role="alert">
      <Stack align="center" gap="sm" maw={520}>
        <div className={classes.icon} data-tone="bad" aria-hidden>
          <IconAlertTriangle size={22} />
        </div>
        <Title order={2}>{title}</Title>
        <Text c="dimmed" ta="center" fz="sm">
          {message}
        </Text>
        {detail && (
          <Code block className={classes.sample}>
            {detail}
          </Code>
        )}
        {onRetry && (
          <Button variant="default" leftSection={<IconRefresh size={15} aria-hidden />} onClick={onRetry}>
            Try again
          </Button>
        )}
      </Stack>
    </div>
  )
}

/** In place of a record that a link names and nobody has. `noun`: "user". */
export const NoSuch = ({ noun }: { noun: string }) => (
  <ErrorState title={`There is no such ${noun}`} message="It may have been removed. Choose another one." />
)

export interface UnreadProps {
  /** "users", "the traces". */
  what: string
  /** All that has to be there before anything can be shown. */
  reads: readonly { error: { message: string } | null; reload: () => Promise<void> }[]
  rows?: number
}

/** In place of what was not read yet: that it is on its way, or why it does not come. */
export function Unread({ what, reads, rows }: UnreadProps) {
  const error = reads.find((read) => read.error !== null)?.error
  if (!error) return <LoadingRows rows={rows} label={`Reading ${what}`} />
  return (
    <ErrorState
      title={`Could not read ${what}`}
      message={error.message}
      onRetry={() => void Promise.all(reads.map(({ reload }) => reload()))}
    />
  )
}

/** Grey bars in place of what is being read; an answer that comes at once leaves no time to see them. */
export function LoadingRows({ rows = 6, label = 'Loading' }: { rows?: number; label?: string }) {
  return (
    <Stack gap={10} p="md" role="status" aria-label={label} className={classes.loading}>
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the bars are all alike
        <Group key={index} gap="md" wrap="nowrap">
          <Skeleton height={14} width={`${22 + ((index * 7) % 15)}%`} />
          <Skeleton height={14} />
        </Group>
      ))}
    </Stack>
  )
}
