import { accepted, idOf, refreshesOf, type Step, spanWords } from './facts.ts'
import type { FindingRule } from './finding.ts'

const MANY = 5
const WITHIN_MS = 60_000

export const refreshStorm: FindingRule = {
  id: 'refresh-storm',
  title: 'Tokens are refreshed long before they expire, again and again',
  spec: 'RFC 6749 1.5, 5.1',
  severity: 'warning',
  find: ({ steps }) =>
    runsOf(refreshesOf(steps).filter(accepted)).map((run) => ({
      observed: `${run.length} refreshes in ${spanWords(run.at(-1)!.exchange.at - run[0]!.exchange.at)}, of access tokens that live ${run[0]!.answer.expires_in} s`,
      expected: 'a refresh when the access token has expired, or is about to',
      hint: 'Keep the access token with the time it ends (now + expires_in). A loop of 401 and refresh has another cause: see why the API refuses the token.',
      exchanges: run.map(idOf),
    })),
}

/** Refreshes in a row, each of a token that had most of its life before it. */
function runsOf(refreshes: readonly Step[]): Step[][] {
  const runs: Step[][] = []
  let run: Step[] = []
  for (const step of refreshes) {
    const goesOn = run.length > 0 && isEarly(run.at(-1)!, step) && step.began - run[0]!.began < WITHIN_MS
    if (!goesOn) run = []
    run.push(step)
    if (run.length === MANY) runs.push(run)
  }
  return runs
}

function isEarly(before: Step, { began }: Step): boolean {
  const lifetime = Number(before.answer.expires_in)
  return began - before.exchange.at < (lifetime * 1000) / 2
}
