import { useState } from 'react'
import { useStore } from 'zustand/react'
import type { FlowKindId, FlowRun } from '../../../shared/contract/operations/flows.ts'
import { type CommandResult, runCommand } from '../../stores/commands.ts'
import { discardDraft, editDraft } from '../../stores/drafts.ts'
import { useWorkbench } from '../../stores/hooks.ts'
import { draftName } from './request-draft.ts'
import { allowOutside, hostToConfirm, mayCallOutside, type SendWhat, sendRun } from './send.ts'

export interface RunActions {
  /** What runs now; null when nothing does. */
  busy: string | null
  /** The host that was about to be called and may not, yet. */
  asked: string | null
  /** Whether the user let this run call other machines. */
  allowed: boolean
  /** Lets it, and does what was asked for. */
  allow: () => void
  send: (step?: number) => Promise<void>
  runAll: () => Promise<void>
  cancel: () => Promise<void>
  /** A copy from this step on, with the unsaved changes to it. */
  branch: (step: number) => Promise<void>
  /** A copy from this step on that is sent at once, as far as it goes. */
  again: (step: number) => Promise<void>
  append: (kind: FlowKindId) => Promise<void>
  /** Opens the page of a waiting login once more. */
  openLogin: () => Promise<void>
  receive: (url: string) => Promise<void>
  autoRefresh: (on: boolean) => Promise<void>
  /** Takes back what was changed by hand in a request. */
  restore: (step: number) => Promise<void>
}

interface Asking {
  host: string
  again: () => Promise<void>
}

/** Does one thing at a time; one that was refused for want of consent is kept, to be done again. */
function useOneAtATime(id: string) {
  const { queries } = useWorkbench()
  const [busy, setBusy] = useState<string | null>(null)
  const [asking, setAsking] = useState<Asking | null>(null)
  async function during(what: string, action: () => Promise<CommandResult<unknown> | null>): Promise<void> {
    setBusy(what)
    setAsking(null)
    const result = await action()
    setBusy(null)
    const host = result && hostToConfirm(result)
    if (host !== null) setAsking({ host, again: () => during(what, action) })
    await queries.query('flows.get', { id }).reload()
  }
  return { busy, asking, during }
}

/** What can be done with a run. Every failure has been shown when one of these resolves. */
export function useRunActions(run: FlowRun): RunActions {
  const { id } = run
  const workbench = useWorkbench()
  const { client, report, drafts, navigation } = workbench
  const allowed = useStore(drafts, (all) => mayCallOutside(all, id))
  const { busy, asking, during } = useOneAtATime(id)
  const copies = useCopies(run)
  const confirmOutbound = () => mayCallOutside(drafts.getState(), id)

  async function sendOff(what: SendWhat, step?: number): Promise<void> {
    const shown = step ?? run.next
    // All at once is followed from step to step; one step stays open, so that its answer is seen.
    if (what === 'run' || shown === null) navigation.setParams({})
    else navigation.setParams({ step: String(shown + 1) })
    await during(what, () => sendRun(workbench, id, what, step))
  }

  return {
    ...copies,
    busy,
    asked: asking?.host ?? null,
    allowed,
    allow() {
      allowOutside(workbench, id)
      void asking?.again()
    },
    send: (step) => sendOff('send', step),
    runAll: () => sendOff('run'),
    again: (step) =>
      during('again', async () => {
        const copy = await runCommand(client, report, 'flows.branch', { id, step })
        if (!copy.ok) return copy
        // What this run may call, its copy may.
        if (mayCallOutside(drafts.getState(), id)) allowOutside(workbench, copy.value.id)
        navigation.go('flows', copy.value.id)
        return sendRun(workbench, copy.value.id, 'run')
      }),
    cancel: () => during('cancel', () => runCommand(client, report, 'flows.cancel', { id })),
    openLogin: () =>
      during('openLogin', () =>
        runCommand(client, report, 'flows.openLogin', { id, confirmOutbound: confirmOutbound() }),
      ),
    receive: (url) => during('receive', () => runCommand(client, report, 'flows.receive', { id, url })),
    autoRefresh: (on) =>
      during('autoRefresh', () =>
        runCommand(client, report, 'flows.autoRefresh', { id, on, confirmOutbound: confirmOutbound() }),
      ),
  }
}

/** What makes something new of a run, or takes changes back. */
function useCopies(run: FlowRun): Pick<RunActions, 'branch' | 'append' | 'restore'> {
  const { id, steps } = run
  const { client, report, drafts, navigation } = useWorkbench()
  return {
    async branch(step) {
      const draft = drafts.getState()[draftName(id, step)]
      const result = await runCommand(client, report, 'flows.branch', { id, step })
      if (!result.ok) return
      if (draft) {
        editDraft(drafts, draftName(result.value.id, step), draft)
        discardDraft(drafts, draftName(id, step))
      }
      navigation.go('flows', result.value.id, { step: String(step + 1) })
    },
    async append(kind) {
      const result = await runCommand(client, report, 'flows.append', { id, kind })
      if (result.ok) navigation.setParams({ step: String(steps.length + 1) })
    },
    async restore(step) {
      discardDraft(drafts, draftName(id, step))
      if (steps[step]?.edited)
        await runCommand(client, report, 'flows.edit', { id, request: { step, prepared: null } })
    },
  }
}
