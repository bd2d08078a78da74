import { Checkbox, Group, Input, Radio, Stack } from '@mantine/core'

export interface ScopePickerProps {
  label: string
  description?: string
  /** Every scope there is. */
  known: readonly { name: string; description: string }[]
  /** The allowed ones; null allows any. */
  value: readonly string[] | null
  onChange: (scopes: string[] | null) => void
  error?: string
  disabled?: boolean
}

/** Which scopes may be granted: any, or a chosen few. */
export function ScopePicker({
  label,
  description,
  known,
  value,
  onChange,
  error,
  disabled,
}: ScopePickerProps) {
  const names = known.map((scope) => scope.name)
  const shown = [...known, ...lost(names, value)]
  return (
    <Input.Wrapper
      label={label}
      description={description}
      error={error}
      labelElement="div"
      role="group"
      aria-label={label}
    >
      <Stack gap={8} mt={6}>
        <Radio.Group
          value={value === null ? 'any' : 'some'}
          onChange={(choice) => onChange(choice === 'any' ? null : [...names])}
          aria-label={label}
        >
          <Group gap="lg">
            <Radio size="xs" value="any" label="Any scope" disabled={disabled} />
            <Radio size="xs" value="some" label="Only these" disabled={disabled} />
          </Group>
        </Radio.Group>
        {value !== null && (
          <Checkbox.Group
            value={[...value]}
            // In the order of the scope table, however they were clicked.
            onChange={(chosen) =>
              onChange(shown.map(({ name }) => name).filter((name) => chosen.includes(name)))
            }
          >
            <Group gap="8px 18px">
              {shown.map((scope) => (
                <Checkbox
                  key={scope.name}
                  value={scope.name}
                  label={scope.name}
                  title={scope.description || undefined}
                  disabled={disabled}
                  ff="monospace"
                  styles={{ label: { overflowWrap: 'anywhere' } }}
                />
              ))}
            </Group>
          </Checkbox.Group>
        )}
      </Stack>
    </Input.Wrapper>
  )
}

/** Scopes in the value that the workspace no longer has stay visible, so that they can be taken away. */
const lost = (known: string[], value: readonly string[] | null) =>
  (value ?? [])
    .filter((name) => !known.includes(name))
    .map((name) => ({ name, description: 'Not a scope of this workspace' }))
