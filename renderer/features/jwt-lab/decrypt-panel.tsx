import { Button, Group, SegmentedControl, Stack, Text } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { SecretEncoding } from '../../../shared/contract/operations/lab.ts'
import { useCommand, useWorkbench } from '../../stores/hooks.ts'
import { parseJsonObject } from '../../ui/format/json.ts'
import { CodeView, JsonView } from '../../ui/json-view.tsx'
import { Panel } from '../../ui/panel.tsx'
import { PrimaryButton } from '../../ui/primary-button.tsx'
import { KeyText, SecretFields } from './key-fields.tsx'
import { useLab } from './use-lab.ts'

/** Opens a JWE with the key of its recipient. */
export function DecryptPanel() {
  const token = useLab((state) => state.decoded?.token ?? '')
  const [kind, setKind] = useState<'key' | 'secret'>('key')
  const [text, setText] = useState('')
  const [secret, setSecret] = useState<{ secret: string; encoding: SecretEncoding }>({
    secret: '',
    encoding: 'text',
  })
  const { run, pending, error } = useCommand('lab.decrypt', { quiet: true })
  const [opened, setOpened] = useState<{ of: string; plaintext: string; nested: string | null } | null>(null)

  async function submit(event: FormEvent) {
    event.preventDefault()
    const key = kind === 'key' ? ({ kind, text } as const) : ({ kind, ...secret } as const)
    const result = await run({ token, key })
    setOpened(result.ok ? { of: token, ...result.value } : null)
  }

  return (
    <Panel
      title="Decrypt"
      description="With the private key of whoever the token is for, or the shared secret."
    >
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack gap="sm">
          <SegmentedControl
            aria-label="Kind of key"
            data={[
              { value: 'key', label: 'PEM, JWK or JWK Set' },
              { value: 'secret', label: 'Secret' },
            ]}
            value={kind}
            onChange={(value) => setKind(value === 'secret' ? 'secret' : 'key')}
          />
          {kind === 'key' ? (
            <KeyText label="Private key" description="It is not stored." value={text} onChange={setText} />
          ) : (
            <SecretFields {...secret} onChange={(changes) => setSecret({ ...secret, ...changes })} />
          )}
          {error && (
            <Text fz="xs" c="var(--gs-bad)" role="alert">
              {error.message}
            </Text>
          )}
          <Group>
            <PrimaryButton
              type="submit"
              loading={pending}
              disabled={kind === 'key' ? text.trim() === '' : false}
            >
              Decrypt
            </PrimaryButton>
          </Group>
        </Stack>
      </form>
      {opened?.of === token && <Plaintext {...opened} />}
    </Panel>
  )
}

function Plaintext({ plaintext, nested }: { plaintext: string; nested: string | null }) {
  const { lab } = useWorkbench()
  const json = parseJsonObject(plaintext)
  return (
    <Stack gap="xs" mt="md" data-testid="lab-plaintext">
      {json.ok ? (
        <JsonView value={json.value} label="decrypted claims" />
      ) : (
        <CodeView text={plaintext} label="decrypted text" maxHeight={220} />
      )}
      {nested && (
        <Group>
          <Button variant="default" onClick={() => lab.setText(nested, true)}>
            Look at the token inside
          </Button>
        </Group>
      )}
    </Stack>
  )
}
