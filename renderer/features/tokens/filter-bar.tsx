import { Button, SegmentedControl, Select, Text, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconFilterOff, IconSearch, IconX } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { tokenKind, tokenState } from '../../../shared/contract/operations/tokens.ts'
import { useOperation, useRoute, useWorkbench } from '../../stores/hooks.ts'
import { countOf } from './commands.ts'
import { type FilterName, filterNames, showsDenied, withoutFilter, withParam } from './filter.ts'
import { kindLabels } from './ledger-columns.tsx'
import { noneOf, selectionOf } from './selection.ts'
import classes from './tokens.module.css'

const states = tokenState.options.map((value) => ({ value, label: value[0]!.toUpperCase() + value.slice(1) }))
const kinds = tokenKind.options.map((value) => ({ value, label: kindLabels[value] }))

/** Search and filters of the ledger; they live in the route, so that they can be linked to. */
export function FilterBar({ total }: { total: number | null }) {
  const { params } = useRoute()
  const { set, clear } = useFilterParams()
  const users = useOperation('users.list', {}).data ?? []
  const clients = useOperation('clients.list', {}).data ?? []
  const filtered = filterNames.some((name) => params[name])
  return (
    <search className={classes.filters} aria-label="Tokens">
      <ViewSwitch />
      <Search />
      {!showsDenied(params) && (
        <Choice label="State" any="Any state" data={states} value={params.state} onChange={set('state')} />
      )}
      <Choice label="Kind" any="Any kind" data={kinds} value={params.kind} onChange={set('kind')} />
      <Choice
        label="Owner"
        any="Any owner"
        data={withChosen(
          users.map(({ id, username }) => ({ value: id, label: username })),
          params.user,
        )}
        value={params.user}
        onChange={set('user')}
      />
      <Choice
        label="Client"
        any="Any client"
        data={withChosen(
          clients.map(({ id }) => ({ value: id, label: id })),
          params.client,
        )}
        value={params.client}
        onChange={set('client')}
      />
      {params.grant && (
        <Button
          variant="light"
          rightSection={<IconX size={13} aria-hidden />}
          onClick={() => set('grant')(null)}
          aria-label="Show tokens of every grant"
        >
          One grant
        </Button>
      )}
      {filtered && (
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconFilterOff size={14} aria-hidden />}
          onClick={clear}
        >
          Clear
        </Button>
      )}
      <Text fz="xs" c="dimmed" role="status" ml="auto" data-testid="token-count">
        {total !== null && countOf(total)}
      </Text>
    </search>
  )
}

/** Changes one filter at a time. What was marked under another filter could not be seen any more, so it is let go. */
function useFilterParams() {
  const workbench = useWorkbench()
  const { navigation } = workbench
  const change = (params: Record<string, string>) => {
    selectionOf(workbench).setState(noneOf())
    navigation.setParams(params)
  }
  return {
    set: (name: FilterName) => (value: string | null) =>
      change(withParam(navigation.store.getState().params, name, value)),
    clear: () => change(withoutFilter(navigation.store.getState().params)),
  }
}

/** The whole ledger, or what is on the deny list. Each has its own route. */
function ViewSwitch() {
  const workbench = useWorkbench()
  const { id, params } = useRoute()
  return (
    <SegmentedControl
      size="xs"
      aria-label="Which tokens"
      data={[
        { value: 'all', label: 'Ledger' },
        { value: 'denied', label: 'Deny list' },
      ]}
      value={showsDenied(params) ? 'denied' : 'all'}
      onChange={(view) => {
        const { state: _, view: __, ...rest } = params
        selectionOf(workbench).setState(noneOf())
        workbench.navigation.go('tokens', id, view === 'denied' ? { ...rest, view } : rest)
      }}
    />
  )
}

function Search() {
  const { params } = useRoute()
  const { set } = useFilterParams()
  const said = params.q ?? ''
  const [text, setText] = useState(said)
  const search = useDebouncedCallback(set('q'), 180)
  // The route may change by other means: back, Clear, a link.
  useEffect(() => setText((typed) => (typed.trim() === said ? typed : said)), [said])
  return (
    <TextInput
      type="search"
      className={classes.search}
      aria-label="Search tokens"
      placeholder="Search jti, owner, client or scope"
      leftSection={<IconSearch size={15} aria-hidden />}
      maxLength={200}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value)
        search(event.currentTarget.value.trim())
      }}
    />
  )
}

interface Option {
  value: string
  label: string
}

/** A link may name what is gone since; the filter is then still to be seen. */
const withChosen = (options: Option[], chosen: string | undefined): Option[] =>
  !chosen || options.some(({ value }) => value === chosen)
    ? options
    : [...options, { value: chosen, label: chosen }]

interface ChoiceProps {
  label: string
  any: string
  data: Option[]
  value: string | undefined
  onChange: (value: string | null) => void
}

function Choice({ label, any, data, value, onChange }: ChoiceProps) {
  return (
    <Select
      className={classes.choice}
      aria-label={label}
      placeholder={any}
      data={data}
      value={value ?? null}
      onChange={onChange}
      clearable
      clearButtonProps={{ 'aria-label': any }}
      searchable={data.length > 8}
    />
  )
}
