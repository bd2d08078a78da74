import { Button, Group, RingProgress, Stack, Text, TextInput } from '@mantine/core'
import { IconDeviceMobile, IconLockOpen, IconShieldOff } from '@tabler/icons-react'
import { type FormEvent, useEffect, useState } from 'react'
import type { SecondFactor } from '../../../shared/contract/operations/users.ts'
import { useCommand, useOperation } from '../../stores/hooks.ts'
import { VerdictBanner } from '../../ui/banner.tsx'
import { ConfirmButton } from '../../ui/confirm-button.tsx'
import { CopyButton, CopyField } from '../../ui/copy.tsx'
import { Countdown } from '../../ui/countdown.tsx'
import { fieldErrors } from '../../ui/format/issues.ts'
import { notifyDone } from '../../ui/notify.tsx'
import { useNow } from '../../ui/now.ts'
import { Panel } from '../../ui/panel.tsx'
import { StateBadge } from '../../ui/state-badge.tsx'
import { ErrorState, LoadingRows } from '../../ui/states.tsx'
import classes from './users.module.css'

export function SecondFactorPanel({ userId }: { userId: string }) {
  const { data, error, reload } = useOperation('users.secondFactor', { id: userId })
  useReloadAt(data?.codeEndsAt ?? null, reload)
  return (
    <Panel
      title="Second factor"
      description="Time-based one-time codes (RFC 6238: six digits, 30 seconds, SHA-1)."
      actions={data && <StateBadge state={data.state} />}
      testId="second-factor"
    >
      {data ? (
        <Content userId={userId} factor={data} />
      ) : error ? (
        <ErrorState title="The second factor could not be read" message={error.message} onRetry={reload} />
      ) : (
        <LoadingRows rows={3} label="Reading the second factor" />
      )}
    </Panel>
  )
}

/** Reads again from the moment on, each second until there is a later one: the core's clock may be a little behind ours. */
function useReloadAt(at: number | null, reload: () => Promise<void>) {
  const now = useNow()
  useEffect(() => {
    if (at !== null && now >= at) void reload()
  }, [now, at, reload])
}

function Content({ userId, factor }: { userId: string; factor: SecondFactor }) {
  const enrol = useCommand('users.enrolSecondFactor')
  if (factor.state === 'off')
    return (
      <Stack gap="sm" align="flex-start">
        <Text fz="sm">
          A password is enough for this user. With a second factor, a login first gives a pending token that
          only a right code turns into a full one.
        </Text>
        <Button
          variant="default"
          leftSection={<IconDeviceMobile size={15} aria-hidden />}
          loading={enrol.pending}
          onClick={() => void enrol.run({ id: userId })}
        >
          Set up second factor
        </Button>
      </Stack>
    )
  return (
    <Stack gap="md">
      <Lock userId={userId} factor={factor} />
      <div className={classes.factor}>
        {factor.qr && (
          <div className={classes.qr}>
            <img src={factor.qr} alt="QR code for an authenticator app; the secret beside it says the same" />
          </div>
        )}
        <Stack gap="sm" flex="1 1 240px" miw={0}>
          {factor.code && <CurrentCode code={factor.code} endsAt={factor.codeEndsAt} />}
          {factor.secret && <CopyField label="Secret (base32)" value={factor.secret} testId="totp-secret" />}
          {factor.provisioningUri && (
            <Group>
              <CopyButton value={factor.provisioningUri} what="provisioning URI">
                Copy otpauth URI
              </CopyButton>
            </Group>
          )}
        </Stack>
      </div>
      {factor.state === 'pending' && <Confirm userId={userId} factor={factor} />}
      <Reset userId={userId} state={factor.state} />
    </Stack>
  )
}

const stepMs = 30_000

