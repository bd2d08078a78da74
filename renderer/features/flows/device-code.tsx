import { Button, Text } from '@mantine/core'
import { IconExternalLink } from '@tabler/icons-react'
import type { FlowRun, FlowStep } from '../../../shared/contract/operations/flows.ts'
import { CopyField } from '../../ui/copy.tsx'
import { QrCode } from '../../ui/qr-code.tsx'
import classes from './flows.module.css'

interface DeviceCodeProps {
  run: FlowRun
  step: FlowStep
}

/** RFC 8628 3.3: the code, where to type it, and the address that has it in it; until the device has its tokens. */
export function DeviceCode({ run, step }: DeviceCodeProps) {
  const kept = (name: string) => run.values.find((value) => value.name === name)?.value
  const code = kept('user_code')
  const place = kept('verification_uri')
  const concerned = step.needs.includes('user_code') || step.needs.includes('device_code')
  const polled = run.steps.find(({ needs }) => needs.includes('device_code'))
  if (!concerned || code === undefined || place === undefined || polled?.state === 'passed') return null
  const complete = kept('verification_uri_complete')
  const interval = kept('interval') ?? '5'
  return (
    <section className={classes.waiting} aria-label="Code for the user" data-testid="flow-device">
      <div className={classes.device}>
        {complete !== undefined && (
          <QrCode text={complete} label="QR code of the address that has the code in it" />
        )}
        <div className={classes.deviceText}>
          <Text className={classes.userCode} data-testid="flow-user-code">
            {code}
          </Text>
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
          <Text fz="xs" c="dimmed" role="status">
            {run.state === 'polling'
              ? `The client asks for the tokens every ${interval} seconds.`
              : `The client may ask for the tokens every ${interval} seconds.`}
          </Text>
        </div>
      </div>
    </section>
  )
}
