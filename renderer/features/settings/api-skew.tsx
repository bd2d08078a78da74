import { Button, Group, NumberInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useCommand, useOperation } from '../../stores/hooks.ts'

/** The clock of the sample API, which verifies by the issuer's plus this. */
export function ApiSkew() {
  const { data } = useOperation('settings.get', {})
  return data ? <Field key={data.apiClockSkew} stored={data.apiClockSkew} /> : null
}

function Field({ stored }: { stored: number }) {
  const { run, pending, error } = useCommand('settings.update', { quiet: true })
  const [seconds, setSeconds] = useState<number | string>(stored)
  const changed = typeof seconds === 'number' && seconds !== stored
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (changed) void run({ apiClockSkew: seconds })
  }
  return (
    <form onSubmit={submit} noValidate>
      <Group align="flex-end" gap="xs">
        <NumberInput
          label="Sample API's clock, seconds ahead"
          description="/me and /items judge expiry by it; negative is behind."
          min={-86_400}
          max={86_400}
          step={30}
          allowDecimal={false}
          maw={270}
          value={seconds}
          error={error?.message}
          onChange={setSeconds}
        />
        <Button type="submit" variant="default" disabled={pending || !changed}>
          Set skew
        </Button>
      </Group>
    </form>
  )
}
