import { MultiSelect, Text } from '@mantine/core'
import { FieldLabel } from '../../ui/fields/field-control.tsx'
import classes from './faults.module.css'
import type { Fitness } from './fitness.ts'

interface EndpointChoiceProps {
  fitness: readonly Fitness[]
  value: readonly string[]
  onChange: (names: string[]) => void
  error: string | null
}

/** Which endpoints a fault is for. Those it could never strike are listed with the reason, and cannot be chosen. */
export function EndpointChoice({ fitness, value, onChange, error }: EndpointChoiceProps) {
  const reasons = new Map(fitness.map(({ endpoint, reason }) => [endpoint.name, reason]))
  return (
    <MultiSelect
      label={<FieldLabel label="Endpoints" name="endpoints" />}
      description="None means all on which it can take effect."
      placeholder={value.length === 0 ? 'All that fit' : undefined}
      searchable
      clearable
      hidePickedOptions
      maxDropdownHeight={300}
      data={sorted(fitness).map(({ endpoint, reason }) => ({
        value: endpoint.name,
        label: endpoint.title,
        disabled: reason !== null && !value.includes(endpoint.name),
      }))}
      renderOption={({ option }) => (
        <div className={classes.option}>
          <span>{option.label}</span>
          <Text fz="xs" c="dimmed" inherit={false}>
            {reasons.get(option.value) ? `Never: ${reasons.get(option.value)}` : option.value}
          </Text>
        </div>
      )}
      value={[...value]}
      onChange={onChange}
      error={error}
    />
  )
}

/** Those that fit first. */
const sorted = (fitness: readonly Fitness[]): Fitness[] =>
  fitness.toSorted((a, b) => Number(a.reason !== null) - Number(b.reason !== null))
