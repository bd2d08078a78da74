import { Checkbox, Input, Select, SimpleGrid, Stack, Switch, TextInput } from '@mantine/core'
import { grantType } from '../../../shared/contract/operations/clients.ts'
import { profileName } from '../../../shared/contract/values.ts'
import { useOperation } from '../../stores/hooks.ts'
import { DurationInput } from '../../ui/duration-input.tsx'
import { FieldLabel } from '../../ui/fields/field-control.tsx'
import { profiles } from '../../ui/format/profiles.ts'
import { formatDuration } from '../../ui/format/time.ts'
import { Panel } from '../../ui/panel.tsx'
import { AuthMethods } from './auth-methods.tsx'
import { grantChoices } from './client-fields.ts'
import { type ClientForm, errorsOf } from './client-form.ts'
import { ClientKeys } from './client-keys.tsx'
import { RedirectUris } from './redirect-uris.tsx'

/** How the client names and proves itself, where its users come back to, and which grants it may use. */
export function AccessPanel(form: ClientForm) {
  const { value, set } = form
  const errors = errorsOf(form)
  return (
    <Panel title="How it asks for tokens">
      <Stack gap="md">
        <TextInput
          label={<FieldLabel label="Name" name="client_name" />}
          description="For people; the protocol only knows the client_id."
          autoComplete="off"
          value={value.name}
          error={errors.name}
          onChange={(event) => set('name', event.currentTarget.value)}
        />
        <AuthMethods
          value={value.authMethods}
          onChange={(methods) => set('authMethods', methods)}
          error={errors.authMethods}
        />
        <ClientKeys {...form} />
        <RedirectUris
          label="Redirect URI"
          name="redirect_uris"
          value={value.redirectUris}
          onChange={(uris) => set('redirectUris', uris)}
          issues={form.issues}
          path={`${form.prefix}.redirectUris`}
        />
        <RedirectUris
          label="Post-logout redirect URI"
          name="post_logout_redirect_uris"
          value={value.postLogoutRedirectUris}
          onChange={(uris) => set('postLogoutRedirectUris', uris)}
          issues={form.issues}
          path={`${form.prefix}.postLogoutRedirectUris`}
        />
        <GrantTypes {...form} />
      </Stack>
    </Panel>
  )
}

export function GrantTypes(form: ClientForm) {
  const { value, set } = form
  return (
    <Input.Wrapper
      label={<FieldLabel label="Grant types" name="grant_types" />}
      labelElement="div"
      error={errorsOf(form).grantTypes}
    >
      <Checkbox.Group
        value={value.grantTypes}
        onChange={(chosen) =>
          set(
            'grantTypes',
            grantType.options.filter((grant) => chosen.includes(grant)),
          )
        }
      >
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm" verticalSpacing={8} mt={6} role="group">
          {grantChoices.map(({ value: grant, label, about }) => (
            <Checkbox key={grant} value={grant} label={label} description={about} />
          ))}
        </SimpleGrid>
      </Checkbox.Group>
    </Input.Wrapper>
  )
}

/** How long its tokens live, and how closely its requests are checked. */
export function LimitsPanel(form: ClientForm) {
  const { value, set } = form
  const errors = errorsOf(form)
  const { data } = useOperation('settings.get', {})
  const issuers = (seconds: number | undefined) =>
    seconds === undefined ? "the issuer's" : `the issuer's: ${formatDuration(seconds)}`
  return (
    <Panel title="Lifetimes and checks">
      <Stack gap="md">
        <DurationInput
          label="Access token lives"
          description="As expires_in and exp say, from the next token on."
          value={value.accessTokenLifetime}
          emptyMeans={issuers(data?.accessTokenLifetime)}
          error={errors.accessTokenLifetime}
          onChange={(seconds) => set('accessTokenLifetime', seconds)}
        />
        <DurationInput
          label="Refresh token lives"
          description="Rotated at each use."
          value={value.refreshTokenLifetime}
          emptyMeans={issuers(data?.refreshTokenLifetime)}
          error={errors.refreshTokenLifetime}
          onChange={(seconds) => set('refreshTokenLifetime', seconds)}
        />
        <ProfileChoice {...form} issuersOwn={data?.profile} />
        <Switch
          label="Approve unasked"
          description="For unattended tests: whom login_hint names is logged in, and consent is taken as given."
          checked={value.autoApprove}
          onChange={(event) => set('autoApprove', event.currentTarget.checked)}
        />
      </Stack>
    </Panel>
  )
}

const own = 'issuer'

function ProfileChoice(form: ClientForm & { issuersOwn: string | undefined }) {
  const { value, set, issuersOwn } = form
  const counts = profiles.find(({ value: name }) => name === (value.profile ?? issuersOwn))
  const ownLabel = profiles.find(({ value: name }) => name === issuersOwn)?.label
  return (
    <Select
      label="Check levels"
      description={counts?.about}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      error={errorsOf(form).profile}
      allowDeselect={false}
      data={[
        { value: own, label: ownLabel ? `The issuer's: ${ownLabel}` : "The issuer's" },
        ...profiles.map(({ value: name, label }) => ({ value: name, label })),
      ]}
      value={value.profile ?? own}
      onChange={(name) => set('profile', profileName.safeParse(name).data ?? null)}
    />
  )
}
