import {
  Checkbox,
  Group,
  Input,
  NumberInput,
  Radio,
  Select,
  Stack,
  Switch,
  TagsInput,
  TextInput,
} from '@mantine/core'
import type { ReactNode } from 'react'
import { DurationInput } from '../duration-input.tsx'
import type { Control, Field, Option, Pair } from './field.ts'
import classes from './fields.module.css'
import { JsonField } from './json-field.tsx'
import { LinesField } from './lines-field.tsx'
import { PairsField } from './pairs-field.tsx'

export interface FieldControlProps {
  field: Field
  value: unknown
  onChange: (value: unknown) => void
  error?: string
}

interface Shared {
  label: ReactNode
  description: string
  error?: string
}

/** The control of a setting, with its names, what it does, and what is wrong with it. */
export function FieldControl({
  field: { label, name, about, control },
  value,
  onChange,
  error,
}: FieldControlProps) {
  const shared = { label: <FieldLabel label={label} name={name} />, description: about, error }
  return <Controlled control={control} shared={shared} plainLabel={label} value={value} onChange={onChange} />
}

/** What a setting is called, and its name in the standard. */
export const FieldLabel = ({ label, name }: { label: string; name: string }) => (
  <>
    {label} <span className={classes.name}>{name}</span>
  </>
)

interface ControlledProps {
  control: Control
  shared: Shared
  plainLabel: string
  value: unknown
  onChange: (value: unknown) => void
}

function Controlled({ control, shared, plainLabel, value, onChange }: ControlledProps) {
  switch (control.kind) {
    case 'switch':
      return (
        <Switch
          {...shared}
          classNames={{ label: classes.switchLabel }}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      )
    case 'text':
      return (
        <TextInput
          {...shared}
          type={control.url ? 'url' : 'text'}
          autoComplete="off"
          spellCheck={false}
          placeholder={control.placeholder}
          value={(value as string | null) ?? ''}
          onChange={(event) => onChange(event.currentTarget.value || null)}
        />
      )
    case 'duration':
      return (
        <DurationInput
          {...shared}
          maw={320}
          value={value as number | null}
          onChange={onChange}
          {...(control.nullMeans === undefined ? {} : { emptyMeans: control.nullMeans })}
        />
      )
    case 'seconds':
      return (
        <NumberInput
          {...shared}
          maw={320}
          min={0}
          allowDecimal={false}
          suffix=" s"
          placeholder={control.nullMeans}
          value={(value as number | null) ?? ''}
          onChange={(seconds) => onChange(typeof seconds === 'number' ? seconds : null)}
        />
      )
    case 'number':
      return (
        <NumberInput
          {...shared}
          maw={320}
          min={control.min}
          max={control.max}
          allowDecimal={false}
          suffix={control.suffix}
          placeholder={control.nullMeans}
          value={(value as number | null) ?? ''}
          onChange={(number) => onChange(typeof number === 'number' ? number : null)}
        />
      )
    case 'choice':
      return <Choice control={control} shared={shared} value={value as string | null} onChange={onChange} />
    case 'choices':
      return (
        <Choices
          control={control}
          shared={shared}
          plainLabel={plainLabel}
          value={value as string[]}
          onChange={onChange}
        />
      )
    case 'list':
      return (
        <List
          control={control}
          shared={shared}
          plainLabel={plainLabel}
          value={value as string[] | null}
          onChange={onChange}
        />
      )
    case 'lines':
      return <LinesField {...shared} control={control} value={value as string | null} onChange={onChange} />
    case 'pairs':
      return <PairsField {...shared} control={control} value={value as Pair[]} onChange={onChange} />
    case 'json':
      return <JsonField {...shared} placeholder={control.placeholder} value={value} onChange={onChange} />
  }
}

type Of<K extends Control['kind']> = Extract<Control, { kind: K }>

interface PartProps<K extends Control['kind'], V> {
  control: Of<K>
  shared: Shared
  value: V
  onChange: (value: V) => void
}

/** The choice that stands for null. */
const none = '\0none'

/** From so many options on they are found by typing. */
const MANY = 12

function Choice({ control, shared, value, onChange }: PartProps<'choice', string | null>) {
  const { options, nullMeans } = control
  const chosen = options.find((option) => option.value === value)
  const about = chosen?.about && `${chosen.label}: ${chosen.about}`
  return (
    <Select
      {...shared}
      maw={460}
      description={about ? `${shared.description} ${about}` : shared.description}
      allowDeselect={false}
      data={[...(nullMeans === undefined ? [] : [{ value: none, label: nullMeans }]), ...selectData(options)]}
      searchable={options.length > MANY}
      value={value ?? none}
      onChange={(next) => onChange(next === none ? null : next)}
    />
  )
}

/** Options without a group first. */
function selectData(options: readonly Option[]) {
  const itemsOf = (wanted: string | undefined) =>
    options.filter(({ group }) => group === wanted).map(({ value, label }) => ({ value, label }))
  const groups = new Set(options.flatMap(({ group }) => group ?? []))
  return [...itemsOf(undefined), ...[...groups].map((group) => ({ group, items: itemsOf(group) }))]
}

function Choices(props: PartProps<'choices', string[]> & { plainLabel: string }) {
  const { control, shared, plainLabel, value, onChange } = props
  return (
    <Input.Wrapper {...shared} labelElement="div">
      <Checkbox.Group
        value={value}
        onChange={(chosen) =>
          onChange(control.options.map((option) => option.value).filter((name) => chosen.includes(name)))
        }
      >
        <Group gap="8px 18px" mt={6} role="group" aria-label={plainLabel}>
          {control.options.map((option) => (
            <Checkbox key={option.value} value={option.value} label={option.label} title={option.about} />
          ))}
        </Group>
      </Checkbox.Group>
    </Input.Wrapper>
  )
}

function List(props: PartProps<'list', string[] | null> & { plainLabel: string }) {
  const { control, shared, plainLabel, value, onChange } = props
  const { nullMeans, placeholder } = control
  const tags = (
    <TagsInput
      aria-label={plainLabel}
      classNames={{ pill: classes.pill }}
      placeholder={value?.length ? undefined : placeholder}
      value={value ?? []}
      onChange={onChange}
      // A list pasted from elsewhere; a space is what OAuth puts between names.
      splitChars={[',', ' ']}
    />
  )
  if (nullMeans === undefined)
    return (
      <Input.Wrapper {...shared} labelElement="div">
        <div className={classes.tags}>{tags}</div>
      </Input.Wrapper>
    )
  return (
    <Input.Wrapper {...shared} labelElement="div">
      <Stack gap={8} mt={6}>
        <Radio.Group
          aria-label={plainLabel}
          value={value === null ? 'any' : 'some'}
          onChange={(choice) => onChange(choice === 'any' ? null : [])}
        >
          <Group gap="lg">
            <Radio size="xs" value="any" label={nullMeans} />
            <Radio size="xs" value="some" label="Only these" />
          </Group>
        </Radio.Group>
        {value !== null && tags}
      </Stack>
    </Input.Wrapper>
  )
}
