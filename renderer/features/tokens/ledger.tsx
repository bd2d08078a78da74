import { useEffect, useMemo, useRef } from 'react'
import { useStore } from 'zustand/react'
import type { TokenFilter, TokenRow } from '../../../shared/contract/operations/tokens.ts'
import { useRoute, useWorkbench } from '../../stores/hooks.ts'
import { type Pages, usePages } from '../../stores/pages.ts'
import { stableJson } from '../../stores/queries.ts'
import { useAtNow } from '../../ui/now.ts'
import { ErrorState, LoadingRows } from '../../ui/states.tsx'
import { VirtualTable } from '../../ui/virtual-table.tsx'
import { readJtis } from './commands.ts'
import { deniedColumnsFor } from './denied-columns.tsx'
import { filterOf, showsDenied } from './filter.ts'
import { FilterBar } from './filter-bar.tsx'
import { columnsFor } from './ledger-columns.tsx'
import { stateAt } from './life.ts'
import { NoTokens } from './no-tokens.tsx'
import { extended, rangeTo, selectionOf, toggled } from './selection.ts'
import { SelectionBar } from './selection-bar.tsx'

const idOf = (token: TokenRow) => token.jti

export function Ledger() {
  const { navigation } = useWorkbench()
  const { id, params } = useRoute()
  const filter = useStableFilter(params)
  const pages = usePages(
    'tokens.list',
    useMemo(() => ({ filter }), [filter]),
  )
  const { isMarked, mark } = useMarks(filter)
  const denied = showsDenied(params)
  const columns = useMemo(
    () => (denied ? deniedColumnsFor : columnsFor)({ isMarked, mark }),
    [denied, isMarked, mark],
  )
  const total = pages.total ?? 0
  const onRange = useFreshStates(pages, filter)
  return (
    <>
      <FilterBar total={pages.total} />
      {pages.total === null && pages.error ? (
        <ErrorState
          title="The tokens could not be read"
          message={pages.error.message}
          onRetry={pages.reload}
        />
      ) : pages.total === null ? (
        <LoadingRows label="Reading tokens" />
      ) : (
        <VirtualTable
          label={denied ? 'Deny list' : 'Tokens'}
          columns={columns}
          rowCount={total}
          rowAt={pages.rowAt}
          rowId={idOf}
          selectedId={id}
          onSelect={navigation.select}
          onMark={mark}
          isMarked={isMarked}
          onRange={onRange}
          resetKey={filter}
          empty={<NoTokens filter={filter} denied={denied} />}
        />
      )}
      <SelectionBar filter={filter} total={total} />
    </>
  )
}

/** The same object while the parameters name the same filter, whatever else in the route changes. */
function useStableFilter(params: Readonly<Record<string, string>>): TokenFilter {
  const key = stableJson(filterOf(params))
  return useMemo(() => JSON.parse(key) as TokenFilter, [key])
}

function useMarks(filter: TokenFilter) {
  const workbench = useWorkbench()
  const selection = selectionOf(workbench)
  const marked = useStore(selection, (state) => state.marked)
  const matching = useStore(selection, (state) => state.matching)
  const isMarked = useMemo(() => (jti: string) => matching !== null || marked.has(jti), [marked, matching])
  const mark = useMemo(
    () => (index: number, token: TokenRow, range: boolean) => {
      const now = selection.getState()
      if (!range) return selection.setState(toggled(now, index, token.jti))
      const rows = rangeTo(now, index)
      void readJtis(workbench, filter, rows).then(
        (jtis) => selection.setState((later) => extended(later, jtis, now.anchor ?? index)),
        (error: Error) => workbench.report('The rows could not be read', error.message),
      )
    },
    [workbench, selection, filter],
  )
  return { isMarked, mark }
}

/**
 * Time ends tokens without an event. Where the state decides what is listed, what is on screen is read again from then on, each
 * second until the core says so, too: its clock may be a little behind ours. Returns the `onRange` to use.
 */
function useFreshStates(pages: Pages<TokenRow>, filter: TokenFilter) {
  const { rowAt, reload } = pages
  const range = useRef({ first: 0, last: 0 })
  const outdatedAt = useAtNow((now) => {
    if (!filter.state) return 0
    for (let index = range.current.first; index <= range.current.last; index++) {
      const row = rowAt(index)
      if (!row) continue
      if (stateAt(row, now) !== row.state || (filter.unexpired && row.expiresAt <= now)) return now
    }
    return 0
  })
  const latest = useRef(reload)
  useEffect(() => {
    latest.current = reload
  })
  useEffect(() => {
    if (outdatedAt > 0) latest.current()
  }, [outdatedAt])
  return (first: number, last: number) => {
    range.current = { first, last }
    pages.onRange(first, last)
  }
}
