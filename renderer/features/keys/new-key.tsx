import { Modal, SegmentedControl, Select, Stack, Switch, Textarea } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { Key } from '../../../shared/contract/operations/keys.ts'
import { encryptionKeyAlg, signingAlg } from '../../../shared/contract/values.ts'
import { useCommand, useOperation } from '../../stores/hooks.ts'
import { DialogFoot } from '../../ui/dialog-foot.tsx'
import { fieldErrors } from '../../ui/format/issues.ts'
import { notifyDone } from '../../ui/notify.tsx'
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
  { value: 'encryption', label: 'Encrypted request objects' },
] as const satisfies { value: Key['use']; label: string }[]

/** What a key of each use may be for; null where there is nothing to choose. */
const algorithms: Record<Key['use'], readonly Key['alg'][] | null> = {
  access: signingAlg.options,
  refresh: null,
  encryption: encryptionKeyAlg.options,
}

const activation: Record<Key['use'], { label: string; description: string }> = {
  access: {
    label: 'Sign with it at once',
    description:
      'The key that signs now stays in the JWKS, so its tokens go on. Off: publish it first, as a careful rotation does.',
  },
  refresh: {
    label: 'Sign with it at once',
    description: 'The key that signs now is kept, so its tokens go on.',
  },
  encryption: {
    label: 'Take the others of its kind out of the JWKS',
    description: 'They go on decrypting what is under way. Off: clients may encrypt for any of them.',
  },
}

function NewKeyForm({ first, onClose, onAdded }: NewKeyProps & { first: Way }) {
  const [way, setWay] = useState<Way>(first)
  const [issuer, setIssuer] = useState('default')
  const [use, setUse] = useState<Key['use']>('access')
  const [alg, setAlg] = useState<Key['alg'] | null>(null)
  const [text, setText] = useState('')
  const [activate, setActivate] = useState(true)
  const choices = algorithms[use]
  const usual = choices?.[0] ?? 'HS256'
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
        ? await generate.run({ ...place, alg: chosen ?? usual })
        : await take.run({ ...place, text, ...(chosen === null ? {} : { alg: chosen }) })
    if (!result.ok) return
    const signs = activate && use !== 'encryption'
    notifyDone(`Key ${shortKid(result.value.kid)} ${signs ? 'signs from now on' : 'is in the JWKS'}`)
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
          label="For"
          data={[...uses]}
          value={use}
          allowDeselect={false}
          onChange={(next) => {
            setUse(uses.find(({ value }) => value === next)?.value ?? 'access')
            setAlg(null)
          }}
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
        {choices && (
          <Select
            label="Algorithm"
            data={[...choices]}
            value={alg ?? (way === 'generate' ? usual : null)}
            placeholder="As the key says"
            clearable={way === 'import'}
            allowDeselect={way === 'import'}
            error={errors.alg}
            onChange={(next) => setAlg(choices.find((option) => option === next) ?? null)}
          />
        )}
        <Switch
          label={activation[use].label}
          description={activation[use].description}
          checked={activate}
          onChange={(event) => setActivate(event.currentTarget.checked)}
        />
        <DialogFoot
          error={error}
          pending={pending}
          disabled={way === 'import' && text.trim() === ''}
          onClose={onClose}
        >
          {way === 'generate' ? 'Generate key' : 'Import key'}
        </DialogFoot>
      </Stack>
    </form>
  )
}
