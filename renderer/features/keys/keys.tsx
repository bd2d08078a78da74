import { IconKey, IconPlus } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import type { Key, KeyUsage } from '../../../shared/contract/operations/keys.ts'
import { useOperation, useRoute, useWorkbench } from '../../stores/hooks.ts'
import { ListDetail } from '../../ui/list-detail.tsx'
import { ListSearch } from '../../ui/list-search.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { PrimaryButton } from '../../ui/primary-button.tsx'
import { StateBadge } from '../../ui/state-badge.tsx'
import { EmptyState, ErrorState, LoadingRows } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import { type Column, VirtualTable } from '../../ui/virtual-table.tsx'
import { KeyDetail } from './key-detail.tsx'
import { matchesKey, sortKeys, usageText, useWords } from './key-words.ts'
import classes from './keys.module.css'
import { NewKeyDialog } from './new-key.tsx'

/** What issuers sign and decrypt with. The route's id is a kid. */
export function Keys() {
  const { navigation } = useWorkbench()
  const { id, params } = useRoute()
  const keys = useOperation('keys.list', {})
  const usage = useOperation('keys.usage', {})
  const usageOf = useMemo(
    () => new Map((usage.data ?? []).map((one) => [one.kid, one] as const)),
    [usage.data],
  )
  return (
    <>
      <PageHeader
        title="Keys"
        description="What each issuer signs and decrypts with, what its JWKS shows, and what becomes of tokens when a key goes."
        actions={
          <PrimaryButton
            leftSection={<IconPlus size={15} aria-hidden />}
            onClick={() => navigation.setParams({ new: 'generate' })}
          >
            New key
          </PrimaryButton>
        }
      />
      {keys.data ? (
        <ListDetail
          name="keys"
          label="Keys"
          initial={50}
          list={<KeyList keys={keys.data} usageOf={usageOf} selectedId={id} onSelect={navigation.select} />}
          detail={id !== null && <KeyDetail key={id} kid={id} usage={usageOf.get(id)} />}
          onCloseDetail={() => navigation.select(null)}
        />
      ) : keys.error ? (
        <ErrorState title="The keys could not be read" message={keys.error.message} onRetry={keys.reload} />
      ) : (
        <LoadingRows label="Reading keys" />
      )}
      <NewKeyDialog
        way={params.new === 'import' ? 'import' : params.new === undefined ? null : 'generate'}
        onClose={() => navigation.setParams({})}
        onAdded={({ kid }) => navigation.go('keys', kid)}
      />
    </>
  )
}

const columnsWith = (usageOf: ReadonlyMap<string, KeyUsage>): Column<Key>[] => [
  { id: 'state', header: 'State', width: '116px', render: ({ state }) => <StateBadge state={state} /> },
  { id: 'alg', header: 'alg', width: '122px', render: ({ alg }) => alg },
  {
    id: 'kid',
    header: 'kid',
    width: 'minmax(110px, 1fr)',
    render: ({ kid }) => <span className={classes.mono}>{kid}</span>,
  },
  { id: 'issuer', header: 'Issuer', width: 'minmax(76px, 0.6fr)', from: 506, render: ({ issuer }) => issuer },
  { id: 'use', header: 'Use', width: '78px', from: 430, render: ({ use }) => useWords[use].short },
  {
    id: 'tokens',
    header: 'Tokens live',
    width: '96px',
    from: 604,
    align: 'end',
    render: ({ kid, use }) => (use === 'encryption' ? '' : usageText(usageOf.get(kid))),
  },
  {
    id: 'since',
    header: 'Since',
    width: '118px',
    from: 722,
    render: ({ changedAt }) => <Time at={changedAt} form="short" />,
  },
]

interface KeyListProps {
  keys: Key[]
  usageOf: ReadonlyMap<string, KeyUsage>
  selectedId: string | null
  onSelect: (id: string) => void
}

function KeyList({ keys, usageOf, selectedId, onSelect }: KeyListProps) {
  const [search, setSearch] = useState('')
  const sorted = useMemo(() => sortKeys(keys), [keys])
  const columns = useMemo(() => columnsWith(usageOf), [usageOf])
  const shown = sorted.filter((key) => matchesKey(key, search))
  return (
    <>
      <ListSearch
        noun="key"
        placeholder="Search by kid, algorithm, issuer or state"
        value={search}
        onChange={setSearch}
        shown={shown.length}
        total={keys.length}
      />
      <VirtualTable
        label="Keys"
        columns={columns}
        rowCount={shown.length}
        rowAt={(index) => shown[index]}
        rowId={({ kid }) => kid}
        selectedId={selectedId}
        onSelect={onSelect}
        empty={
          <EmptyState icon={<IconKey size={22} />} title="No key matches">
            Search looks at kid, algorithm, issuer, use and state.
          </EmptyState>
        }
      />
    </>
  )
}
