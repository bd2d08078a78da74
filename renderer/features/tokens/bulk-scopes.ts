import type { OutputOf } from '../../../shared/contract/operations/index.ts'
import type { ScopeChange, ScopesKept } from '../../../shared/contract/operations/tokens.ts'
import { runCommand } from '../../stores/commands.ts'
import type { Workbench } from '../../stores/workbench.ts'
import { notifyDone, notifyUndo } from '../../ui/notify.tsx'
import { type Choice, countOf, mostAtOnce } from './commands.ts'

type Changed = OutputOf<'tokens.changeScopes'>

/** One way to change scopes, and which. */
export interface ScopesWanted {
  how: ScopeChange
  scopes: string[]
}

const whys: Readonly<Record<ScopesKept, string>> = {
  signed: 'JWT with its scope signed in',
  pending: 'waiting for the second factor',
  ended: 'ended',
  not_allowed: 'client or user may not have them',
  same: 'good for these already',
}

/** "2 tokens kept theirs (1 ended, 1 JWT with its scope signed in)"; nothing when every token was changed. */
export function keptWords(skipped: Changed['skipped']): string | null {
  const total = skipped.reduce((sum, { count }) => sum + count, 0)
  if (total === 0) return null
  const reasons = skipped.map(({ reason, count }) => `${count.toLocaleString('en')} ${whys[reason]}`)
  return `${countOf(total)} kept theirs (${reasons.join(', ')})`
}

/** Changes the scopes of many tokens, and says of how many, with an undo. */
export async function changeScopesOfAll(
  workbench: Workbench,
  choice: Choice,
  wanted: ScopesWanted,
): Promise<void> {
  const { client, report } = workbench
  const result = await runCommand(client, report, 'tokens.changeScopes', { ...choice, ...wanted })
  if (!result.ok) return
  const { jtis, before, skipped } = result.value
  const kept = keptWords(skipped)
  if (jtis.length === 0) return notifyDone(`Nothing was changed${kept === null ? '' : `: ${kept}`}`)
  const done = `Scopes of ${countOf(jtis.length)} changed`
  notifyUndo(kept === null ? done : `${done}; ${kept}`, () => void giveBack(workbench, before))
}

/** What each had. A scope that its client or user has lost since does not come back. */
async function giveBack({ client, report }: Workbench, before: Changed['before']): Promise<void> {
  for (const { scopes, jtis } of before) {
    for (let first = 0; first < jtis.length; first += mostAtOnce) {
      const some = { jtis: jtis.slice(first, first + mostAtOnce), how: 'set' as const, scopes }
      if (!(await runCommand(client, report, 'tokens.changeScopes', some)).ok) return
    }
  }
  notifyDone('Undone')
}
