import { Button, Checkbox, Group, Popover, SegmentedControl, Text } from '@mantine/core'
import { IconChevronDown, IconListCheck } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import type { ScopeChange } from '../../../shared/contract/operations/tokens.ts'
import { useOperation, useWorkbench } from '../../stores/hooks.ts'
import { changeScopesOfAll } from './bulk-scopes.ts'
import type { Choice } from './commands.ts'

interface ChangeScopesProps {
  choice: Choice
  disabled: boolean
  /** Told while the tokens are changed. */
  during: (work: Promise<void>) => void
}

const ways: { value: ScopeChange; label: string }[] = [
  { value: 'add', label: 'Add' },
  { value: 'remove', label: 'Take away' },
  { value: 'set', label: 'Set to' },
]

/** Other scopes for all of these tokens. */
export function ChangeScopes({ choice, disabled, during }: ChangeScopesProps) {
  const workbench = useWorkbench()
  const [opened, setOpened] = useState(false)
  return (
    <Popover opened={opened} onChange={setOpened} position="top-start" trapFocus shadow="md" width={360}>
      <Popover.Target>
        <Button
          variant="default"
          disabled={disabled}
          leftSection={<IconListCheck size={15} aria-hidden />}
          rightSection={<IconChevronDown size={15} aria-hidden />}
          onClick={() => setOpened(!opened)}
        >
          Change scopes
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <ScopesForm
          onChange={(how, scopes) => {
            setOpened(false)
            during(changeScopesOfAll(workbench, choice, { how, scopes }))
          }}
        />
      </Popover.Dropdown>
    </Popover>
  )
}

function ScopesForm({ onChange }: { onChange: (how: ScopeChange, scopes: string[]) => void }) {
  const known = useOperation('scopes.list', {}).data ?? []
  const [how, setHow] = useState<ScopeChange>('add')
  const [chosen, setChosen] = useState<string[]>([])

  function submit(event: FormEvent) {
    event.preventDefault()
    // A portal's events go up to what drew it.
    event.stopPropagation()
    // In the order of the scope table, however they were clicked.
    onChange(
      how,
      known.map(({ name }) => name).filter((name) => chosen.includes(name)),
    )
  }

  return (
    <form onSubmit={submit} aria-label="Change scopes">
      <SegmentedControl
        fullWidth
        aria-label="How"
        data={ways}
        value={how}
        onChange={(way) => setHow(way as ScopeChange)}
      />
      <Checkbox.Group value={chosen} onChange={setChosen} aria-label="Scopes" my={12}>
        <Group gap="8px 18px">
          {known.map(({ name }) => (
            <Checkbox key={name} value={name} label={name} ff="monospace" />
          ))}
        </Group>
      </Checkbox.Group>
      <Group justify="space-between" align="flex-end" wrap="nowrap">
        <Text fz="xs" c="dimmed">
          Of live refresh tokens and opaque access tokens. A JWT keeps the scope it was signed with.
        </Text>
        <Button type="submit" flex="none" disabled={how !== 'set' && chosen.length === 0}>
          {how === 'set' && chosen.length === 0 ? 'Set to none' : 'Change'}
        </Button>
      </Group>
    </form>
  )
}
