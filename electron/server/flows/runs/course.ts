import { ContractError } from '../../../../shared/contract/envelope.ts'
import type { RedirectAnswer } from '../../../../shared/flow/client/types.ts'
import type { Core } from '../../core.ts'
import { lastOutcome } from './attempts.ts'
import { type How, type OpenLogin, prepareAll, receive, sendStep, stepAt } from './play.ts'
import { definitionOf, nextStep, type RunRecord, valuesOf } from './record.ts'
import { afterRefresh, refreshAt, refused } from './refreshing.ts'
import { clockOf, millisecondsOf } from './target.ts'

/** How runs go on: by a click, to their end, and by themselves. */
export interface Course {
  /** @throws ContractError as sendStep does */
  send(run: RunRecord, index: number, how: Omit<How, 'signal'>): Promise<void>
  /** Step after step, until the end, a failure or a wait. @throws ContractError when not even the first could be sent */
  toEnd(run: RunRecord, confirmed: boolean): Promise<void>
  /** Asks once more for the tokens of a device. */
  poll(run: RunRecord): Promise<void>
  /** Takes the redirect a run waits for, and goes on where that was asked for. */
  arrive(run: RunRecord, redirect: RedirectAnswer): Promise<void>
  /** Refreshes the tokens now. */
  refreshNow(run: RunRecord): Promise<void>
  /** Ends what is being sent for a run. */
  abort(id: string): void
}

interface Parts {
  /** Keeps what a run has come to, for others to see while it goes on. */
  save(run: RunRecord): void
  openLogin: OpenLogin
}

export function createCourse(core: Core, { save, openLogin }: Parts): Course {
  const sending = new Map<string, AbortController>()

  /** Gives work a signal that `cancel` and the core's end abort. */
  async function cancellable(id: string, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const controller = new AbortController()
    sending.set(id, controller)
    try {
      await work(AbortSignal.any([controller.signal, core.closing]))
    } finally {
      sending.delete(id)
    }
  }

  const send = (run: RunRecord, index: number, how: Omit<How, 'signal'>): Promise<void> =>
    cancellable(run.id, (signal) =>
      sendStep(core, run, { index, how: { ...how, signal }, openLogin }),
    ).finally(() => {
      if (run.refresh.on && how.by !== 'auto') run.refresh.at = refreshAt(core, run)
    })

  async function toEnd(run: RunRecord, confirmed: boolean): Promise<void> {
    for (let first = true, index = nextStep(run); index !== null; index = nextStep(run), first = false) {
      const step = stepAt(run, index)
      // What cannot be sent is no error once something was: the step says what it lacks.
      if (!first && step.prepared === null) return
      await send(run, index, { by: 'run', confirmed })
      save(run)
      const outcome = lastOutcome(step)
      if (outcome === 'pending') run.polling = { confirmed, at: pollAt(core, run) }
      if (outcome !== 'passed') return
    }
  }

  async function poll(run: RunRecord): Promise<void> {
    if (!run.polling) return
    const { confirmed } = run.polling
    run.polling = null
    await toEnd(run, confirmed)
  }

  async function arrive(run: RunRecord, redirect: RedirectAnswer): Promise<void> {
    if (!run.waiting) return
    const { goOn, confirmed, step } = run.waiting
    await receive(core, run, redirect)
    await prepareAll(core, run)
    if (goOn && lastOutcome(stepAt(run, step)) === 'passed') await toEnd(run, confirmed)
  }

  async function refreshNow(run: RunRecord): Promise<void> {
    if (!run.refresh.on || run.waiting) return
    const { confirmed } = run.refresh
    const index = run.steps.findLastIndex(({ id }) => id === 'refresh')
    const before = run.steps.findIndex(({ id, attempts }) => id === 'metadata' && attempts.length === 0)
    try {
      if (before >= 0) await send(run, before, { by: 'auto', confirmed })
      await send(run, index, { by: 'auto', confirmed })
      afterRefresh(core, run, stepAt(run, index).attempts.at(-1)!)
    } catch (error) {
      if (!(error instanceof ContractError)) throw error
      refused(run, error.message)
    }
  }

  return { send, toEnd, poll, arrive, refreshNow, abort: (id) => sending.get(id)?.abort() }
}

/** What a poll by hand means for those that come by themselves: a device may be let in, or slowed down, between two of them. */
export function polledByHand(core: Core, run: RunRecord, index: number): void {
  const step = stepAt(run, index)
  if (!run.polling || !definitionOf(step).needs.includes('device_code')) return
  run.polling = lastOutcome(step) === 'pending' ? { ...run.polling, at: pollAt(core, run) } : null
}

/** When a device may ask again: after the interval it was told last (RFC 8628 3.5). */
function pollAt(core: Core, run: RunRecord): number {
  const interval = Number(valuesOf(run).get('interval')?.value ?? 5)
  return millisecondsOf(core, clockOf(run.profile)) + Math.max(1, interval) * 1000
}
