import { ActionIcon, Autocomplete, Button, Checkbox, Input, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { type ReactNode, useId } from 'react'
import type { Control, Pair } from './field.ts'
import classes from './fields.module.css'

interface PairsFieldProps {
  label: ReactNode
  description: string
  error?: string
  control: Extract<Control, { kind: 'pairs' }>
  value: readonly Pair[]
  onChange: (pairs: readonly Pair[]) => void
}

/** Names and values as rows; where it says what a null means, a value can be left out. */
export function PairsField({ label, description, error, control, value, onChange }: PairsFieldProps) {
  const id = useId()
  return (
    <Input.Wrapper
      label={label}
      description={description}
      error={error}
      labelElement="div"
      labelProps={{ id }}
    >
      <fieldset className={classes.pairs} aria-labelledby={id}>
        {value.map((pair, index) => (
          <PairRow
            // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place; its text changes with every key
            key={index}
            pair={pair}
            control={control}
            onChange={(next) => onChange(value.with(index, next))}
            onRemove={() => onChange(value.filter((_, at) => at !== index))}
          />
        ))}
        <Button
          variant="default"
          size="compact-xs"
          leftSection={<IconPlus size={13} aria-hidden />}
          onClick={() => onChange([...value, ['', '']])}
        >
          Add {control.noun}
        </Button>
      </fieldset>
    </Input.Wrapper>
  )
}

interface PairRowProps {
  pair: Pair
  control: PairsFieldProps['control']
  onChange: (pair: Pair) => void
  onRemove: () => void
}

function PairRow({ pair: [name, value], control, onChange, onRemove }: PairRowProps) {
  const { noun, names = [], nullMeans } = control
  return (
    <div className={classes.pair}>
      <Autocomplete
        className={classes.pairName}
        aria-label={name ? `Name of ${name}` : `Name of the new ${noun}`}
        spellCheck={false}
        data={[...names]}
        value={name}
        onChange={(next) => onChange([next, value])}
      />
      <TextInput
        className={classes.pairValue}
        aria-label={name || `Value of the new ${noun}`}
        spellCheck={false}
        disabled={value === null}
        placeholder={value === null ? nullMeans : undefined}
        value={value ?? ''}
        onChange={(event) => onChange([name, event.currentTarget.value])}
      />
      {nullMeans !== undefined && (
        <Checkbox
          size="xs"
          label={nullMeans}
          checked={value === null}
          onChange={(event) => onChange([name, event.currentTarget.checked ? null : ''])}
        />
      )}
      <ActionIcon aria-label={name ? `Remove ${name}` : 'Remove the blank row'} onClick={onRemove}>
        <IconTrash size={15} aria-hidden />
      </ActionIcon>
    </div>
  )
}
