import { Group, Select, Textarea, TextInput } from '@mantine/core'
import { type SecretEncoding, secretEncoding } from '../../../shared/contract/operations/lab.ts'
import classes from './lab.module.css'

export interface KeyTextProps {
  label: string
  description: string
  value: string
  error?: string | null
  onChange: (text: string) => void
}

export const KeyText = ({ label, description, value, error, onChange }: KeyTextProps) => (
  <Textarea
    label={label}
    description={description}
    className={classes.paste}
    autosize
    minRows={3}
    maxRows={9}
    spellCheck={false}
    placeholder="-----BEGIN PUBLIC KEY-----  or  { &quot;kty&quot;: …"
    value={value}
    error={error}
    onChange={(event) => onChange(event.currentTarget.value)}
  />
)

const encodings: Readonly<Record<SecretEncoding, string>> = {
  text: 'Text (UTF-8)',
  base64: 'Base64',
  base64url: 'Base64url',
  hex: 'Hex',
}

export interface SecretFieldsProps {
  secret: string
  encoding: SecretEncoding
  error?: string | null
  onChange: (changes: { secret?: string; encoding?: SecretEncoding }) => void
}

/** A shared secret, and how it is written. */
export const SecretFields = ({ secret, encoding, error, onChange }: SecretFieldsProps) => (
  <Group gap="xs" align="flex-start">
    <TextInput
      label="Secret"
      className={`${classes.paste} ${classes.grow}`}
      spellCheck={false}
      autoComplete="off"
      value={secret}
      error={error}
      onChange={(event) => onChange({ secret: event.currentTarget.value })}
    />
    <Select
      label="Written as"
      w={140}
      allowDeselect={false}
      data={secretEncoding.options.map((value) => ({ value, label: encodings[value] }))}
      value={encoding}
      onChange={(value) => value && onChange({ encoding: value })}
    />
  </Group>
)
