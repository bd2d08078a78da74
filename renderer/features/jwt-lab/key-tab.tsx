import { Button, Group, SegmentedControl, Select, Stack, Text } from '@mantine/core'
import { IconKey } from '@tabler/icons-react'
import { useState } from 'react'
import { type GeneratedKey, type KeyAlg, keyAlg } from '../../../shared/contract/operations/lab.ts'
import { useCommand, useWorkbench } from '../../stores/hooks.ts'
import { CodeView } from '../../ui/json-view.tsx'
import { notifyDone } from '../../ui/notify.tsx'
import { PrimaryButton } from '../../ui/primary-button.tsx'
import classes from './lab.module.css'

const about: Readonly<Record<string, string>> = {
  RS: 'RSA, 2048 bits',
  PS: 'RSA-PSS, 2048 bits',
  ES: 'elliptic curve',
  Ed: 'Ed25519',
  HS: 'secret',
  RSA: 'RSA, to encrypt',
  ECDH: 'elliptic curve, to encrypt',
}

const algOptions = keyAlg.options.map((alg) => {
  const kind = /^(?:RSA|ECDH|[A-Z][A-Za-z])/.exec(alg)?.[0] ?? ''
  return { value: alg, label: `${alg} · ${about[kind] ?? ''}` }
})

/** Makes keys to play with; they live in this window only. */
export function KeyTab() {
  const [alg, setAlg] = useState<KeyAlg>('ES256')
  const [made, setMade] = useState<GeneratedKey | null>(null)
  const { run, pending } = useCommand('lab.generateKey')

  async function generate() {
    const result = await run({ alg })
    if (result.ok) setMade(result.value)
  }

  return (
    <div className={classes.stack}>
      <div className={classes.row}>
        <Select
          label="Algorithm"
          className={classes.grow}
          allowDeselect={false}
          data={algOptions}
          value={alg}
          onChange={(value) => value && setAlg(value)}
        />
        <PrimaryButton
          leftSection={<IconKey size={15} aria-hidden />}
          loading={pending}
          onClick={() => void generate()}
        >
          Make a key
        </PrimaryButton>
      </div>
      {made ? (
        <Made key={made.kid} made={made} />
      ) : (
        <Text fz="sm" c="dimmed">
          A new key pair or secret, as JWK and PEM. The core makes it and forgets it; it stays on this screen
          until you leave.
        </Text>
      )}
    </div>
  )
}

function Made({ made }: { made: GeneratedKey }) {
  const { lab, navigation } = useWorkbench()
  const [form, setForm] = useState<'JWK' | 'PEM'>('JWK')
  const pem = form === 'PEM' && made.privatePem !== null
  const privateText = pem ? made.privatePem! : JSON.stringify(made.privateJwk, null, 2)
  const publicText = pem ? made.publicPem : made.publicJwk && JSON.stringify(made.publicJwk, null, 2)
  const signs = made.privateJwk.use === 'sig'
  return (
    <Stack gap="sm" data-testid="lab-key">
      {made.privatePem !== null && (
        <SegmentedControl
          aria-label="Written as"
          data={['JWK', 'PEM']}
          value={form}
          onChange={(value) => setForm(value === 'PEM' ? 'PEM' : 'JWK')}
        />
      )}
      <KeyView title={publicText === null ? 'Secret' : 'Private key'} text={privateText} json={!pem} />
      {publicText !== null && <KeyView title="Public key" text={publicText} json={!pem} />}
      {signs && (
        <Group gap="xs">
          <Button
            variant="default"
            onClick={() => {
              lab.setSign({ kind: 'key', text: JSON.stringify(made.privateJwk) })
              navigation.setParams({ tab: 'edit' })
              notifyDone('This key signs now')
            }}
          >
            Sign with it
          </Button>
          <Button
            variant="default"
            onClick={() => {
              lab.setVerify({ kind: 'key', text: JSON.stringify(made.publicJwk ?? made.privateJwk, null, 2) })
              notifyDone('Tokens are verified with this key now')
            }}
          >
            Verify with it
          </Button>
        </Group>
      )}
    </Stack>
  )
}

const KeyView = ({ title, text, json }: { title: string; text: string; json: boolean }) => (
  <div>
    <h3 className={classes.partTitle}>{title}</h3>
    <CodeView text={text} label={title.toLowerCase()} json={json} />
  </div>
)
