import { ContractError } from '../../../../shared/contract/envelope.ts'
import type { FlowRun } from '../../../../shared/contract/operations/flows.ts'
import type { ParsedInputOf } from '../../../../shared/contract/operations/index.ts'
import type { RedirectAnswer } from '../../../../shared/flow/client/types.ts'
import type { Core } from '../../core.ts'
import { deleteFlowRun, deleteFlowRuns, listFlowRuns } from '../../store/flow-runs.ts'
import { createAlarms } from './alarms.ts'
import { appendKind, applyChanges, branchOf, newRun } from './begin.ts'
import { addAttempt, type How, lastOutcome, prepareAll, receive, sendStep, stepAt } from './play.ts'
import { toRun } from './present.ts'
import { editRequest, nextStep, type RunRecord } from './record.ts'
import { afterRefresh, refreshAt, switchOn } from './refreshing.ts'
import { toRedirect } from './robot.ts'
import { createRunStore } from './run-store.ts'
import { clockOf, millisecondsOf } from './target.ts'
import { createWaitingRoom } from './waiting.ts'

/** The client side: runs of flows, and what they do later by themselves. */
export type Flows = ReturnType<typeof createFlows>

export function createFlows(core: Core) {
  const store = createRunStore(core)
  const alarms = createAlarms(core)
  const sending = new Map<string, AbortController>()
  const room = createWaitingRoom(core, {
    arrived: (id, redirect) => later(id, (run) => arrive(run, redirect)),
    refused: (id, reason) => later(id, (run) => void run.waiting?.refused.push(reason)),
  })
  const view = (run: RunRecord): FlowRun => toRun(core, run, room.isListening(run.id))

  /** Work nobody waits for: its failure is the operator's to know. */
  function later(id: string, work: (run: RunRecord) => Promise<void> | void): void {
    store
      .change(id, async (run) => {
        await work(run)
        await settle(run)
      })
      .catch((error: unknown) => {
        const gone = core.closing.aborted || (error instanceof ContractError && error.code === 'not_found')
        if (!gone)
          core.log(`a run of a flow could not go on: ${error instanceof Error ? error.message : error}`)
      })
  }

  /** Makes ready what comes next, and sets the alarms that belong to the run as it is now. */
  async function settle(run: RunRecord): Promise<void> {
    await prepareAll(core, run)
    if (!run.waiting) room.leave(run.id)
    setAlarms(run)
  }

  function setAlarms({ id, profile, waiting, polling, refresh }: RunRecord): void {
    const set = (name: string, at: number | null | undefined, clock: 'issuer' | 'real', ring: () => void) =>
      typeof at === 'number'
        ? alarms.set(`${name} ${id}`, { at, clock, ring })
        : alarms.clear(`${name} ${id}`)
    set('wait', waiting?.deadline, 'real', () => later(id, (run) => timeOut(run)))
    set('poll', polling?.at, clockOf(profile), () => later(id, (run) => poll(run)))
    set('refresh', refresh.on ? refresh.at : null, clockOf(profile), () =>
      later(id, (run) => refreshNow(run)),
    )
  }

  async function change(id: string, work: (run: RunRecord) => Promise<void> | void): Promise<FlowRun> {
    const run = await store.change(id, async (run) => {
      await work(run)
      await settle(run)
    })
    return view(run)
  }

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
      sendStep(core, run, { index, how: { ...how, signal }, openLogin: room.open }),
    ).finally(() => {
      if (run.refresh.on && how.by !== 'auto') run.refresh.at = refreshAt(core, run)
    })

  async function toEnd(run: RunRecord, confirmed: boolean): Promise<void> {
    for (let first = true, index = nextStep(run); index !== null; index = nextStep(run), first = false) {
      const step = stepAt(run, index)
      // What cannot be sent is no error once something was: the step says what it lacks.
      if (!first && step.prepared === null) return
      await send(run, index, { by: 'run', confirmed })
      store.save(run)
      const outcome = lastOutcome(step)
      if (outcome === 'pending') run.polling = { confirmed, at: pollAt(run) }
      if (outcome !== 'passed') return
    }
  }

  const pollAt = (run: RunRecord): number => {
    const kept = run.steps.flatMap((step) =>
      step.kept?.values.interval ? [Number(step.kept.values.interval)] : [],
    )
    return millisecondsOf(core, clockOf(run.profile)) + Math.max(1, ...kept) * 1000
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
    receive(core, run, redirect)
    await prepareAll(core, run)
    if (goOn && lastOutcome(stepAt(run, step)) === 'passed') await toEnd(run, confirmed)
  }

  function stopWaiting(run: RunRecord, summary: string): void {
    run.polling = null
    if (!run.waiting) return
    const step = stepAt(run, run.waiting.step)
    const waited = step.attempts.at(-1)
    run.waiting = null
    if (waited?.outcome === 'waiting') Object.assign(waited, { outcome: 'cancelled', summary })
    else
      addAttempt(core, run, step, {
        by: 'step',
        login: null,
        hops: [],
        redirect: null,
        reading: { outcome: 'cancelled', summary, kept: {}, checks: [] },
      })
  }

  const timeOut = (run: RunRecord): void => {
    const { waiting } = run
    if (waiting && waiting.deadline <= core.clock.real.now()) stopWaiting(run, 'Nobody came back in time.')
  }

  async function refreshNow(run: RunRecord): Promise<void> {
    if (!run.refresh.on || run.waiting) return
    const { confirmed } = run.refresh
    const index = run.steps.findLastIndex(({ id }) => id === 'refresh')
    const before = run.steps.findIndex(({ id, attempts }) => id === 'metadata' && attempts.length === 0)
    if (before >= 0) await send(run, before, { by: 'auto', confirmed })
    await send(run, index, { by: 'auto', confirmed })
    afterRefresh(core, run, stepAt(run, index).attempts.at(-1)!)
  }

  /** Runs that were waiting, polling or refreshing when the core was closed go on. */
  function resume(): void {
    for (const { id, state, autoRefresh } of listFlowRuns(core.database.read, 500)) {
      if (state === 'waiting' || state === 'polling' || autoRefresh) later(id, () => {})
    }
  }
  resume()

  return {
    get: (id: string): FlowRun => view(store.load(id)),
    async start(input: ParsedInputOf<'flows.start'>): Promise<FlowRun> {
      const run = await newRun(core, input, input.from === undefined ? null : store.load(input.from))
      await prepareAll(core, run)
      store.add(run)
      return view(run)
    },
    edit: ({ id, changes, request }: ParsedInputOf<'flows.edit'>) =>
      change(id, async (run) => {
        await applyChanges(core, run, changes)
        if (request) editRequest(stepAt(run, request.step), request.prepared)
      }),
    send: ({ id, step, confirmOutbound }: ParsedInputOf<'flows.send'>) =>
      change(id, async (run) => {
        const index = step ?? nextStep(run)
        if (index === null)
          throw new ContractError('refused', 'Every step was sent. Name one to send it again.')
        await send(run, index, { by: 'step', confirmed: confirmOutbound })
        // A device may be let in between two polls.
        if (run.polling && lastOutcome(stepAt(run, index)) !== 'pending') run.polling = null
      }),
    run: ({ id, confirmOutbound }: ParsedInputOf<'flows.run'>) =>
      change(id, async (run) => {
        if (nextStep(run) === null) throw new ContractError('refused', 'Every step was sent.')
        await toEnd(run, confirmOutbound)
      }),
    append: ({ id, kind, parameters }: ParsedInputOf<'flows.append'>) =>
      change(id, (run) => appendKind(core, run, kind, parameters)),
    async branch({ id, step, changes }: ParsedInputOf<'flows.branch'>): Promise<FlowRun> {
      const parent = store.load(id)
      stepAt(parent, step)
      const run = branchOf(core, parent, step)
      await applyChanges(core, run, changes)
      await prepareAll(core, run)
      store.add(run)
      return view(run)
    },
    openLogin: ({ id, by, confirmOutbound }: ParsedInputOf<'flows.openLogin'>) =>
      change(id, async (run) => {
        if (!run.waiting) throw new ContractError('refused', 'The run does not wait for a login.')
        if (by !== undefined) {
          run.login = { ...run.login, by }
          run.waiting.by = by
        }
        await room.reopen(run, confirmOutbound)
      }),
    receive: ({ id, url }: ParsedInputOf<'flows.receive'>) =>
      change(id, async (run) => {
        if (!run.waiting) throw new ContractError('refused', 'The run does not wait for a redirect.')
        const whole = URL.canParse(url)
          ? url
          : `${run.waiting.redirectUri.split('?')[0]}?${url.replace(/^[?#]/, '')}`
        await arrive(run, toRedirect(whole))
      }),
    cancel(id: string): Promise<FlowRun> {
      sending.get(id)?.abort()
      return change(id, (run) => stopWaiting(run, 'Cancelled.'))
    },
    autoRefresh: ({ id, on, confirmOutbound }: ParsedInputOf<'flows.autoRefresh'>) =>
      change(id, async (run) => {
        if (on) await switchOn(core, run, confirmOutbound)
        else run.refresh = { ...run.refresh, on: false, at: null, stopped: null }
      }),
    delete({ ids }: ParsedInputOf<'flows.delete'>): { count: number } {
      const all = ids ?? listFlowRuns(core.database.read, 500).map(({ id }) => id)
      for (const id of all) {
        sending.get(id)?.abort()
        room.leave(id)
        for (const name of ['wait', 'poll', 'refresh']) alarms.clear(`${name} ${id}`)
      }
      const count = core.database.write((writer) =>
        ids ? ids.reduce((sum, id) => sum + deleteFlowRun(writer, id), 0) : deleteFlowRuns(writer),
      )
      core.events.publish({ type: 'changed', noun: 'flows' })
      return { count }
    },
  }
}
