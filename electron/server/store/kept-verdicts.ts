import type { Verdict } from '../../../shared/contract/operations/traces.ts'
import { checksById } from '../../../shared/protocol/checks/registry.ts'

/**
 * A verdict as the log keeps it. Of a check that passed its id says it all, with what was observed, where there is something: most
 * checks of most requests pass, and in full they would be three quarters of what is kept of an exchange.
 */
export type KeptVerdict = string | readonly [check: string, observed: string] | Verdict

export function toKept(verdict: Verdict): KeptVerdict {
  const { check, observed } = verdict
  if (!isPlain(verdict)) return verdict
  return observed === null ? check : [check, observed]
}

/** Nothing of it would be lost: a trace of another version may call its checks otherwise. */
function isPlain({ check, title, spec, outcome, expected, hint }: Verdict): boolean {
  const registered = checksById.get(check)
  return (
    outcome === 'passed' &&
    expected === null &&
    hint === null &&
    title === registered?.title &&
    spec === registered.spec
  )
}

export function fromKept(kept: KeptVerdict): Verdict {
  if (typeof kept === 'string') return passed(kept, null)
  return isPair(kept) ? passed(kept[0], kept[1]) : kept
}

const isPair = (kept: readonly [string, string] | Verdict): kept is readonly [string, string] =>
  Array.isArray(kept)

/** A check that a later version took away is known by its id alone. */
function passed(check: string, observed: string | null): Verdict {
  const { title = check, spec = '' } = checksById.get(check) ?? {}
  return { check, title, spec, outcome: 'passed', observed, expected: null, hint: null }
}
