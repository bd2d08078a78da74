import { TextInput, type TextInputProps } from '@mantine/core'
import { useState } from 'react'
import { formatDuration, parseDuration } from './format/time.ts'

export interface DurationInputProps extends Omit<TextInputProps, 'value' | 'onChange'> {
  /** Seconds; null when left empty. */
  value: number | null
  onChange: (seconds: number | null) => void
  /** Whether the field may be left empty, and what that means ("issuer's: 15 m"). */
  emptyMeans?: string
}

/** A length of time, typed as "900", "15 m" or "1 h 30 m", kept in seconds. */
export function DurationInput({ value, onChange, emptyMeans, error, ...rest }: DurationInputProps) {
  const [draft, setDraft] = useState<string | null>(null)
  const shown = draft ?? (value === null ? '' : formatExact(value))
  const wrong = draft !== null && !(emptyMeans !== undefined && draft.trim() === '') && !parseDuration(draft)
  return (
    <TextInput
      {...rest}
      value={shown}
      placeholder={emptyMeans}
      error={wrong ? 'A length of time such as 900, 15 m, 1 h 30 m or 7 d' : error}
      onChange={(event) => {
        const text = event.currentTarget.value
        setDraft(text)
        const seconds = parseDuration(text)
        if (seconds) onChange(seconds)
        else if (text.trim() === '' && emptyMeans !== undefined) onChange(null)
      }}
      onBlur={(event) => {
        if (!wrong) setDraft(null)
        rest.onBlur?.(event)
      }}
    />
  )
}

/** Text that parses back to the same seconds. */
const formatExact = (seconds: number): string => {
  const text = formatDuration(seconds)
  return parseDuration(text) === seconds ? text : `${seconds} s`
}
