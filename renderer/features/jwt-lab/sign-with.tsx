import { Select, Stack, Text } from '@mantine/core'
import { useWorkbench } from '../../stores/hooks.ts'
import type { SignChoice } from '../../stores/lab.ts'
import { Panel } from '../../ui/panel.tsx'
import { KeyText, SecretFields } from './key-fields.tsx'
import { useLab, useSigningKey, useSigningKeys } from './use-lab.ts'

const kinds: readonly { value: SignChoice['kind']; label: string }[] = [
  { value: 'issuer', label: 'A key of this workspace' },
  { value: 'key', label: 'A pasted or generated key' },
  { value: 'secret', label: 'A secret' },
  { value: 'none', label: 'Nothing (alg none)' },
]

/** Which key signs, here and where a break is to be signed for real. */
export function SignWith() {
  const { lab } = useWorkbench()
  const sign = useLab((state) => state.sign)
  return (
    <Panel title="Sign with">
      <Stack gap="sm">
        <Select
          aria-label="Sign with"
          allowDeselect={false}
          data={kinds}
          value={sign.kind}
          onChange={(kind) => kind && lab.setSign({ kind })}
        />
        {sign.kind === 'issuer' && <IssuerKeySelect />}
        {sign.kind === 'key' && (
          <KeyText
            label="Private key"
            description="It signs in the core, and is not stored. “Make a key” makes one."
            value={sign.text}
            onChange={(text) => lab.setSign({ text })}
          />
        )}
        {sign.kind === 'secret' && <SecretFields {...sign} onChange={lab.setSign} />}
      </Stack>
    </Panel>
  )
}

function IssuerKeySelect() {
  const { lab } = useWorkbench()
  const keys = useSigningKeys()
  const { kid, alg } = useSigningKey()
  return (
    <div>
      <Select
        label="Key"
        allowDeselect={false}
        data={keys.map((key) => ({
          value: key.kid,
          label: `${key.alg} · ${key.use}${key.active ? ', active' : ''} · ${key.kid.slice(0, 12)}…`,
        }))}
        value={kid ?? null}
        onChange={(next) => next && lab.setSign({ kid: next })}
      />
      <Text fz="xs" c="dimmed" mt={4}>
        The private key stays in the core. The header must say alg {alg ?? 'of the key'}.
      </Text>
    </div>
  )
}
