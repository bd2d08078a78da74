import { type Check, pass } from '../../check.ts'
import { refuseSession, type SessionFacts } from './facts.ts'

export const checkSessionKnown: Check<SessionFacts> = {
  id: 'session.known',
  title: 'The session cookie is one this issuer set',
  spec: 'RFC 6265 5.4',
  run: ({ session }) =>
    session ? pass() : refuseSession('Invalid session', 'a session_id cookie that belongs to no session'),
}
