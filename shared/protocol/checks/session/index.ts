import { checkSessionAccepted } from './check-session-accepted.ts'
import { checkSessionKnown } from './check-session-known.ts'
import { checkSessionLive } from './check-session-live.ts'

export type { SessionFacts } from './facts.ts'

export const sessionChecks = [checkSessionKnown, checkSessionLive, checkSessionAccepted] as const
