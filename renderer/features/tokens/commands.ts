import type { TokenFilter } from '../../../shared/contract/operations/tokens.ts'
import { runCommand } from '../../stores/commands.ts'
import type { Workbench } from '../../stores/workbench.ts'
import { notifyDone, notifyUndo } from '../../ui/notify.tsx'

/** The most jtis that one call takes. */
export const mostAtOnce = 10_000
const mostRows = 1000

export const countOf = (count: number): string =>
  count === 1 ? '1 token' : `${count.toLocaleString('en')} tokens`

/**
 * The jtis of a stretch of the ledger, newest first; at most 10,000.
 * @throws ContractError when the core does not answer
 */
export async function readJtis(
  { client }: Workbench,
  filter: TokenFilter,
  { first, count }: { first: number; count: number },
): Promise<string[]> {
  const end = first + Math.min(count, mostAtOnce)
  const jtis: string[] = []
  for (let offset = first; offset < end; ) {
    const limit = Math.min(mostRows, end - offset)
    const { rows } = await client.call('tokens.list', { filter, offset, limit })
    jtis.push(...rows.map(({ jti }) => jti))
    if (rows.length < limit) break
    offset += limit
  }
  return jtis
}

/** Says how many were changed, with an undo; or why none were. */
function tell(workbench: Workbench, jtis: string[], asked: number, done: string, nothing: string): void {
  if (jtis.length === 0) {
    notifyDone(nothing)
    return
  }
  const of = asked > jtis.length ? ` of ${asked.toLocaleString('en')}` : ''
  notifyUndo(`${countOf(jtis.length)}${of} ${done}`, () => void undo(workbench, jtis))
}

async function undo({ client, report }: Workbench, jtis: string[]): Promise<void> {
  const result = await runCommand(client, report, 'tokens.restore', { jtis })
  if (result.ok) notifyDone('Undone')
}

export async function revoke(workbench: Workbench, jtis: string[], reason?: string): Promise<void> {
  const input = reason ? { jtis, reason } : { jtis }
  const result = await runCommand(workbench.client, workbench.report, 'tokens.revoke', input)
  if (result.ok)
    tell(workbench, result.value.jtis, jtis.length, 'revoked', 'Nothing to revoke: they were already')
}

export async function revokeFamily(workbench: Workbench, grantId: string): Promise<void> {
  const { client, report } = workbench
  const result = await runCommand(client, report, 'tokens.revokeFamily', { grantId })
  if (!result.ok) return
  const { jtis } = result.value
  tell(workbench, jtis, jtis.length, 'of the family revoked', 'The whole family was revoked before')
}

export async function expire(workbench: Workbench, jtis: string[]): Promise<void> {
  const { client, report } = workbench
  const result = await runCommand(client, report, 'tokens.expire', { jtis })
  if (result.ok)
    tell(
      workbench,
      result.value.jtis,
      jtis.length,
      'expired at the issuer',
      'Nothing to expire: they had ended before',
    )
}

/** Takes back revocation, use and early expiry. */
export async function restore({ client, report }: Workbench, jtis: string[]): Promise<void> {
  const result = await runCommand(client, report, 'tokens.restore', { jtis })
  if (!result.ok) return
  const count = result.value.jtis.length
  notifyDone(count === 0 ? 'Nothing to restore' : `${countOf(count)} restored`)
}

export type TokenDialog = 'issue' | 'inspect'

/** Opens a dialog over the ledger, from any section. */
export function openDialog({ navigation }: Workbench, dialog: TokenDialog): void {
  const { section, id, params } = navigation.store.getState()
  const here = section === 'tokens'
  navigation.go('tokens', here ? id : null, { ...(here ? params : {}), open: dialog })
}
