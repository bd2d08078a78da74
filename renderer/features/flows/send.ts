import type { FlowRequest, FlowRun } from '../../../shared/contract/operations/flows.ts'
import { type CommandResult, runCommand } from '../../stores/commands.ts'
import { discardDraft, editDraft } from '../../stores/drafts.ts'
import type { Workbench } from '../../stores/workbench.ts'
import { draftName, withoutBlanks } from './request-draft.ts'

export type SendWhat = 'send' | 'run'

/** Under this name stands whether a run may call other machines: asked once a run. */
const consentName = (id: string): string => `flow ${id} outbound`

/** Of the drafts of the workbench, which forgets it when it closes. */
export const mayCallOutside = (drafts: Readonly<Record<string, object>>, id: string): boolean =>
  consentName(id) in drafts

export const allowOutside = ({ drafts }: Pick<Workbench, 'drafts'>, id: string): void =>
  editDraft(drafts, consentName(id), { allowed: true })

/** Stores what was changed by hand in the requests of a run, so that it is what is sent. */
export async function storeEdits(
  { client, drafts, report }: Pick<Workbench, 'client' | 'drafts' | 'report'>,
  run: Pick<FlowRun, 'id' | 'steps'>,
): Promise<boolean> {
  for (const { index, prepared } of run.steps) {
    const name = draftName(run.id, index)
    const draft = drafts.getState()[name] as Partial<FlowRequest> | undefined
    if (!draft || !prepared) continue
    const edited = withoutBlanks({ ...prepared, ...draft })
    const stored = await runCommand(client, report, 'flows.edit', {
      id: run.id,
      request: { step: index, prepared: edited },
    })
    if (!stored.ok) {
      const [issue] = stored.error.issues ?? []
      if (issue) report(`The request of step ${index + 1} cannot be sent`, issueWords(issue))
      return false
    }
    discardDraft(drafts, name)
  }
  return true
}

const issueWords = ({ path, message }: { path: string; message: string }): string =>
  `${path.split('.').slice(2).join(' ') || 'request'}: ${message}`

/** Host a refusal wants consent for; null for any other failure. */
export const hostToConfirm = (result: CommandResult<unknown>): string | null =>
  result.ok ? null : (result.error.issues?.find(({ path }) => path === 'confirmOutbound')?.message ?? null)

/**
 * Sends one step, or all that are left, with what was changed by hand. Null when the changes could not be stored, or the run
 * cannot be read: both have been reported.
 */
export async function sendRun(
  workbench: Workbench,
  id: string,
  what: SendWhat,
  step?: number,
): Promise<CommandResult<FlowRun> | null> {
  const { client, report, queries } = workbench
  const run = await client.call('flows.get', { id }).catch(() => null)
  if (!run || !(await storeEdits(workbench, run))) return null
  const confirmOutbound = mayCallOutside(workbench.drafts.getState(), id)
  const result =
    what === 'run'
      ? await runCommand(client, report, 'flows.run', { id, confirmOutbound })
      : await runCommand(client, report, 'flows.send', {
          id,
          confirmOutbound,
          ...(step === undefined ? {} : { step }),
        })
  await queries.query('flows.get', { id }).reload()
  if (!result.ok && result.error.issues?.length && hostToConfirm(result) === null)
    report('The step cannot be sent', result.error.message)
  return result
}
