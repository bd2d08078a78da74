import { Button, Group, Modal, SegmentedControl, Select, Stack, Switch, Text, Textarea } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { Key } from '../../../shared/contract/operations/keys.ts'
import { type SigningAlg, signingAlg } from '../../../shared/contract/values.ts'
import { useCommand, useOperation } from '../../stores/hooks.ts'
import { fieldErrors } from '../../ui/format/issues.ts'
import { notifyDone } from '../../ui/notify.tsx'
import { PrimaryButton } from '../../ui/primary-button.tsx'
import { shortKid } from './key-words.ts'

export type Way = 'generate' | 'import'

interface NewKeyProps {
  onClose: () => void
  onAdded: (key: Key) => void
}

/** Null shows no dialog. */
export function NewKeyDialog({ way, ...rest }: NewKeyProps & { way: Way | null }) {
  return (
    <Modal opened={way !== null} onClose={rest.onClose} title="New key" size="md">
      <NewKeyForm key={way} first={way ?? 'generate'} {...rest} />
    </Modal>
  )
}

const ways = [
  { value: 'generate', label: 'Generate' },
  { value: 'import', label: 'Import' },
]
const uses = [
  { value: 'access', label: 'Access and ID tokens' },
  { value: 'refresh', label: 'Refresh tokens (HS256)' },
]

function NewKeyForm({ first, onClose, onAdded }: NewKeyProps & { first: Way }) {
  const [way, setWay] = useState<Way>(first)
  const [issuer, setIssuer] = useState('default')
  const [use, setUse] = useState<Key['use']>('access')
  const [alg, setAlg] = useState<SigningAlg | null>(null)
  const [text, setText] = useState('')
  const [activate, setActivate] = useState(true)
  const issuers = useOperation('issuers.list', {})
  const generate = useCommand('keys.generate', { quiet: true })
  const take = useCommand('keys.import', { quiet: true })
  const { error, pending } = way === 'generate' ? generate : take
  const { fields: errors } = fieldErrors(error?.issues, ['alg', 'text'])

  async function submit(event: FormEvent) {
    event.preventDefault()
    const place = { issuer, use, activate }
    const chosen = use === 'refresh' ? 'HS256' : alg
    const result =
      way === 'generate'
        ? await generate.run({ ...place, alg: chosen ?? 'RS256' })
        : await take.run({ ...place, text, ...(chosen === null ? {} : { alg: chosen }) })
    if (!result.ok) return
    notifyDone(`Key ${shortKid(result.value.kid)} ${activate ? 'signs from now on' : 'is in the JWKS'}`)
    onAdded(result.value)
  }

  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <SegmentedControl
          aria-label="Where the key comes from"
          data={ways}
          value={way}
          onChange={(next) => setWay(next as Way)}
        />
        {(issuers.data?.length ?? 0) > 1 && (
          <Select
            label="Issuer"
            data={issuers.data!.map(({ name }) => name)}
            value={issuer}
            allowDeselect={false}
            onChange={(name) => setIssuer(name ?? 'default')}
          />
        )}
        <Select
          label="Signs"
          data={uses}
          value={use}
          allowDeselect={false}
          onChange={(next) => setUse(next === 'refresh' ? 'refresh' : 'access')}
        />
        {way === 'import' && (
          <Textarea
            label="Private key"
            description="A JWK, or PEM without passphrase. It stays in the issuer's database and is never shown again."
            placeholder={'{ "kty": "EC", "crv": "P-256", "d": "…", … }  or  -----BEGIN PRIVATE KEY-----'}
            rows={6}
            autoComplete="off"
            spellCheck={false}
            styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 12 } }}
            value={text}
            error={errors.text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        )}
        {use === 'access' && (
          <Select
            label="Algorithm"
            data={[...signingAlg.options]}
            value={alg ?? (way === 'generate' ? 'RS256' : null)}
            placeholder="As the key says"
            clearable={way === 'import'}
            allowDeselect={way === 'import'}
            error={errors.alg}
            onChange={(next) => setAlg(signingAlg.options.find((option) => option === next) ?? null)}
          />
        )}
        <Switch
          label="Sign with it at once"
          description="The key that signs now stays in the JWKS, so its tokens go on. Off: publish it first, as a careful rotation does."
          checked={activate}
          onChange={(event) => setActivate(event.currentTarget.checked)}
        />
        {error && !error.issues?.length && (
          <Text c="var(--gs-bad)" fz="xs" role="alert">
            {error.message}
          </Text>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <PrimaryButton type="submit" loading={pending} disabled={way === 'import' && text.trim() === ''}>
            {way === 'generate' ? 'Generate key' : 'Import key'}
          </PrimaryButton>
        </Group>
      </Stack>
    </form>
  )
}
