import { ActionIcon, Button, Group, Text, Textarea, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { changeOf, type Pair, removedNames } from './request-pairs.ts'
import classes from './steps.module.css'

interface PairsEditorProps {
  label: string
  /** What one of them is: "parameter". */
  noun: string
  pairs: readonly Pair[]
  original: readonly Pair[]
  onChange: (pairs: Pair[]) => void
}

const marks = { same: null, changed: 'changed', added: 'added' } as const

/** Names and values as rows to edit; what differs from the original says so. */
export function PairsEditor({ label, noun, pairs, original, onChange }: PairsEditorProps) {
  const gone = removedNames(pairs, original)
  const edit = (index: number, change: Partial<Pair>) =>
    onChange(pairs.with(index, { ...pairs[index]!, ...change, raw: null }))
  return (
    <fieldset className={classes.pairs} aria-label={label}>
      {pairs.map(({ name, value }, index) => {
        const mark = marks[changeOf(pairs, index, original)]
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place; its text changes with every key
          <div key={index} className={classes.pair} data-change={mark ?? undefined}>
            <TextInput
              aria-label={name ? `Name of ${name}` : `Name of the new ${noun}`}
              classNames={{ input: classes.mono! }}
              spellCheck={false}
              value={name}
              onChange={(event) => edit(index, { name: event.currentTarget.value })}
            />
            <Textarea
              aria-label={name || `Value of the new ${noun}`}
              classNames={{ input: classes.mono! }}
              autosize
              minRows={1}
              maxRows={6}
              spellCheck={false}
              value={value}
              onChange={(event) => edit(index, { value: event.currentTarget.value })}
            />
            <Text component="span" className={classes.change}>
              {mark}
            </Text>
            <ActionIcon
              aria-label={name ? `Remove ${name}` : 'Remove the blank row'}
              onClick={() => onChange(pairs.filter((_, at) => at !== index))}
            >
              <IconTrash size={15} aria-hidden />
            </ActionIcon>
          </div>
        )
      })}
      <Group gap="sm">
        <Button
          variant="default"
          size="compact-xs"
          leftSection={<IconPlus size={13} aria-hidden />}
          onClick={() => onChange([...pairs, { name: '', value: '', raw: null }])}
        >
          Add {noun}
        </Button>
        {gone.length > 0 && (
          <Text fz="xs" c="var(--gs-warn)">
            Removed: {gone.join(', ')}
          </Text>
        )}
      </Group>
    </fieldset>
  )
}
