import { createStore, type StoreApi } from 'zustand/vanilla'
import type { ContractClient } from '../../shared/contract/client.ts'
import type { RecipeRun } from '../../shared/contract/operations/recipes.ts'
import { type ReportFailure, runCommand } from './commands.ts'

export interface RecipeRunsState {
  /** The recipe that runs now. */
  running: string | null
  /** The last result of each recipe, for as long as the window is open. */
  results: Readonly<Record<string, RecipeRun>>
  /** Those still to run, while all are being run; null otherwise. */
  queue: readonly string[] | null
}

/** Runs recipes, one at a time, and keeps what came of them. */
export interface RecipeRuns {
  store: StoreApi<RecipeRunsState>
  /** Resolves to null when it could not be run: another runs, or the core refused (which has been reported). */
  run(id: string): Promise<RecipeRun | null>
  /** Runs them in order, and goes on past one that fails; ends early when the core does not answer. */
  runAll(ids: readonly string[]): Promise<void>
  /** Lets the running one end, and starts no other. */
  stop(): void
}

export function createRecipeRuns(client: ContractClient, report: ReportFailure): RecipeRuns {
  const store = createStore<RecipeRunsState>(() => ({ running: null, results: {}, queue: null }))

  async function start(id: string): Promise<RecipeRun | null> {
    store.setState({ running: id })
    const result = await runCommand(client, report, 'recipes.run', { id })
    const { results } = store.getState()
    store.setState({ running: null, results: result.ok ? { ...results, [id]: result.value } : results })
    return result.ok ? result.value : null
  }

  return {
    store,
    async run(id) {
      const { running, queue } = store.getState()
      return running !== null || queue !== null ? null : start(id)
    },
    async runAll(ids) {
      const { running, queue } = store.getState()
      if (running !== null || queue !== null) return
      const results = Object.entries(store.getState().results).filter(([id]) => !ids.includes(id))
      store.setState({ results: Object.fromEntries(results), queue: ids })
      for (let rest = store.getState().queue; rest && rest.length > 0; rest = store.getState().queue) {
        store.setState({ queue: rest.slice(1) })
        if ((await start(rest[0]!)) === null) break
      }
      store.setState({ queue: null })
    },
    stop() {
      if (store.getState().queue !== null) store.setState({ queue: [] })
    },
  }
}
