import { Group, SegmentedControl, Select, Stack, Textarea, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import {
  endpointNames,
  type FlowAuthMethod,
  flowAuthMethod,
  type ProfileIssuer,
} from '../../../shared/contract/operations/flow-profiles.ts'
import { useOperation } from '../../stores/hooks.ts'
import { FieldLabel } from '../../ui/fields/field-control.tsx'
import { Panel } from '../../ui/panel.tsx'
import type { ProfileForm } from './profile-form.ts'

interface ProfileFieldsProps {
  form: ProfileForm
  errors: Partial<
    Record<
      | 'name'
      | 'issuer'
      | 'clientId'
      | 'authMethod'
      | 'scope'
      | 'resource'
      | 'audience'
      | 'redirect'
      | 'extraParameters',
      string
    >
  >
  onChange: (changes: Partial<ProfileForm>) => void
  /** Below the issuer. */
  discovery: ReactNode
  /** Below the way the client authenticates. */
  secret: ReactNode
}

type PartProps = Pick<ProfileFieldsProps, 'form' | 'errors' | 'onChange'>

export function ProfileFields({ form, errors, onChange, discovery, secret }: ProfileFieldsProps) {
  const part = { form, errors, onChange }
  return (
    <>
      <Panel title="Issuer" description="Where the flows of this profile go.">
        <Stack gap="md">
          <TextInput
            label="Name"
            required
            placeholder="Staging"
            autoComplete="off"
            value={form.name}
            error={errors.name}
            onChange={(event) => onChange({ name: event.currentTarget.value })}
          />
          <IssuerFields {...part} />
          {form.issuerKind !== 'manual' && discovery}
        </Stack>
      </Panel>
      <Panel title="Client" description="Who you are there, and how you show it at the token endpoint.">
        <Stack gap="md">
          <Group gap="md" grow align="flex-start">
            <TextInput
              label="client_id"
              required
              autoComplete="off"
              spellCheck={false}
              value={form.clientId}
              error={errors.clientId}
              onChange={(event) => onChange({ clientId: event.currentTarget.value })}
            />
            <Select
              label={<FieldLabel label="Authentication" name="token_endpoint_auth_method" />}
              allowDeselect={false}
              data={flowAuthMethod.options}
              value={form.authMethod}
              error={errors.authMethod}
              onChange={(method) => method && onChange({ authMethod: method as FlowAuthMethod })}
            />
          </Group>
          {secret}
        </Stack>
      </Panel>
      <Panel
        title="Requests"
        description="What authorization and token requests say unless a flow says otherwise."
      >
        <Stack gap="md">
          <TextInput
            label="scope"
            description="Separated by blanks."
            spellCheck={false}
            value={form.scope}
            error={errors.scope}
            onChange={(event) => onChange({ scope: event.currentTarget.value })}
          />
          <RedirectFields {...part} />
          <Group gap="md" grow align="flex-start">
            <TextInput
              label="resource"
              description="RFC 8707"
              type="url"
              value={form.resource}
              error={errors.resource}
              onChange={(event) => onChange({ resource: event.currentTarget.value })}
            />
            <TextInput
              label="audience"
              description="For issuers that want it instead."
              value={form.audience}
              error={errors.audience}
              onChange={(event) => onChange({ audience: event.currentTarget.value })}
            />
          </Group>
          <Textarea
            label="Further parameters"
            description="One a line, name=value."
            autosize
            minRows={1}
            maxRows={6}
            spellCheck={false}
            value={form.extra}
            error={errors.extraParameters}
            onChange={(event) => onChange({ extra: event.currentTarget.value })}
          />
        </Stack>
      </Panel>
    </>
  )
}

const issuerKinds: { value: ProfileIssuer['kind']; label: string }[] = [
  { value: 'built-in', label: 'Built-in' },
  { value: 'discovery', label: 'By discovery' },
  { value: 'manual', label: 'By hand' },
]

function IssuerFields({ form, errors, onChange }: PartProps) {
  const { data: issuers = [] } = useOperation('issuers.list', {})
  return (
    <>
      <Group>
        <SegmentedControl
          aria-label="How the issuer is known"
          value={form.issuerKind}
          onChange={(issuerKind) => onChange({ issuerKind })}
          data={issuerKinds}
        />
      </Group>
      {form.issuerKind === 'built-in' && (
        <Select
          label="Issuer of this workspace"
          allowDeselect={false}
          data={issuers.map(({ name }) => name)}
          value={form.builtInName}
          error={errors.issuer}
          onChange={(name) => name && onChange({ builtInName: name })}
        />
      )}
      {form.issuerKind === 'discovery' && (
        <TextInput
          label="Issuer URL"
          description="Or that of its metadata document (RFC 8414, OpenID Connect Discovery)."
          type="url"
          placeholder="https://login.example.com"
          spellCheck={false}
          value={form.discoveryUrl}
          error={errors.issuer}
          onChange={(event) => onChange({ discoveryUrl: event.currentTarget.value })}
        />
      )}
      {form.issuerKind === 'manual' && <ManualIssuer form={form} errors={errors} onChange={onChange} />}
    </>
  )
}

const ManualIssuer = ({ form, errors, onChange }: PartProps) => (
  <Stack gap="sm">
    <TextInput
      label="issuer"
      description="What iss has to be; left empty, it is not checked."
      type="url"
      spellCheck={false}
      value={form.manualIssuer}
      error={errors.issuer}
      onChange={(event) => onChange({ manualIssuer: event.currentTarget.value })}
    />
    {endpointNames.map((name) => (
      <TextInput
        key={name}
        label={name}
        type="url"
        spellCheck={false}
        value={form.endpoints[name] ?? ''}
        onChange={(event) =>
          onChange({ endpoints: { ...form.endpoints, [name]: event.currentTarget.value } })
        }
      />
    ))}
  </Stack>
)

function RedirectFields({ form, errors, onChange }: PartProps) {
  return (
    <Stack gap="sm">
      <Group>
        <SegmentedControl
          aria-label="Where the browser comes back"
          value={form.redirectKind}
          onChange={(redirectKind) => onChange({ redirectKind })}
          data={[
            { value: 'loopback', label: 'Back to this machine' },
            { value: 'other', label: 'To another URI' },
          ]}
        />
      </Group>
      {form.redirectKind === 'loopback' ? (
        <Group gap="sm" grow align="flex-start">
          <Select
            label="Host of the redirect URI"
            allowDeselect={false}
            data={['127.0.0.1', 'localhost']}
            value={form.redirectHost}
            onChange={(host) => onChange({ redirectHost: host === 'localhost' ? 'localhost' : '127.0.0.1' })}
          />
          <TextInput
            label="Port"
            placeholder="any free one"
            inputMode="numeric"
            value={form.redirectPort}
            onChange={(event) => onChange({ redirectPort: event.currentTarget.value.replace(/\D/g, '') })}
          />
          <TextInput
            label="Path"
            spellCheck={false}
            value={form.redirectPath}
            error={errors.redirect}
            onChange={(event) => onChange({ redirectPath: event.currentTarget.value })}
          />
        </Group>
      ) : (
        <TextInput
          label="redirect_uri"
          description="Such as that of your own app. The address the browser ends at is pasted here then."
          spellCheck={false}
          value={form.redirectUri}
          error={errors.redirect}
          onChange={(event) => onChange({ redirectUri: event.currentTarget.value })}
        />
      )}
    </Stack>
  )
}
