import { Checkbox, Group, Input, Radio, Stack } from '@mantine/core'
import type { ClientAuthMethod } from '../../../shared/contract/operations/clients.ts'
import { FieldLabel } from '../../ui/fields/field-control.tsx'
import { isConfidential, provingMethods, usualMethods } from './client-fields.ts'

interface AuthMethodsProps {
  value: readonly ClientAuthMethod[]
  onChange: (methods: ClientAuthMethod[]) => void
  error?: string
}

/** Public, or confidential and by which methods (RFC 6749 2.1, 2.3). */
export function AuthMethods({ value, onChange, error }: AuthMethodsProps) {
  const confidential = isConfidential({ authMethods: [...value] })
  const names = provingMethods.map(({ value: method }) => method)
  return (
    <Input.Wrapper
      label={<FieldLabel label="Client authentication" name="token_endpoint_auth_method" />}
      labelElement="div"
      error={error}
    >
      <Stack gap={8} mt={6}>
        <Radio.Group
          aria-label="Client authentication"
          value={confidential ? 'confidential' : 'public'}
          onChange={(kind) => onChange(kind === 'public' ? ['none'] : [...usualMethods])}
        >
          <Group gap="lg">
            <Radio size="xs" value="public" label="Public: no secret" />
            <Radio size="xs" value="confidential" label="Confidential: a secret or a key" />
          </Group>
        </Radio.Group>
        {confidential && (
          <Checkbox.Group
            value={[...value]}
            onChange={(chosen) => {
              const methods = names.filter((name) => chosen.includes(name))
              // One must be left: without any it would be a public client, which is the other choice.
              if (methods.length > 0) onChange(methods)
            }}
          >
            <Group gap="8px 24px" role="group" aria-label="Methods">
              {provingMethods.map(({ value: method, label, about }) => (
                <Checkbox key={method} value={method} label={label} description={about} />
              ))}
            </Group>
          </Checkbox.Group>
        )}
      </Stack>
    </Input.Wrapper>
  )
}
