import type { Verdict } from '../../contract/operations/traces.ts'
import { headerOf } from './context.ts'
import type { FlowAnswer } from './types.ts'

/** How a rule a client has to hold against an answer came out. */
export interface Judgement {
  /** `warn`: worth knowing, but no reason to refuse the answer. */
  holds: boolean | 'warn'
  observed: string | null
  expected?: string
  hint?: string
}

/** A rule of the client side, over facts that were gathered before. */
export interface ClientCheck<Facts> {
  /** `client.<rule>`, stable: it is stored with runs. */
  readonly id: string
  /** The rule as a sentence that is true when it holds. */
  readonly title: string
  readonly spec: string
  /** Null when the rule says nothing of these facts. */
  judge(facts: Facts): Judgement | null
}

export const judgeAll = <Facts>(checks: readonly ClientCheck<Facts>[], facts: Facts): Verdict[] =>
  checks.flatMap((check) => {
    const judgement = check.judge(facts)
    return judgement === null ? [] : [toVerdict(check, judgement)]
  })

function toVerdict({ id, title, spec }: ClientCheck<never>, judgement: Judgement): Verdict {
  const { holds, observed, expected = null, hint = null } = judgement
  const base = { check: id, title, spec, observed }
  if (holds === true) return { ...base, outcome: 'passed', expected: null, hint: null }
  return { ...base, outcome: holds === 'warn' ? 'warned' : 'failed', expected, hint }
}

export const failed = (checks: readonly Verdict[]): Verdict[] =>
  checks.filter(({ outcome }) => outcome === 'failed')

/** Compares texts, and says both when they differ. */
export const equal = (observed: unknown, expected: string, hint?: string): Judgement => ({
  holds: observed === expected,
  observed: worded(observed),
  expected,
  ...(hint === undefined ? {} : { hint }),
})

/** A value for explanations: texts as they are, everything else as JSON, cut. */
export function worded(value: unknown): string {
  if (value === undefined || value === null) return 'nothing'
  return (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, 300)
}

/** An error answer in words (RFC 6749 5.2, RFC 6750 3), or its status. */
export function answered({ status, json, headers }: FlowAnswer): string {
  if (typeof json?.error === 'string') {
    const { error, error_description: description } = json
    return `${status} ${error}${typeof description === 'string' ? `: ${description}` : ''}`
  }
  const challenge = headerOf(headers, 'www-authenticate')
  return challenge === null ? String(status) : `${status}, ${challenge.slice(0, 200)}`
}
