import { Textarea, type TextareaProps } from '@mantine/core'
import { parseJsonObject } from './format/json.ts'

export interface JsonEditorProps extends Omit<TextareaProps, 'value' | 'onChange'> {
  /** The text as typed; `parseJsonObject` reads it. */
  value: string
  onChange: (text: string) => void
}

/** Editor of a JSON object that says at once what is wrong with it. */
export function JsonEditor({ value, onChange, error, ...rest }: JsonEditorProps) {
  const parsed = parseJsonObject(value)
  return (
    <Textarea
      autosize
      minRows={3}
      maxRows={18}
      spellCheck={false}
      {...rest}
      value={value}
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 12.5 } }}
      error={parsed.ok ? error : parsed.message}
      onChange={(event) => onChange(event.currentTarget.value)}
      onBlur={() => {
        if (parsed.ok && value.trim() !== '') onChange(JSON.stringify(parsed.value, null, 2))
      }}
    />
  )
}
