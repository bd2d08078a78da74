import { type Check, pass } from '../../check.ts'
import { refuseSession, type SessionFacts } from './facts.ts'

export const checkSessionAccepted: Check<SessionFacts> = {
  id: 'session.second-factor-done',
  title: 'The second factor was shown where one is wanted',
  spec: 'RFC 9470 3',
  run: ({ session, accepts }) =>
    session && accepts.includes(session.state)
      ? pass(`${session.state} session`)
      : refuseSession('Second factor required', 'a pending session, good for POST /2fa/verify only'),
}
