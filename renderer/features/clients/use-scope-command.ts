import type { Client } from '../../../shared/contract/operations/clients.ts'
import { runCommand } from '../../stores/commands.ts'
import { useCommand, useWorkbench } from '../../stores/hooks.ts'
import { notifyUndo } from '../../ui/notify.tsx'
import { type ClientScopes, scopesOf, toChanges } from './scope-changes.ts'

/** Changes a client's scopes at once, and offers to put them back. */
export function useScopeCommand() {
  const { client: core, report } = useWorkbench()
  const { run, pending } = useCommand('clients.update')
  async function apply(client: Client, scopes: ClientScopes, said: string): Promise<void> {
    const before = toChanges(scopesOf(client))
    const result = await run({ id: client.id, changes: toChanges(scopes) })
    if (!result.ok) return
    notifyUndo(
      said,
      () => void runCommand(core, report, 'clients.update', { id: client.id, changes: before }),
    )
  }
  return { apply, pending }
}
