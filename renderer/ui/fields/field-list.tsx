import { ActionIcon, Tooltip } from '@mantine/core'
import { IconArrowBackUp } from '@tabler/icons-react'
import type { Control, Field, FieldValues } from './field.ts'
import { FieldControl } from './field-control.tsx'
import classes from './fields.module.css'

/** Where the values of a table of fields come from, and go to. */
export interface FieldSource<K extends string = string> {
  values: FieldValues<K>
  /** What is wrong, by field. */
  errors: Partial<Record<K, string>>
  /** Whether the setting says something of its own, rather than what it is by default. */
  isOwn: (field: K) => boolean
  set: (field: K, value: unknown) => void
  /** Makes it what it is by default. */
  reset: (field: K) => void
  /** What that is: "the default", "as the default issuer". */
  resetMeans: string
}

interface FieldListProps<K extends string> {
  fields: readonly Field<K>[]
  source: FieldSource<K>
}

/** What takes the whole width. */
const wide: readonly Control['kind'][] = ['choices', 'list', 'lines', 'pairs', 'json']

/** Settings side by side where there is room; those that say something of their own are marked, with a way back. */
export function FieldList<K extends string>({ fields, source }: FieldListProps<K>) {
  return (
    <div className={classes.list}>
      {fields.map((field) => (
        <div
          key={field.field}
          className={classes.row}
          data-own={source.isOwn(field.field) || undefined}
          data-wide={wide.includes(field.control.kind) || undefined}
        >
          <div className={classes.control}>
            <FieldControl
              field={field}
              value={source.values[field.field]}
              error={source.errors[field.field]}
              onChange={(value) => source.set(field.field, value)}
            />
          </div>
          {source.isOwn(field.field) && (
            <Tooltip label={`Back to ${source.resetMeans}`}>
              <ActionIcon
                aria-label={`${field.label}: back to ${source.resetMeans}`}
                onClick={() => source.reset(field.field)}
              >
                <IconArrowBackUp size={15} aria-hidden />
              </ActionIcon>
            </Tooltip>
          )}
        </div>
      ))}
    </div>
  )
}
