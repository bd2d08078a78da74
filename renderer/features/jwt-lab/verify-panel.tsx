import { Button, Group, Select, Stack, Text, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useCommand, useWorkbench } from '../../stores/hooks.ts'
import type { VerifyChoice } from '../../stores/lab.ts'
import { Panel } from '../../ui/panel.tsx'
import { KeyText, SecretFields } from './key-fields.tsx'
import { needsConfirmation, OutsideTarget } from './outside-target.tsx'
import { useLab } from './use-lab.ts'

const kinds: readonly { value: VerifyChoice['kind']; label: string }[] = [
  { value: 'issuer', label: 'The issuers of this workspace' },
  { value: 'url', label: 'Another issuer, by URL' },
  { value: 'key', label: 'A key: PEM, JWK or JWK Set' },
  { value: 'secret', label: 'A secret' },
]

/** Which keys decide. What is entered stays in this window. */
export function VerifyPanel() {
  const { lab } = useWorkbench()
  const verify = useLab((state) => state.verify)
  const failure = useLab((state) => state.failure)
  const issue = (path: string) => {
    const found = failure?.issues?.find((one) => one.path === path)
    return found ? `It ${found.message}` : null
  }
  return (
    <Panel title="Verify with">
      <Stack gap="sm">
        <Select
          aria-label="Verify with"
          allowDeselect={false}
          data={kinds}
          value={verify.kind}
          onChange={(kind) => kind && lab.setVerify({ kind })}
        />
        {verify.kind === 'url' && <UrlFields />}
        {verify.kind === 'key' && (
          <KeyText
            label="Key"
            description="Public or private, a certificate too. It is not stored."
            value={verify.text}
            error={issue('key.text')}
            onChange={(text) => lab.setVerify({ text })}
          />
        )}
        {verify.kind === 'secret' && (
          <SecretFields {...verify} error={issue('key.secret')} onChange={lab.setVerify} />
        )}
        {verify.kind === 'issuer' && (
          <Text fz="xs" c="dimmed">
            The key is found by the kid of the token. Its own algorithm decides, never the one the token
            names.
          </Text>
        )}
      </Stack>
    </Panel>
  )
}

function UrlFields() {
  const { lab } = useWorkbench()
  const { url, fetched } = useLab((state) => state.verify)
  const { run, pending, error } = useCommand('lab.fetchKeys', { quiet: true })
  const [asking, setAsking] = useState(false)

  async function fetchKeys(confirmed: boolean) {
    setAsking(false)
    const result = await run({ url: url.trim(), confirmed })
    if (result.ok) lab.setVerify({ fetched: result.value })
  }

  function submit(event: FormEvent) {
    event.preventDefault()
    if (needsConfirmation(url.trim())) setAsking(true)
    else void fetchKeys(false)
  }

  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="xs">
        <Group gap="xs" align="flex-end" wrap="nowrap">
          <TextInput
            label="Issuer, discovery or JWKS URL"
            flex={1}
            type="url"
            placeholder="https://login.example.com"
            spellCheck={false}
            value={url}
            error={error !== null}
            onChange={(event) => {
              setAsking(false)
              lab.setVerify({ url: event.currentTarget.value, fetched: null })
            }}
          />
          <Button type="submit" variant="default" loading={pending} disabled={url.trim() === ''}>
            Get keys
          </Button>
        </Group>
        {asking && (
          <OutsideTarget
            url={url.trim()}
            what="The keys are fetched from there. The token is not sent."
            onConfirm={() => void fetchKeys(true)}
          />
        )}
        {error && (
          <Text fz="xs" c="var(--gs-bad)" role="alert">
            {error.message}
          </Text>
        )}
        {fetched && (
          <Text fz="xs" c="dimmed" data-testid="lab-fetched">
            {fetched.count === 1 ? 'One key' : `${fetched.count} keys`} from {fetched.jwksUri}
            {fetched.issuer && `, issuer ${fetched.issuer}`}.
          </Text>
        )}
      </Stack>
    </form>
  )
}
