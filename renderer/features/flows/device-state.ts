import type { FlowRun } from '../../../shared/contract/operations/flows.ts'
import { errorIn } from './run-diagram.ts'

/** How a device's code stands, as far as the run tells. */
export interface DeviceState {
  code: string
  /** Where the user types it. */
  place: string
  /** The same with the code in it. */
  complete: string | null
  /** Seconds between two polls, as the issuer said last. */
  interval: number
  /** What it said first, where it has become slower since (RFC 8628 3.5); else null. */
  firstInterval: number | null
  /** Epoch milliseconds on the clock of the run; null when the issuer did not say. */
  expiresAt: number | null
  /** Why the code is good for nothing any more, by the issuer's last answer; null while it may be. */
  over: 'expired' | 'denied' | null
  /** Index of the step that asks for a code. */
  firstStep: number
}

const ends: Readonly<Record<string, DeviceState['over']>> = {
  expired_token: 'expired',
  access_denied: 'denied',
}

/** Null for a run without a code that is still to be approved. */
export function deviceState({ steps, values }: Pick<FlowRun, 'steps' | 'values'>): DeviceState | null {
  const kept = (name: string) => values.find((value) => value.name === name)
  const [code, place] = [kept('user_code'), kept('verification_uri')]
  const polled = steps.find(({ needs }) => needs.includes('device_code'))
  const first = steps.find(({ gives }) => gives.includes('device_code'))
  if (!code || !place || !polled || !first || polled.state === 'passed') return null
  const interval = kept('interval')
  const answer = polled.attempts.at(-1)?.hops.at(-1)?.response?.body ?? ''
  const stale = isNewer(first.attempts.at(-1)?.at, polled.attempts.at(-1)?.at)
  return {
    code: code.value,
    place: place.value,
    complete: kept('verification_uri_complete')?.value ?? null,
    interval: Number(interval?.value ?? 5),
    firstInterval: interval?.step === polled.index ? firstIntervalOf(first.attempts.at(-1)) : null,
    expiresAt: Number(kept('user_code_expires_at')?.value ?? 0) * 1000 || null,
    over: stale ? null : (ends[errorIn(answer) ?? ''] ?? null),
    firstStep: first.index,
  }
}

/** A code that was asked for after the last poll has not been answered to. */
const isNewer = (asked: number | undefined, polled: number | undefined): boolean =>
  asked !== undefined && polled !== undefined && asked > polled

type Attempt = FlowRun['steps'][number]['attempts'][number]

/** RFC 8628 3.2: five seconds where the issuer says nothing. */
function firstIntervalOf(attempt: Attempt | undefined): number {
  try {
    const { interval } = JSON.parse(attempt?.hops.at(-1)?.response?.body ?? '') as { interval?: unknown }
    return typeof interval === 'number' ? interval : 5
  } catch {
    return 5
  }
}
