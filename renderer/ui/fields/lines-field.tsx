import { Group, Input, Radio, Stack, Textarea } from '@mantine/core'
import { type ReactNode, useId } from 'react'
import type { Control } from './field.ts'

interface LinesFieldProps {
  label: ReactNode
  description: string
  error?: string
  control: Extract<Control, { kind: 'lines' }>
  value: string | null
  onChange: (value: string | null) => void
}

/** A text of any number of lines, as it is sent: nothing is trimmed. */
export function LinesField({ label, description, error, control, value, onChange }: LinesFieldProps) {
  const id = useId()
  const { nullMeans, placeholder } = control
  const text = {
    autosize: true,
    minRows: 3,
    maxRows: 14,
    spellCheck: false,
    placeholder,
    styles: { input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 12.5 } },
    value: value ?? '',
    onChange: (event: { currentTarget: HTMLTextAreaElement }) => onChange(event.currentTarget.value),
  }
  if (nullMeans === undefined)
    return <Textarea {...text} label={label} description={description} error={error} />
  return (
    <Input.Wrapper
      label={label}
      description={description}
      error={error}
      labelElement="div"
      labelProps={{ id }}
    >
      <Stack gap={8} mt={6}>
        <Radio.Group
          aria-labelledby={id}
          value={value === null ? 'none' : 'some'}
          onChange={(choice) => onChange(choice === 'none' ? null : '')}
        >
          <Group gap="lg">
            <Radio size="xs" value="none" label={nullMeans} />
            <Radio size="xs" value="some" label="This" />
          </Group>
        </Radio.Group>
        {value !== null && <Textarea {...text} aria-labelledby={id} />}
      </Stack>
    </Input.Wrapper>
  )
}
