import { NumberInput, Select, SimpleGrid, Stack, Switch, Text } from '@mantine/core'
import { defaultSettings } from '../../../shared/contract/settings.ts'
import { useOperation } from '../../stores/hooks.ts'
import { DurationInput } from '../../ui/duration-input.tsx'
import { profiles } from '../../ui/format/profiles.ts'
import { formatDuration } from '../../ui/format/time.ts'
import { Panel } from '../../ui/panel.tsx'
import { algorithms, lifetimes } from './choices.ts'
import type { SettingsFields } from './fields.ts'

export function TokenPanel({ value, errors, set }: SettingsFields) {
  const clients = useOperation('clients.list', {})
  const ids = clients.data?.map(({ id }) => id) ?? []
  const known = ids.includes(value.defaultClientId) ? ids : [value.defaultClientId, ...ids]
  return (
    <Panel
      title="Tokens"
      description="For tokens issued from now on; a client can have lifetimes of its own."
    >
      <Stack gap="sm">
        <Select
          label="Signed with"
          data={algorithms.map(({ value: alg, label }) => ({ value: alg, label }))}
          value={value.signingAlg}
          onChange={(alg) => {
            const chosen = algorithms.find((known) => known.value === alg)
            if (chosen) set('signingAlg', chosen.value)
          }}
          allowDeselect={false}
          description={algorithms.find((alg) => alg.value === value.signingAlg)?.about}
          error={errors.signingAlg}
        />
        <SimpleGrid cols={2} spacing="sm" verticalSpacing="sm">
          {lifetimes.map(({ field, label, about }) => (
            <DurationInput
              key={field}
              label={label}
              description={`${about} Default ${formatDuration(defaultSettings[field])}.`}
              value={value[field]}
              onChange={(seconds) => seconds !== null && set(field, seconds)}
              error={errors[field]}
            />
          ))}
        </SimpleGrid>
        <Select
          label="Default client"
          description="A password grant without client_id belongs to it, as the clients of tutorials send none."
          data={known}
          value={value.defaultClientId}
          onChange={(id) => id && set('defaultClientId', id)}
          allowDeselect={false}
          error={errors.defaultClientId}
        />
        <Select
          label="Checks"
          description={profiles.find((profile) => profile.value === value.profile)?.about}
          data={profiles.map(({ value: name, label }) => ({ value: name, label }))}
          value={value.profile}
          onChange={(name) => {
            const chosen = profiles.find((known) => known.value === name)
            if (chosen) set('profile', chosen.value)
          }}
          allowDeselect={false}
          error={errors.profile}
        />
      </Stack>
    </Panel>
  )
}

export function CookiePanel({ value, errors, set }: SettingsFields) {
  return (
    <Panel title="Session cookie" testId="cookie-settings">
      <Stack gap={8}>
        <Switch
          label="Leave Secure off while the issuer is plain http"
          checked={value.cookieSecure === 'https-only'}
          onChange={(event) => set('cookieSecure', event.currentTarget.checked ? 'https-only' : 'always')}
          error={errors.cookieSecure}
        />
        <Text fz="xs" c="dimmed">
          Off by default: session_id is then always marked Secure, as it must be in production. Many clients
          (curl, Python's requests, Node's cookie jars) take Secure at its word and never send such a cookie
          back over http, not even to 127.0.0.1, so a login seems to work and the next request gets 401.
          Switch this on to test such a client without https, or serve the issuer with --https.
        </Text>
      </Stack>
    </Panel>
  )
}

export function PasswordPanel({ value, errors, set }: SettingsFields) {
  return (
    <Panel title="Password hashes">
      <NumberInput
        label="bcrypt cost"
        description={`Each step doubles the time a login takes. A hash below it is upgraded at the user's next login. Default ${defaultSettings.bcryptCost}.`}
        min={4}
        max={15}
        allowDecimal={false}
        maw={420}
        value={value.bcryptCost}
        onChange={(cost) => typeof cost === 'number' && set('bcryptCost', cost)}
        error={errors.bcryptCost}
      />
    </Panel>
  )
}

export function LogPanel({ value, errors, set }: SettingsFields) {
  return (
    <Panel title="Recording">
      <NumberInput
        label="Exchanges kept"
        description={`The oldest go first once there are more. Default ${defaultSettings.exchangesKept.toLocaleString('en')}.`}
        min={100}
        max={1_000_000}
        step={1000}
        allowDecimal={false}
        thousandSeparator=","
        maw={420}
        value={value.exchangesKept}
        onChange={(kept) => typeof kept === 'number' && set('exchangesKept', kept)}
        error={errors.exchangesKept}
      />
    </Panel>
  )
}
