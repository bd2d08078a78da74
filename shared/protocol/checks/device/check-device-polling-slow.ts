import { type Check, pass } from '../../check.ts'
import type { DeviceCodeFacts } from './facts.ts'

/** Two polls that left the client in time may come closer together than they left. */
const TOLERANCE_MS = 500

export const checkDevicePollingSlow: Check<DeviceCodeFacts> = {
  id: 'device-code.polling-slow',
  title: 'The client waits between polls as long as it was told',
  spec: 'RFC 8628 3.5',
  levels: { lenient: 'warn' },
  run: ({ record, now }) => {
    // slow_down is a form of authorization_pending: who polls early once the user has answered gets the answer.
    if (!record || record.polledAt === null || record.grantId !== null) return pass()
    const waited = now - record.polledAt
    const observed = `${(waited / 1000).toFixed(1)} s after the poll before`
    if (waited + TOLERANCE_MS >= record.interval * 1000) return pass(observed)
    return {
      error: 'slow_down',
      description: `Poll more slowly: every ${record.interval + 5} seconds from now on`,
      observed,
      expected: `${record.interval} s at least`,
      hint: 'Each slow_down adds 5 seconds to the interval, for all polls to come.',
    }
  },
}
