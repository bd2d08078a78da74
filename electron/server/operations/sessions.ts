import { notFound } from '../../../shared/contract/envelope.ts'
import type { Session } from '../../../shared/contract/operations/sessions.ts'
import type { Core } from '../core.ts'
import { endLogin } from '../logout/end-login.ts'
import { relyingParties } from '../logout/relying-parties.ts'
import { listLiveSessions, type SessionRecord } from '../store/sessions.ts'
import { findUser } from '../store/users.ts'
import type { HandlersOf } from './handlers.ts'

export const sessionHandlers = (core: Core): HandlersOf<'sessions'> => ({
  'sessions.list': () => live(core).map((session) => toSession(core, session)),
  'sessions.end': async ({ sid }) => {
    const session = live(core).find((candidate) => candidate.sid === sid)
    if (!session) throw notFound('session', sid)
    const parties = await endLogin(core, session)
    return { told: parties.flatMap(({ client }) => (client.backchannelLogoutUri ? [client.id] : [])) }
  },
})

const live = ({ database, clock }: Core): SessionRecord[] => listLiveSessions(database.read, clock.now())

const toSession = (core: Core, session: SessionRecord): Session => ({
  sid: session.sid,
  issuer: session.issuer,
  userId: session.userId,
  username: findUser(core.database.read, session.userId)!.username,
  authTime: session.authTime,
  amr: session.amr,
  createdAt: session.createdAt,
  expiresAt: session.expiresAt,
  clients: relyingParties(core, session)
    .map(({ client }) => client.id)
    .sort(),
})
