import { Select } from '@mantine/core'
import { useOperation } from '../../stores/hooks.ts'

interface IssuerChoiceProps {
  value: string | null
  onChange: (issuer: string | null) => void
  error?: string
}

/** The choice that stands for every issuer. */
const every = '\0every'

/** Which issuer knows the user: one, or every one. */
export function IssuerChoice({ value, onChange, error }: IssuerChoiceProps) {
  const { data = [] } = useOperation('issuers.list', {})
  const names = data.map(({ name }) => name)
  return (
    <Select
      label="Known to"
      description="At another issuer the user cannot log in."
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      allowDeselect={false}
      data={[
        { value: every, label: 'Every issuer' },
        ...(value === null || names.includes(value) ? names : [value, ...names]),
      ]}
      value={value ?? every}
      onChange={(chosen) => onChange(chosen === every ? null : chosen)}
      error={error}
    />
  )
}
