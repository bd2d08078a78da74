import { Button, Stack, Text } from '@mantine/core'
import { IconTicket } from '@tabler/icons-react'
import { useState } from 'react'
import type { OutputOf } from '../../../shared/contract/operations/index.ts'
import { useCommand } from '../../stores/hooks.ts'
import { CopyField } from '../../ui/copy.tsx'
import { Time } from '../../ui/time.tsx'

/** Makes an initial access token (RFC 7591 1.2), which is shown this once. */
export function InitialToken({ issuer }: { issuer: string }) {
  const [made, setMade] = useState<OutputOf<'registration.token'> | null>(null)
  const { run, pending } = useCommand('registration.token')

  async function make() {
    const result = await run({ issuer })
    if (result.ok) setMade(result.value)
  }

  return (
    <Stack gap="xs" mt="md" align="flex-start">
      <Button
        variant="default"
        loading={pending}
        leftSection={<IconTicket size={15} aria-hidden />}
        onClick={() => void make()}
      >
        Make an initial access token
      </Button>
      {made && (
        <>
          <CopyField label="Initial access token" value={made.token} testId="initial-token" />
          <Text fz="xs" c="dimmed">
            Shown this once. Sent as Authorization: Bearer to /register, until <Time at={made.expiresAt} />.
          </Text>
        </>
      )}
    </Stack>
  )
}
