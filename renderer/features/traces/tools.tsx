import { Button, Group, SegmentedControl, Select, Switch, Text, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconPlayerPause, IconPlayerPlay, IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useStore } from 'zustand/react'
import { useOperation, useWorkbench } from '../../stores/hooks.ts'
import classes from './traces.module.css'

/** Pauses and resumes the live list; the name says what a press does. */
export function LiveButton() {
  const { feed } = useWorkbench()
  const live = useStore(feed.store, (state) => state.live)
  const missed = useStore(feed.store, (state) => state.missed)
  return live ? (
    <Button variant="default" leftSection={<IconPlayerPause size={15} aria-hidden />} onClick={feed.pause}>
      Pause
    </Button>
  ) : (
    <Button leftSection={<IconPlayerPlay size={15} aria-hidden />} onClick={feed.resume}>
      {missed > 0 ? `Resume, ${missed} new` : 'Resume'}
    </Button>
  )
}

const outcomes = ['ok', 'refused', 'struck'] as const

interface ToolsProps {
  grouped: boolean
  onGrouped: (grouped: boolean) => void
}

/** Search, outcome, endpoint and grouping above the list. */
export function Tools({ grouped, onGrouped }: ToolsProps) {
  const { feed } = useWorkbench()
  const filter = useStore(feed.store, (state) => state.filter)
  const endpoints = useStore(feed.store, (state) => state.endpoints)
  const shown = useStore(feed.store, (state) => state.rows.length)
  const total = useStore(feed.store, (state) => state.total)
  const clients = useOperation('clients.list', {})
  const users = useOperation('users.list', {})
  return (
    <div className={classes.tools}>
      <Group gap="xs" wrap="wrap">
        <Search />
        <SegmentedControl
          aria-label="Outcome"
          value={filter.outcome ?? 'all'}
          onChange={(value) =>
            feed.setFilter({ ...filter, outcome: outcomes.find((known) => known === value) })
          }
          data={[
            { value: 'all', label: 'All' },
            { value: 'ok', label: 'Accepted' },
            { value: 'refused', label: 'Refused' },
            { value: 'struck', label: 'Struck' },
          ]}
        />
      </Group>
      <Group gap="sm">
        <Select
          w={124}
          aria-label="Endpoint"
          placeholder="Any endpoint"
          clearable
          data={[...endpoints]}
          value={filter.endpoint ?? null}
          onChange={(endpoint) => feed.setFilter({ ...filter, endpoint: endpoint ?? undefined })}
        />
        <WhoFilter label="Client" field="clientId" names={clients.data?.map(({ id }) => id) ?? []} />
        <WhoFilter label="User" field="userId" names={users.data?.map(({ id }) => id) ?? []} />
        <Switch
          label="Pinned"
          checked={filter.pinned === true}
          onChange={(event) =>
            feed.setFilter({ ...filter, pinned: event.currentTarget.checked || undefined })
          }
        />
        <Switch
          label="Group by trace"
          checked={grouped}
          onChange={(event) => onGrouped(event.currentTarget.checked)}
        />
        <Text fz="xs" c="dimmed" ml="auto" data-testid="exchange-count">
          {total === null ? '' : countWords(shown, total)}
        </Text>
      </Group>
    </div>
  )
}

interface WhoFilterProps {
  label: string
  field: 'clientId' | 'userId'
  names: readonly string[]
}

/** Of the clients or users there are; one that was deleted is found by search. */
function WhoFilter({ label, field, names }: WhoFilterProps) {
  const { feed } = useWorkbench()
  const filter = useStore(feed.store, (state) => state.filter)
  return (
    <Select
      w={112}
      aria-label={label}
      placeholder={`Any ${label.toLowerCase()}`}
      clearable
      searchable
      limit={50}
      data={[...names]}
      value={filter[field] ?? null}
      onChange={(name) => feed.setFilter({ ...filter, [field]: name ?? undefined })}
    />
  )
}

const countWords = (shown: number, total: number): string =>
  shown < total ? `newest ${shown} of ${total}` : `${total} ${total === 1 ? 'exchange' : 'exchanges'}`

function Search() {
  const { feed } = useWorkbench()
  const stored = useStore(feed.store, (state) => state.filter.search ?? '')
  // What was typed since the last search; the store has the rest, and others may empty it.
  const [draft, setDraft] = useState<string | null>(null)
  const search = useDebouncedCallback((typed: string) => {
    feed.setFilter({ ...feed.store.getState().filter, search: typed || undefined })
    setDraft(null)
  }, 200)
  return (
    <TextInput
      flex="1 1 190px"
      type="search"
      aria-label="Search exchanges"
      placeholder="Search paths, users, errors and bodies"
      leftSection={<IconSearch size={15} aria-hidden />}
      maxLength={200}
      value={draft ?? stored}
      onChange={(event) => {
        setDraft(event.currentTarget.value)
        search(event.currentTarget.value)
      }}
    />
  )
}
