import { type ComponentProps, useState } from 'react'
import { parseJsonObject } from '../format/json.ts'
import { JsonEditor } from '../json-editor.tsx'
import { sameValue } from './field.ts'

interface JsonFieldProps extends Omit<ComponentProps<typeof JsonEditor>, 'value' | 'onChange'> {
  value: unknown
  /** The object, or the text while it is none. */
  onChange: (value: Record<string, unknown> | string) => void
}

/** A JSON object as text that stays as it is typed, for as long as it says what the value says. */
export function JsonField({ value, onChange, ...rest }: JsonFieldProps) {
  const [typed, setTyped] = useState('')
  const text = typeof value === 'string' ? value : saysThe(value, typed) ? typed : inText(value)
  return (
    <JsonEditor
      {...rest}
      value={text}
      onChange={(next) => {
        setTyped(next)
        const parsed = parseJsonObject(next)
        onChange(parsed.ok ? parsed.value : next)
      }}
    />
  )
}

function saysThe(value: unknown, text: string): boolean {
  const parsed = parseJsonObject(text)
  return parsed.ok && sameValue(parsed.value, value)
}

const inText = (value: unknown): string => (sameValue(value, {}) ? '' : JSON.stringify(value, null, 2))
