import { Button, Group, Stack, Text } from '@mantine/core'
import type { ClockState } from '../../../shared/contract/operations/status.ts'
import type { TokenRow } from '../../../shared/contract/operations/tokens.ts'
import { useCommand, useOperation } from '../../stores/hooks.ts'
import { useNow } from '../../ui/now.ts'
import { Time } from '../../ui/time.tsx'
import { endingNext, justAfter, justBefore } from './expiries.ts'
import classes from './settings.module.css'

const SHOWN = 4

/** The tokens that end next, each with the way to the moment before and after. */
export function ClockTokens({ setting }: { setting: ClockState }) {
  const live = useLiveTokens()
  if (live.length === 0)
    return (
      <Text fz="xs" c="dimmed">
        No token lives now: there is no expiry to jump to.
      </Text>
    )
  return (
    <Stack gap={6} role="group" aria-label="Tokens that end next">
      <Text fz="xs" fw={600}>
        {live.length === 1 ? 'One token lives.' : `${live.length} tokens live.`} Jump to where one ends:
      </Text>
      {live.slice(0, SHOWN).map((token) => (
        <ClockToken key={token.jti} token={token} frozen={setting.frozen} />
      ))}
    </Stack>
  )
}

export function useLiveTokens(): TokenRow[] {
  const now = useNow()
  const { data } = useOperation(
    'tokens.list',
    { filter: { state: 'active' }, limit: 500 },
    { keepPrevious: true },
  )
  return endingNext(data?.rows ?? [], now)
}

function ClockToken({ token, frozen }: { token: TokenRow; frozen: boolean }) {
  const { run, pending } = useCommand('clock.set')
  const { kind, username, clientId, expiresAt } = token
  const name = `${kind} token of ${username ?? clientId}`
  const jump = (label: string, at: number) => (
    <Button
      variant="default"
      size="compact-xs"
      disabled={pending}
      aria-label={`${label} the expiry of the ${name}`}
      onClick={() => void run({ at })}
    >
      {label}
    </Button>
  )
  return (
    <Group gap={6} wrap="nowrap" justify="space-between">
      <Text fz="xs" className={classes.tokenName}>
        <bdi>{name}</bdi>, <Time at={expiresAt} form="short" />
      </Text>
      <Group gap={4} wrap="nowrap">
        {jump('Just before', justBefore(expiresAt, frozen))}
        {jump('Just after', justAfter(expiresAt))}
      </Group>
    </Group>
  )
}
