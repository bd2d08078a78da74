import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react'
import { useStore } from 'zustand/react'
import type { ContractError } from '../../shared/contract/envelope.ts'
import type { SequencedEvent } from '../../shared/contract/events.ts'
import type { InputOf, OutputOf } from '../../shared/contract/operations/index.ts'
import { type CommandResult, runCommand } from './commands.ts'
import type { Route } from './navigation.ts'
import type { QueryState } from './queries.ts'
import type { CommandName, QueryName } from './query-table.ts'
import type { Workbench } from './workbench.ts'

export const WorkbenchContext = createContext<Workbench | null>(null)

export function useWorkbench(): Workbench {
  const workbench = useContext(WorkbenchContext)
  if (!workbench) throw new Error('There is no WorkbenchContext above this component.')
  return workbench
}

export interface OperationState<T> extends QueryState<T> {
  reload: () => Promise<void>
}

/**
 * Reads a query and keeps it fresh while the component is mounted. With `keepPrevious`, a new input shows the answer to the
 * former one until its own is there: for another page or filter of a list, not for another record.
 */
export function useOperation<N extends QueryName>(
  name: N,
  input: InputOf<N>,
  { keepPrevious = false }: { keepPrevious?: boolean } = {},
): OperationState<OutputOf<N>> {
  const { queries } = useWorkbench()
  const query = queries.query(name, input)
  const state = useStore(query.store)
  useEffect(() => query.watch(), [query])
  const previous = useRef<OutputOf<N>>(undefined)
  useEffect(() => {
    if (state.data !== undefined) previous.current = state.data
  }, [state.data])
  const data = state.data ?? (keepPrevious ? previous.current : undefined)
  const loading = state.loading || (state.data === undefined && state.error === null)
  return { data, error: state.error, loading, reload: query.reload }
}

export interface CommandState<N extends CommandName> {
  /** Sends the command. A failure has been reported when this resolves; it never rejects. */
  run: (input: InputOf<N>) => Promise<CommandResult<OutputOf<N>>>
  pending: boolean
  /** Why the last run failed; its `issues` name the fields. */
  error: ContractError | null
  clearError: () => void
}

const unreported = () => {}

/** With `quiet`, failures are not notified: the caller shows `error` itself. */
export function useCommand<N extends CommandName>(
  name: N,
  { quiet = false }: { quiet?: boolean } = {},
): CommandState<N> {
  const workbench = useWorkbench()
  const { client } = workbench
  const report = quiet ? unreported : workbench.report
  const [running, setRunning] = useState(0)
  const [error, setError] = useState<ContractError | null>(null)
  const run = useCallback(
    async (input: InputOf<N>) => {
      setRunning((count) => count + 1)
      const result = await runCommand(client, report, name, input)
      setRunning((count) => count - 1)
      setError(result.ok ? null : result.error)
      return result
    },
    [client, report, name],
  )
  const clearError = useCallback(() => setError(null), [])
  return { run, pending: running > 0, error, clearError }
}

export const useRoute = (): Route => useStore(useWorkbench().navigation.store)

export const useConnectionState = () =>
  useStore(useWorkbench().connection.store, (connection) => connection.state)

export const useThemePreference = () => useStore(useWorkbench().theme.store, (theme) => theme.preference)

export const useClockSetting = () => useStore(useWorkbench().clock.store, (clock) => clock.setting)

/** Exchanges per second, renewed each second. */
export function useExchangeRate(): number {
  const { clock, traffic } = useWorkbench()
  return useSyncExternalStore(clock.subscribe, traffic.rate)
}

/** Calls the listener for each event of the core while the component is mounted. */
export function useCoreEvents(listener: (event: SequencedEvent) => void): void {
  const { onEvent } = useWorkbench()
  const latest = useRef(listener)
  useEffect(() => {
    latest.current = listener
  })
  useEffect(() => onEvent((event) => latest.current(event)), [onEvent])
}
