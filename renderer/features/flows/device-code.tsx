import { Button, Text } from '@mantine/core'
import { IconExternalLink, IconRefresh } from '@tabler/icons-react'
import type { FlowRun, FlowStep } from '../../../shared/contract/operations/flows.ts'
import { useWorkbench } from '../../stores/hooks.ts'
import { VerdictBanner } from '../../ui/banner.tsx'
import { CopyField } from '../../ui/copy.tsx'
import { Countdown, useCountdownAnnouncement } from '../../ui/countdown.tsx'
import { NowContext, useNow } from '../../ui/now.ts'
import { QrCode } from '../../ui/qr-code.tsx'
import { type DeviceState, deviceState } from './device-state.ts'
import classes from './flows.module.css'
import type { RunActions } from './use-run-actions.ts'

interface DeviceCodeProps {
  run: FlowRun
  step: FlowStep
  actions: RunActions
}

/** RFC 8628 3.3: the code, where to type it, and for how long it is good; until the device has its tokens. */
export function DeviceCode({ run, step, actions }: DeviceCodeProps) {
  const { clock, realTime } = useWorkbench()
  const concerned = step.needs.includes('user_code') || step.needs.includes('device_code')
  const device = concerned ? deviceState(run) : null
  if (device === null) return null
  return (
    <NowContext value={run.profile.issuer.kind === 'built-in' ? clock : realTime}>
      <section className={classes.waiting} aria-label="Code for the user" data-testid="flow-device">
        <Device run={run} device={device} actions={actions} />
      </section>
    </NowContext>
  )
}

interface DeviceProps {
  run: FlowRun
  device: DeviceState
  actions: RunActions
}

function Device({ run, device, actions }: DeviceProps) {
  const { expiresAt, over } = device
  const now = useNow()
  const left = expiresAt === null ? Number.POSITIVE_INFINITY : Math.ceil((expiresAt - now) / 1000)
  useCountdownAnnouncement(left, 'The user code')
  return over !== null || left <= 0 ? (
    <CodeOver device={device} actions={actions} />
  ) : (
    <CodeOpen run={run} device={device} />
  )
}

/** Of a code that is good for nothing any more. */
function CodeOver({ device: { code, over, firstStep }, actions }: Omit<DeviceProps, 'run'>) {
  const denied = over === 'denied'
  return (
    <VerdictBanner
      tone={denied ? 'bad' : 'muted'}
      verdict={denied ? 'The user said no' : 'The code has expired'}
      reason={denied ? `The code ${code} is good for nothing any more.` : `Nobody approved ${code} in time.`}
      actions={
        <Button
          leftSection={<IconRefresh size={15} aria-hidden />}
          loading={actions.busy === 'again'}
          onClick={() => void actions.again(firstStep)}
        >
          Start again
        </Button>
      }
    />
  )
}

function CodeOpen({ run, device }: Omit<DeviceProps, 'actions'>) {
  const { code, place, complete, expiresAt } = device
  return (
    <div className={classes.device}>
      <div className={classes.deviceText}>
        <Text className={classes.userCode} data-testid="flow-user-code">
          {code}
        </Text>
        {expiresAt !== null && (
          <Text fz="sm" data-testid="flow-code-life">
            Good for another <Countdown until={expiresAt} />
          </Text>
        )}
        <Polling run={run} device={device} />
        <Text fz="sm">Somebody types this code at {place}, or opens the address below.</Text>
        <CopyField label="Page to open" value={complete ?? place} testId="flow-login-url" />
        <div>
          <Button
            component="a"
            href={complete ?? place}
            target="_blank"
            rel="noreferrer"
            variant="default"
            leftSection={<IconExternalLink size={15} aria-hidden />}
          >
            Open in a tab
          </Button>
        </div>
      </div>
      {complete !== null && <QrCode text={complete} label="QR code of the address that has the code in it" />}
    </div>
  )
}

/** How often the client asks, and when next. */
function Polling({ run: { polling }, device }: { run: FlowRun; device: DeviceState }) {
  const { interval, firstInterval } = device
  const often = `every ${interval} seconds`
  return (
    <div data-testid="flow-polling">
      <Text fz="xs" c="dimmed" role="status">
        {polling ? `The client asks for the tokens ${often}.` : `The client may ask for the tokens ${often}.`}
        {firstInterval !== null &&
          ` The issuer said slow_down: it was every ${firstInterval} seconds, and stays slower (RFC 8628 3.5).`}
      </Text>
      {polling && (
        <Text fz="xs" c="dimmed">
          Next in <Countdown until={polling.at} over="a moment" />
        </Text>
      )}
    </div>
  )
}
