import { Button, Group, Stack, Switch, Text } from '@mantine/core'
import { IconClockPlay, IconRestore } from '@tabler/icons-react'
import { type FormEvent, useEffect, useState } from 'react'
import type { ClockState } from '../../../shared/contract/operations/status.ts'
import { isSimulated } from '../../stores/clock.ts'
import { useClockSetting, useCommand, useOperation, useWorkbench } from '../../stores/hooks.ts'
import { DurationInput } from '../../ui/duration-input.tsx'
import { formatAbsolute, formatDuration, toEpochSeconds } from '../../ui/format/time.ts'
import { useNow } from '../../ui/now.ts'
import { Panel } from '../../ui/panel.tsx'
import { Unread } from '../../ui/states.tsx'
import { ApiSkew } from './api-skew.tsx'
import { clockSteps, describeOffset } from './choices.ts'
import { ClockTokens, useLiveTokens } from './clock-tokens.tsx'
import { endedAfter } from './expiries.ts'
import classes from './settings.module.css'

export function ClockPanel() {
  return (
    <div id="settings-clock" tabIndex={-1} className={classes.anchor}>
      <Panel
        title="Issuer's clock"
        description="Every lifetime, every code and every record goes by it. Move it to see what expires, without waiting."
        testId="clock"
      >
        <ClockControls />
      </Panel>
    </div>
  )
}

/** Everything that moves the clock: in the settings, and behind the clock of the status bar. */
export function ClockControls() {
  const setting = useClockSetting()
  return setting ? <Controls setting={setting} /> : <ClockUnread />
}

/** The clock is read as the connection opens; where that failed, it is followed from here on. */
function ClockUnread() {
  const { clock } = useWorkbench()
  const read = useOperation('clock.get', {})
  useEffect(() => {
    if (read.data) clock.follow(read.data)
  }, [read.data, clock])
  return <Unread what="the clock" rows={2} reads={[read]} />
}

function Controls({ setting }: { setting: ClockState }) {
  const { run, pending } = useCommand('clock.set')
  const move = (seconds: number) => run({ stepMs: seconds * 1000 })
  return (
    <Stack gap="sm">
      <Reading setting={setting} />
      <Group gap={6} role="group" aria-label="Move the clock">
        {clockSteps.map(({ label, seconds }) => (
          <Button
            key={label}
            variant="default"
            size="compact-sm"
            disabled={pending}
            aria-label={`Move the clock by ${label}`}
            onClick={() => void move(seconds)}
          >
            {label}
          </Button>
        ))}
      </Group>
      <MoveBy onMove={move} pending={pending} />
      <Group justify="space-between">
        <Switch
          label="Freeze: time stands still"
          checked={setting.frozen}
          disabled={pending}
          onChange={(event) => void run({ frozen: event.currentTarget.checked })}
        />
        <Button
          variant="default"
          disabled={pending || !isSimulated(setting)}
          leftSection={<IconRestore size={15} aria-hidden />}
          onClick={() => void run({ offsetMs: 0, frozen: false })}
        >
          Back to real time
        </Button>
      </Group>
      <ClockTokens setting={setting} />
      <ApiSkew />
    </Stack>
  )
}

function Reading({ setting }: { setting: ClockState }) {
  const now = useNow()
  return (
    <div className={classes.reading} data-simulated={isSimulated(setting) || undefined}>
      <Text fz="lg" fw={620} className={classes.digits} data-testid="clock-reading">
        {formatAbsolute(now)}
      </Text>
      <Text fz="xs">
        {setting.frozen ? 'Frozen, ' : ''}
        {describeOffset(setting.offsetMs, formatDuration)} · epoch {toEpochSeconds(now)}
      </Text>
    </div>
  )
}

function MoveBy({ onMove, pending }: { onMove: (seconds: number) => unknown; pending: boolean }) {
  const [seconds, setSeconds] = useState<number | null>(1800)
  const now = useNow()
  const live = useLiveTokens()
  const ended = seconds === null ? 0 : endedAfter(live, now, seconds)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (seconds !== null) onMove(seconds)
  }
  return (
    <form onSubmit={submit} noValidate>
      <Group align="flex-end" gap="xs">
        <DurationInput label="Move by" w={150} value={seconds} onChange={setSeconds} />
        <Button
          type="submit"
          variant="default"
          disabled={pending || seconds === null}
          leftSection={<IconClockPlay size={15} aria-hidden />}
        >
          Forward
        </Button>
        <Button
          variant="default"
          disabled={pending || seconds === null}
          onClick={() => seconds !== null && onMove(-seconds)}
        >
          Back
        </Button>
      </Group>
      {seconds !== null && live.length > 0 && (
        <Text fz="xs" c="dimmed" mt={4} data-testid="clock-flips">
          {formatDuration(seconds)} on, {ended} of {live.length} live tokens will have ended.
        </Text>
      )}
    </form>
  )
}
