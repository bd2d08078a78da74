import { Button, Group, PasswordInput, Stack, Text, Textarea, Title } from '@mantine/core'
import { IconTrash, IconWorldSearch } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import type { FlowProfile } from '../../../shared/contract/operations/flow-profiles.ts'
import { useCommand, useOperation, useWorkbench } from '../../stores/hooks.ts'
import { VerdictBanner } from '../../ui/banner.tsx'
import { ConfirmButton } from '../../ui/confirm-button.tsx'
import { CopyField } from '../../ui/copy.tsx'
import { fieldErrors } from '../../ui/format/issues.ts'
import { notifyDone } from '../../ui/notify.tsx'
import { PageBody } from '../../ui/panel.tsx'
import { PrimaryButton } from '../../ui/primary-button.tsx'
import classes from './flows.module.css'
import { ProfileFields } from './profile-fields.tsx'
import {
  blankProfile,
  issuerOf,
  needsSecret,
  type ProfileForm,
  toNewProfile,
  toProfileForm,
} from './profile-form.ts'
import { Problems } from './run-fields.tsx'
import { hostToConfirm } from './send.ts'

const fieldNames = [
  'name',
  'issuer',
  'clientId',
  'authMethod',
  'scope',
  'resource',
  'audience',
  'redirect',
  'extraParameters',
] as const

/** A profile to look at and change; null for a new one. */
export function ProfileDetail({ profile }: { profile: FlowProfile | null }) {
  const { navigation } = useWorkbench()
  const [form, setForm] = useState(profile ? toProfileForm(profile) : blankProfile)
  // Undefined leaves what is kept; null forgets it.
  const [secret, setSecret] = useState<string | null | undefined>()
  const [privateJwk, setPrivateJwk] = useState<string | null | undefined>()
  const save = useCommand('flowProfiles.save', { quiet: true })
  const { fields: errors, rest } = fieldErrors(save.error?.issues, fieldNames, 'profile')

  async function submit(event: FormEvent) {
    event.preventDefault()
    const result = await save.run({
      ...(profile ? { id: profile.id } : {}),
      profile: toNewProfile(form),
      ...(secret === undefined || secret === '' ? {} : { secret }),
      ...(privateJwk === undefined || privateJwk === '' ? {} : { privateJwk }),
    })
    if (!result.ok) return
    setSecret(undefined)
    setPrivateJwk(undefined)
    notifyDone(`${result.value.name} saved`)
    navigation.select(result.value.id)
  }

  const messages = rest.map(({ path, message }) => `${path}: ${message}`)
  if (save.error && !save.error.issues?.length) messages.push(save.error.message)
  return (
    <form className={classes.profile} onSubmit={submit} noValidate aria-label="Profile">
      <PageBody>
        <Group justify="space-between" gap="xs">
          <Title order={2}>{profile?.name ?? 'New profile'}</Title>
          <Group gap="xs">
            {profile && <DeleteProfile profile={profile} />}
            <PrimaryButton type="submit" loading={save.pending}>
              {profile ? 'Save changes' : 'Add profile'}
            </PrimaryButton>
          </Group>
        </Group>
        <Problems messages={messages} />
        <ProfileFields
          form={form}
          errors={errors}
          onChange={(changes) => setForm({ ...form, ...changes })}
          discovery={<Discovery form={form} />}
          secret={
            <Secrets
              profile={profile}
              form={form}
              secret={secret}
              onSecret={setSecret}
              privateJwk={privateJwk}
              onPrivateJwk={setPrivateJwk}
            />
          }
        />
      </PageBody>
    </form>
  )
}

function DeleteProfile({ profile }: { profile: FlowProfile }) {
  const { navigation } = useWorkbench()
  const { run } = useCommand('flowProfiles.delete')
  return (
    <ConfirmButton
      icon={<IconTrash size={15} aria-hidden />}
      title={`Delete ${profile.name}?`}
      consequence="Its secret is forgotten, too. Flows that were run with it stay."
      verb="Delete profile"
      onConfirm={async () => {
        const result = await run({ id: profile.id })
        if (result.ok) navigation.select(null)
      }}
    >
      Delete
    </ConfirmButton>
  )
}

