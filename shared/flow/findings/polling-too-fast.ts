import { groupBy, idOf, type Step, spanWords } from './facts.ts'
import type { FindingRule } from './finding.ts'

/** Two polls that left in time may come closer together. */
const TOLERANCE_MS = 500
/** RFC 8628 3.2: when the answer names no interval. */
const DEFAULT_INTERVAL = 5

export const pollingTooFast: FindingRule = {
  id: 'polling-too-fast',
  title: 'The device polls faster than it was told',
  spec: 'RFC 8628 3.2, 3.5',
  severity: 'warning',
  find: ({ steps }) => {
    const polls = steps.filter(
      ({ exchange, parameters }) => exchange.endpoint === 'token' && parameters.has('device_code'),
    )
    return [...groupBy(polls, ({ parameters }) => parameters.get('device_code'))].flatMap(([code, all]) => {
      const interval = intervalOf(steps, code)
      const early = earlyPolls(all, interval)
      if (early.length === 0) return []
      const shortest = Math.min(...early.map(({ waited }) => waited))
      return {
        observed: `${early.length} of ${all.length} polls came too early, the earliest ${spanWords(shortest)} after the one before`,
        expected: `${interval} s between two polls, and 5 s more after each slow_down`,
        hint: 'Take interval from the device authorization response, wait that long before every poll, and add 5 s for good at each slow_down.',
        exchanges: early.map(({ step }) => idOf(step)),
      }
    })
  },
}

function intervalOf(steps: readonly Step[], code: string): number {
  const told = steps.find(({ answer }) => answer.device_code === code)?.answer.interval
  return typeof told === 'number' ? told : DEFAULT_INTERVAL
}

function earlyPolls(polls: readonly Step[], interval: number): { step: Step; waited: number }[] {
  let due = interval * 1000
  return polls.slice(1).flatMap((step, index) => {
    const before = polls[index]!
    if (before.exchange.error === 'slow_down') due += 5_000
    const waited = step.began - before.began
    return waited + TOLERANCE_MS < due ? [{ step, waited }] : []
  })
}
