import { type Check, pass } from '../../check.ts'
import { iso } from '../../time.ts'
import { refuseSession, type SessionFacts } from './facts.ts'

export const checkSessionLive: Check<SessionFacts> = {
  id: 'session.live',
  title: 'The session has not ended',
  spec: 'RFC 6265 5.3',
  run: ({ session, now }) => {
    if (session?.endedAt) return refuseSession('Session ended', `ended ${iso(session.endedAt)}`)
    if (session && session.expiresAt <= now) {
      return refuseSession('Session expired', `expired ${iso(session.expiresAt)}`)
    }
    return pass()
  },
}
