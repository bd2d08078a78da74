import { ContractError } from '../../../../shared/contract/envelope.ts'
import type { FlowRun } from '../../../../shared/contract/operations/flows.ts'
import type { ParsedInputOf } from '../../../../shared/contract/operations/index.ts'
import type { Core } from '../../core.ts'
import { deleteFlowRun, deleteFlowRuns, listFlowRuns } from '../../store/flow-runs.ts'
import { createAlarms } from './alarms.ts'
import { appendKind, applyChanges, branchOf, newRun } from './begin.ts'
import { createCourse } from './course.ts'
import { lastOutcome, prepareAll, stepAt, stopWaiting, timeOut } from './play.ts'
import { toRun } from './present.ts'
import type { UsedProfile } from './profiles.ts'
import { editRequest, nextStep, type RunRecord } from './record.ts'
import { switchOn } from './refreshing.ts'
import { toRedirect } from './robot.ts'
import { createRunStore } from './run-store.ts'
import { clockOf } from './target.ts'
import { createWaitingRoom } from './waiting.ts'

/** What the operations on runs stand on. */
type Parts = ReturnType<typeof createParts>

type Work = (run: RunRecord) => Promise<void> | void

function createParts(core: Core) {
  const store = createRunStore(core)
  const alarms = createAlarms(core)
  const room = createWaitingRoom(core, {
    arrived: (id, redirect) => later(id, (run) => course.arrive(run, redirect)),
    refused: (id, reason) => later(id, (run) => void run.waiting?.refused.push(reason)),
  })
  const course = createCourse(core, { save: store.save, openLogin: room.open })
  const view = (run: RunRecord): FlowRun => toRun(core, run, room.isListening(run.id))

  /** Work nobody waits for: its failure is the operator's to know. */
  function later(id: string, work: Work): void {
    store
      .change(id, async (run) => {
        await work(run)
        await settle(run)
      })
      .catch((error: unknown) => {
        if (error instanceof ContractError && error.code === 'not_found') forget(id)
        else if (!core.closing.aborted)
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
    set('wait', waiting?.deadline, 'real', () => later(id, (run) => timeOut(core, run)))
    set('poll', polling?.at, clockOf(profile), () => later(id, course.poll))
    set('refresh', refresh.on ? refresh.at : null, clockOf(profile), () => later(id, course.refreshNow))
  }

  async function change(id: string, work: Work): Promise<FlowRun> {
    const run = await store.change(id, async (run) => {
      await work(run)
      await settle(run)
    })
    return view(run)
  }

  /** Stops listening and ringing for a run that is gone. */
  function forget(id: string): void {
    room.leave(id)
    for (const name of ['wait', 'poll', 'refresh']) alarms.clear(`${name} ${id}`)
  }

  /** Runs that were waiting, polling or refreshing when the core was closed go on. */
  function resume(): void {
    for (const { id, state, autoRefresh } of listFlowRuns(core.database.read, 500)) {
      if (state === 'waiting' || state === 'polling' || autoRefresh) later(id, () => {})
    }
  }

  return { core, store, room, course, view, change, forget, resume }
}

export type Flows = ReturnType<typeof createFlows>

/** The client side: runs of flows, and what they do later by themselves. */
export function createFlows(core: Core) {
  const parts = createParts(core)
  parts.resume()
  return { ...beginnings(parts), ...moves(parts), ...endings(parts) }
}

/** What makes, reads and changes runs without sending anything. */
const beginnings = ({ core, store, view, change }: Parts) => ({
  get: (id: string): FlowRun => view(store.load(id)),
  /** @param used in place of a stored profile */
  async start(input: ParsedInputOf<'flows.start'>, used?: UsedProfile): Promise<FlowRun> {
    const run = await newRun(core, input, input.from === undefined ? null : store.load(input.from), used)
    await prepareAll(core, run)
    store.add(run)
    return view(run)
  },
  edit: ({ id, changes, request }: ParsedInputOf<'flows.edit'>) =>
    change(id, async (run) => {
      await applyChanges(core, run, changes)
      if (request) editRequest(stepAt(run, request.step), request.prepared)
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
})

/** What sends, or takes what came. */
const moves = ({ core, room, course, change }: Parts) => ({
  send: ({ id, step, confirmOutbound }: ParsedInputOf<'flows.send'>) =>
    change(id, async (run) => {
      const index = step ?? nextStep(run)
      if (index === null)
        throw new ContractError('refused', 'Every step was sent. Name one to send it again.')
      await course.send(run, index, { by: 'step', confirmed: confirmOutbound })
      // A device may be let in between two polls.
      if (run.polling && lastOutcome(stepAt(run, index)) !== 'pending') run.polling = null
    }),
  run: ({ id, confirmOutbound }: ParsedInputOf<'flows.run'>) =>
    change(id, async (run) => {
      if (nextStep(run) === null) throw new ContractError('refused', 'Every step was sent.')
      await course.toEnd(run, confirmOutbound)
    }),
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
      await course.arrive(run, toRedirect(whole))
    }),
  autoRefresh: ({ id, on, confirmOutbound }: ParsedInputOf<'flows.autoRefresh'>) =>
    change(id, async (run) => {
      if (on) await switchOn(core, run, confirmOutbound)
      else run.refresh = { ...run.refresh, on: false, at: null, stopped: null }
    }),
})

/** What ends something. */
const endings = ({ core, course, change, forget }: Parts) => ({
  cancel(id: string): Promise<FlowRun> {
    course.abort(id)
    return change(id, (run) => stopWaiting(core, run, 'Cancelled.'))
  },
  delete({ ids }: ParsedInputOf<'flows.delete'>): { count: number } {
    const all = ids ?? listFlowRuns(core.database.read, 500).map(({ id }) => id)
    for (const id of all) {
      course.abort(id)
      forget(id)
    }
    const count = core.database.write((writer) =>
      ids ? ids.reduce((sum, id) => sum + deleteFlowRun(writer, id), 0) : deleteFlowRuns(writer),
    )
    core.events.publish({ type: 'changed', noun: 'flows' })
    return { count }
  },
})
