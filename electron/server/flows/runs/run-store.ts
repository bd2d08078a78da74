import { ContractError, notFound } from '../../../../shared/contract/envelope.ts'
import type { Core } from '../../core.ts'
import { insertFlowRun, readFlowRun, updateFlowRun } from '../../store/flow-runs.ts'
import { summaryOf } from './present.ts'
import type { RunRecord } from './record.ts'

/** Runs in the database, sealed, and changed one piece of work at a time. */
export interface RunStore {
  add(run: RunRecord): void
  /** @throws ContractError `not_found`, `refused` when it was sealed elsewhere */
  load(id: string): RunRecord
  save(run: RunRecord): void
  /** Does work on a run once all work on it before is done, and saves it, also when the work fails. */
  change(id: string, work: (run: RunRecord) => Promise<void> | void): Promise<RunRecord>
}

export function createRunStore(core: Core): RunStore {
  const { database, clock, secrets, events, closing } = core
  const queues = new Map<string, Promise<unknown>>()
  const changed = () => events.publish({ type: 'changed', noun: 'flows' })

  const load = (id: string): RunRecord => {
    const body = readFlowRun(database.read, id)
    if (body === undefined) throw notFound('run', id)
    try {
      return JSON.parse(secrets.open(body)) as RunRecord
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      throw new ContractError('refused', `This run cannot be opened here: ${reason}`)
    }
  }
  const save = (run: RunRecord): void => {
    // Work that was on its way when the core closed has nowhere to write to.
    if (closing.aborted) return
    run.updatedAt = clock.real.now()
    const body = secrets.seal(JSON.stringify(run))
    database.write((writer) => updateFlowRun(writer, summaryOf(run), body))
    changed()
  }

  return {
    add(run) {
      const body = secrets.seal(JSON.stringify(run))
      database.write((writer) => insertFlowRun(writer, summaryOf(run), body))
      changed()
    },
    load,
    save,
    change(id, work) {
      const before = queues.get(id) ?? Promise.resolve()
      const doing = before
        .catch(() => {})
        .then(async () => {
          const run = load(id)
          try {
            await work(run)
          } finally {
            save(run)
          }
          return run
        })
      queues.set(id, doing)
      const forget = () => {
        if (queues.get(id) === doing) queues.delete(id)
      }
      doing.then(forget, forget)
      return doing
    },
  }
}