/** The code of this moment, with a ring that empties as it ends. */
function CurrentCode({ code, endsAt }: { code: string; endsAt: number | null }) {
  const left = Math.min(stepMs, Math.max(0, (endsAt ?? 0) - useNow()))
  const seconds = Math.ceil(left / 1000)
  return (
    <div>
      <Text fz="xs" fw={600}>
        Current code
      </Text>
      <Group gap="sm" wrap="nowrap">
        <output className={classes.code} aria-label="Current code" aria-live="off" data-testid="totp-code">
          {code}
        </output>
        <CopyButton value={code} what="current code" />
        <RingProgress
          size={38}
          thickness={4}
          roundCaps
          rootColor="var(--gs-muted-bg)"
          sections={[
            { value: (left / stepMs) * 100, color: seconds <= 5 ? 'var(--gs-warn)' : 'var(--gs-accent)' },
          ]}
          label={
            <Text ta="center" fz={11} ff="monospace">
              {seconds}
            </Text>
          }
          aria-label={`Ends in ${seconds} seconds`}
        />
      </Group>
    </div>
  )
}

function Lock({ userId, factor }: { userId: string; factor: SecondFactor }) {
  const { run, pending } = useCommand('users.unlockSecondFactor')
  const now = useNow()
  const locked = factor.lockedUntil !== null && factor.lockedUntil > now
  if (!locked && factor.failures === 0) return null
  const unlock = (
    <Button
      variant="default"
      loading={pending}
      leftSection={<IconLockOpen size={15} aria-hidden />}
      onClick={() => void run({ id: userId })}
    >
      {locked ? 'Unlock' : 'Forget wrong codes'}
    </Button>
  )
  if (locked)
    return (
      <VerdictBanner
        tone="bad"
        verdict="Locked after wrong codes"
        reason={
          <>
            Every code is refused with 429 for another{' '}
            <Countdown until={factor.lockedUntil ?? 0} over="moment" />.
          </>
        }
        actions={unlock}
      />
    )
  return (
    <VerdictBanner
      tone="warn"
      verdict={factor.failures === 1 ? '1 wrong code' : `${factor.failures} wrong codes`}
      reason="Five in a row lock the second factor for a minute."
      actions={unlock}
    />
  )
}

function Confirm({ userId, factor }: { userId: string; factor: SecondFactor }) {
  const [code, setCode] = useState('')
  const { run, pending, error } = useCommand('users.confirmSecondFactor', { quiet: true })
  const { fields: errors } = fieldErrors(error?.issues, ['code'])

  async function submit(event: FormEvent) {
    event.preventDefault()
    const result = await run({ id: userId, code: code.replace(/\s/g, '') })
    if (result.ok) notifyDone('The second factor is on')
  }

  return (
    <form onSubmit={submit} noValidate>
      <Group align="flex-end" gap="sm">
        <TextInput
          label="Code from the authenticator app"
          description="A right code switches the second factor on."
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={7}
          value={code}
          error={errors.code ?? error?.message}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <Button type="submit" loading={pending} disabled={code.trim() === ''}>
          Confirm
        </Button>
        <Button variant="subtle" onClick={() => setCode(factor.code ?? '')}>
          Fill in the current code
        </Button>
      </Group>
    </form>
  )
}

function Reset({ userId, state }: { userId: string; state: SecondFactor['state'] }) {
  const { run, pending } = useCommand('users.resetSecondFactor')
  if (state === 'pending')
    return (
      <Group>
        <Button variant="default" loading={pending} onClick={() => void run({ id: userId })}>
          Cancel the set-up
        </Button>
      </Group>
    )
  return (
    <Group>
      <ConfirmButton
        icon={<IconShieldOff size={15} aria-hidden />}
        title="Reset the second factor?"
        consequence="The secret is forgotten and a password is enough again. Authenticator apps that know the secret have to be set up anew."
        verb="Reset"
        onConfirm={() => run({ id: userId })}
      >
        Reset second factor
      </ConfirmButton>
    </Group>
  )
}
