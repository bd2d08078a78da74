import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { ContractError } from '../../shared/contract/envelope.ts'
import type { InputOf, OutputOf } from '../../shared/contract/operations/index.ts'
import { useWorkbench } from './hooks.ts'
import type { Query } from './queries.ts'
import type { QueryName } from './query-table.ts'

/** The queries that answer with one page of a list found by offset. */
type PagedQuery = {
  [N in QueryName]: OutputOf<N> extends { total: number; rows: unknown[] }
    ? InputOf<N> extends { offset?: number; limit?: number }
      ? 'offset' extends keyof InputOf<N>
        ? N
        : never
      : never
    : never
}[QueryName]

type Row<N extends PagedQuery> = OutputOf<N>['rows'][number]

export interface Pages<T> {
  /** Rows in all; null before the first answer. */
  total: number | null
  /** A row, or undefined while its page is on the way. */
  rowAt: (index: number) => T | undefined
  /** Tell which rows are on screen; their pages are read and kept fresh. */
  onRange: (first: number, last: number) => void
  loading: boolean
  error: ContractError | null
  reload: () => void
}

/**
 * A long list by pages, for a VirtualTable. `input` must keep its identity while it says the same (useMemo).
 */
export function usePages<N extends PagedQuery>(
  name: N,
  input: Omit<InputOf<N>, 'offset' | 'limit'>,
  pageSize = 200,
): Pages<Row<N>> {
  const { queries } = useWorkbench()
  const [range, setRange] = useState({ first: 0, last: 0 })
  const [, redraw] = useState(0)

  const pageQuery = useCallback(
    (page: number) =>
      queries.query(name, { ...input, offset: page * pageSize, limit: pageSize } as InputOf<N>) as Query<
        OutputOf<N>
      >,
    [queries, name, input, pageSize],
  )

  const watched = useMemo(() => {
    const pages: Query<OutputOf<N>>[] = []
    for (let page = range.first; page <= range.last; page++) pages.push(pageQuery(page))
    return pages
  }, [pageQuery, range])

  useEffect(() => {
    const stops = watched.flatMap((query) => [
      query.store.subscribe(() => redraw((count) => count + 1)),
      query.watch(),
    ])
    return () => {
      for (const stop of stops) stop()
    }
  }, [watched])

  const states = watched.map((query) => query.store.getState())
  const answered = states.find((state) => state.data !== undefined)?.data
  // Another filter keeps the old rows until its own come; another page of the same filter has its place kept.
  const last = useRef<{ total: number; pageQuery: typeof pageQuery } | null>(null)
  useEffect(() => {
    if (answered) last.current = { total: answered.total, pageQuery }
  }, [answered, pageQuery])
  const total = answered?.total ?? last.current?.total ?? null
  const shownQuery = answered ? pageQuery : (last.current?.pageQuery ?? pageQuery)

  return {
    total,
    rowAt: (index) => {
      const rows = shownQuery(Math.floor(index / pageSize)).store.getState().data?.rows
      return rows?.[index % pageSize] as Row<N> | undefined
    },
    onRange: (first, last) => {
      const next = { first: Math.floor(first / pageSize), last: Math.floor(last / pageSize) }
      if (next.first !== range.first || next.last !== range.last) setRange(next)
    },
    loading: states.some((state) => state.loading) || total === null,
    error: states.find((state) => state.error)?.error ?? null,
    reload: () => {
      for (const query of watched) void query.reload()
    },
  }
}
