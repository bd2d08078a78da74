import { Button, Group, NumberInput, Select, Stack, Switch, Text } from '@mantine/core'
import { IconArrowRight } from '@tabler/icons-react'
import { defaultSettings } from '../../../shared/contract/settings.ts'
import { useOperation, useWorkbench } from '../../stores/hooks.ts'
import { Panel } from '../../ui/panel.tsx'
import type { SettingsFields } from './fields.ts'

/** Signing, lifetimes, checks and claims are an issuer's, and edited there. */
export function IssuersPanel() {
  const { navigation } = useWorkbench()
  const { data: issuers = [] } = useOperation('issuers.list', {})
  return (
    <Panel
      title="Issuer settings"
      description="Signing, lifetimes, refresh rotation, claims, checks, resources and registration belong to an issuer. Those of the default one count wherever another has none of its own."
    >
      <Group gap="xs">
        {issuers.map(({ name }) => (
          <Button
            key={name}
            variant="default"
            rightSection={<IconArrowRight size={15} aria-hidden />}
            onClick={() => navigation.go('issuers', name)}
          >
            {name}
          </Button>
        ))}
      </Group>
    </Panel>
  )
}

export function DefaultClientPanel({ value, errors, set }: SettingsFields) {
  const clients = useOperation('clients.list', {})
  const ids = clients.data?.map(({ id }) => id) ?? []
  const known = ids.includes(value.defaultClientId) ? ids : [value.defaultClientId, ...ids]
  return (
    <Panel title="Logins without client_id">
      <Select
        label="Default client"
        description="A password grant without client_id belongs to it, as the clients of tutorials send none."
        data={known}
        value={value.defaultClientId}
        onChange={(id) => id && set('defaultClientId', id)}
        allowDeselect={false}
        maw={420}
        error={errors.defaultClientId}
      />
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
        <Text fz="xs" c="dimmed" maw="78ch">
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
