import { OAuthError, type Refusal } from './errors.ts'

/** `enforce` refuses; `warn` lets the request pass and keeps the finding; `off` does not look. */
export type Level = 'enforce' | 'warn' | 'off'

export type ProfileName = 'strict' | 'standard' | 'lenient'

/** One protocol rule as a value. An endpoint is an ordered list of them, and the list is what the user is shown. */
export interface Check<Facts> {
  /** `<endpoint or theme>.<rule>`, stable: it is stored with exchanges. */
  readonly id: string
  /** The rule as a sentence that is true when the check passes. */
  readonly title: string
  /** Section of the standard, such as "RFC 6749 4.3.2". */
  readonly spec: string
  /** Levels other than `enforce`, by profile. A rule that leaves nothing to go on with when broken has none. */
  readonly levels?: Partial<Record<ProfileName, Level>>
  run(facts: Facts): Passed | Refusal
}

export interface Passed {
  passed: true
  observed?: string
}

export const pass = (observed?: string): Passed =>
  observed === undefined ? { passed: true } : { passed: true, observed }

/** A check's outcome as the trace keeps it. */
export interface CheckVerdict {
  check: string
  title: string
  spec: string
  outcome: 'passed' | 'failed' | 'warned'
  observed: string | null
  expected: string | null
  hint: string | null
}

/**
 * Runs checks in order and notes each verdict.
 *
 * @throws OAuthError with the refusal of the first check that fails and is enforced
 */
export function runChecks<Facts>(
  checks: readonly Check<Facts>[],
  facts: Facts,
  {
    profile,
    overrides,
    note,
  }: {
    profile: ProfileName
    /** By id: instead of the profile's levels. */
    overrides?: Readonly<Record<string, Level>>
    note: (verdict: CheckVerdict) => void
  },
): void {
  for (const check of checks) {
    const level = overrides?.[check.id] ?? check.levels?.[profile] ?? 'enforce'
    if (level === 'off') continue
    const result = check.run(facts)
    note(verdictOf(check, result, level))
    if (!('passed' in result) && level === 'enforce') throw new OAuthError(result, check.id)
  }
}

// Written out: every request makes some twenty of them, and objects that are spread cost several times as much.
function verdictOf(
  { id: check, title, spec }: Pick<Check<never>, 'id' | 'title' | 'spec'>,
  result: Passed | Refusal,
  level: Level,
): CheckVerdict {
  const observed = result.observed ?? null
  if ('passed' in result)
    return { check, title, spec, outcome: 'passed', observed, expected: null, hint: null }
  const outcome = level === 'warn' ? 'warned' : 'failed'
  return {
    check,
    title,
    spec,
    outcome,
    observed,
    expected: result.expected ?? null,
    hint: result.hint ?? null,
  }
}
