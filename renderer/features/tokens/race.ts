import type { RefreshRace } from '../../../shared/contract/operations/tokens.ts'
import type { Verdict } from './life.ts'

type Outcome = RefreshRace['expected']

const words = ({ winners, familyRevoked }: Outcome, count: number): string =>
  `${winners} of ${count} won, and the family ${familyRevoked ? 'was revoked' : 'lives'}`

/** Whether the issuer kept to its rotation policy, and what came of the race. */
export function raceVerdict({ runs, observed, expected, asExpected }: RefreshRace): Verdict {
  const seen = words(observed, runs.length)
  return asExpected
    ? { tone: 'good', verdict: 'As the policy says', reason: `${seen}.` }
    : {
        tone: 'warn',
        verdict: 'Not as the policy says',
        reason: `${seen}; expected: ${words(expected, runs.length)}.`,
      }
}