/** Fetches what the issuer says of itself, as a flow would. */
function Discovery({ form }: { form: ProfileForm }) {
  const discover = useCommand('flowProfiles.discover', { quiet: true })
  const [host, setHost] = useState<string | null>(null)
  const [found, setFound] = useState<Awaited<ReturnType<typeof discover.run>> | null>(null)

  async function look(confirmOutbound: boolean) {
    const result = await discover.run({ issuer: issuerOf(form), confirmOutbound })
    setHost(hostToConfirm(result))
    setFound(result)
  }

  return (
    <Stack gap="xs">
      <Group>
        <Button
          variant="default"
          leftSection={<IconWorldSearch size={15} aria-hidden />}
          loading={discover.pending}
          onClick={() => void look(false)}
        >
          Look at its metadata
        </Button>
      </Group>
      {host !== null && (
        <VerdictBanner
          tone="warn"
          verdict={`${host} is not on this machine`}
          reason="Its metadata is asked for; nothing else is sent."
          actions={
            <Button size="xs" variant="default" onClick={() => void look(true)}>
              Call it
            </Button>
          }
        />
      )}
      {host === null && found && !found.ok && (
        <VerdictBanner tone="bad" verdict="Not found" reason={found.error.message} testId="discovered" />
      )}
      {found?.ok && (
        <VerdictBanner
          tone={found.value.problems.length > 0 ? 'warn' : 'good'}
          verdict={found.value.issuer ?? 'Metadata found'}
          reason={
            found.value.problems.join(' ') ||
            `Has ${Object.keys(found.value.endpoints).join(', ').replaceAll('_', ' ')}.`
          }
          testId="discovered"
        />
      )}
    </Stack>
  )
}

interface SecretsProps {
  profile: FlowProfile | null
  form: ProfileForm
  secret: string | null | undefined
  onSecret: (secret: string | null | undefined) => void
  privateJwk: string | null | undefined
  onPrivateJwk: (jwk: string | null | undefined) => void
}

/** Secrets are written here, and never shown again by the form. */
function Secrets({ profile, form, secret, onSecret, privateJwk, onPrivateJwk }: SecretsProps) {
  if (needsSecret(form.authMethod))
    return (
      <Stack gap={6}>
        <PasswordInput
          label="Client secret"
          description={
            profile?.hasSecret
              ? 'One is kept. Type another to replace it.'
              : 'What the issuer gave the client.'
          }
          placeholder={profile?.hasSecret && secret !== null ? '••••••••' : ''}
          autoComplete="off"
          value={secret ?? ''}
          onChange={(event) => onSecret(event.currentTarget.value || undefined)}
        />
        {profile?.hasSecret && (
          <Group>
            <Button
              variant="subtle"
              size="compact-xs"
              onClick={() => onSecret(secret === null ? undefined : null)}
            >
              {secret === null ? 'Keep it after all' : 'Forget it on saving'}
            </Button>
          </Group>
        )}
        <KeptBy kept={profile?.kept} />
      </Stack>
    )
  if (form.authMethod === 'private_key_jwt')
    return (
      <Stack gap={6}>
        <Textarea
          label="Private key"
          description="A private JWK as JSON (RFC 7517). It is not shown again."
          autosize
          minRows={3}
          maxRows={8}
          spellCheck={false}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          value={privateJwk ?? ''}
          onChange={(event) => onPrivateJwk(event.currentTarget.value || undefined)}
        />
        {profile?.publicJwk && (
          <CopyField
            label="Public key, to register at the issuer"
            value={JSON.stringify(profile.publicJwk)}
          />
        )}
        <KeptBy kept={profile?.kept} />
      </Stack>
    )
  return null
}

/** In plain words, where the secret will lie. */
function KeptBy({ kept }: { kept: FlowProfile['kept'] | undefined }) {
  const { data: abilities } = useOperation('flows.abilities', {})
  if (!abilities) return null
  const encrypted = (kept ?? abilities.kept) === 'system'
  return (
    <Text fz="xs" c={encrypted ? 'dimmed' : 'var(--gs-warn)'} data-testid="secret-kept">
      {encrypted
        ? `Kept encrypted: ${abilities.keptBy}.`
        : `Kept as plain text in the workspace’s database: ${abilities.keptBy}.`}
    </Text>
  )
}
