import type { TokenFilter } from '../../../shared/contract/operations/tokens.ts'
import { runCommand } from '../../stores/commands.ts'
import type { Workbench } from '../../stores/workbench.ts'
import { formatDuration } from '../../ui/format/time.ts'
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

/** What a command is for: these tokens, or all that match a filter. */
export type Choice = { jtis: string[] } | { filter: TokenFilter }

const sizeOf = (choice: Choice): number => ('jtis' in choice ? choice.jtis.length : 0)

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
  for (let first = 0; first < jtis.length; first += mostAtOnce) {
    const some = { jtis: jtis.slice(first, first + mostAtOnce) }
    if (!(await runCommand(client, report, 'tokens.restore', some)).ok) return
  }
  notifyDone('Undone')
}

export async function revoke(workbench: Workbench, choice: Choice, reason?: string): Promise<void> {
  const input = reason ? { ...choice, reason } : choice
  const result = await runCommand(workbench.client, workbench.report, 'tokens.revoke', input)
  if (result.ok)
    tell(workbench, result.value.jtis, sizeOf(choice), 'revoked', 'Nothing to revoke: they were already')
}

export async function revokeFamily(workbench: Workbench, grantId: string): Promise<void> {
  const { client, report } = workbench
  const result = await runCommand(client, report, 'tokens.revokeFamily', { grantId })
  if (!result.ok) return
  const { jtis } = result.value
  tell(workbench, jtis, jtis.length, 'of the family revoked', 'The whole family was revoked before')
}

/** @param seconds from now; 0 for at once */
export async function expire(workbench: Workbench, choice: Choice, seconds = 0): Promise<void> {
  const { client, report } = workbench
  const result = await runCommand(client, report, 'tokens.expire', { ...choice, seconds })
  if (!result.ok) return
  const { jtis, bound } = result.value
  const done = seconds === 0 ? 'expired at the issuer' : `end at the issuer in ${formatDuration(seconds)}`
  const kept = bound === 0 ? '' : `; ${countOf(bound)} kept their exp, which no JWT outlives`
  const before = seconds === 0 ? 'they had ended before' : 'that is their end already'
  tell(
    workbench,
    jtis,
    sizeOf(choice),
    done + kept,
    `Nothing to change: ${bound === 0 ? before : kept.slice(2)}`,
  )
}

/** Takes back revocation, use and another expiry. */
export async function restore({ client, report }: Workbench, choice: Choice): Promise<void> {
  const result = await runCommand(client, report, 'tokens.restore', choice)
  if (!result.ok) return
  const count = result.value.jtis.length
  notifyDone(count === 0 ? 'Nothing to restore' : `${countOf(count)} restored`)
}

/** False when the issuer refused, and the user was told why. */
export async function changeScopes(workbench: Workbench, jti: string, scopes: string[]): Promise<boolean> {
  const { client, report } = workbench
  const change = (to: string[]) => runCommand(client, report, 'tokens.setScopes', { jti, scopes: to })
  const result = await change(scopes)
  if (result.ok)
    notifyUndo(`Good for ${scopes.join(' ') || 'no scope'} now`, () => void change(result.value.before))
  return result.ok
}

export type TokenDialog = 'issue' | 'inspect'

/** Opens a dialog over the ledger, from any section. */
export function openDialog({ navigation }: Workbench, dialog: TokenDialog): void {
  const { section, id, params } = navigation.store.getState()
  const here = section === 'tokens'
  navigation.go('tokens', here ? id : null, { ...(here ? params : {}), open: dialog })
}
