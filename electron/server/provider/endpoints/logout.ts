import { endLogin } from '../../logout/end-login.ts'
import { listSessionsOfGrant } from '../../store/sessions.ts'
import { revokeFamily } from '../../store/token-changes.ts'
import { authenticateBearer, hasAuthorization } from '../bearer.ts'
import type { RequestContext } from '../context.ts'
import type { Endpoint } from '../endpoint.ts'
import { json, NO_STORE, type Reply } from '../reply.ts'
import { authenticateSession, expiredCookie, sessionCookie } from '../session-cookie.ts'

/** Ends the login the caller shows by token or cookie: session and tokens that came of it (topic 8 of the tutorial). */
export const logoutEndpoint: Endpoint = {
  name: 'logout',
  path: '/logout',
  methods: ['POST'],
  cors: true,
  async handle(context) {
    const cookie = hasAuthorization(context) ? null : sessionCookie(context)
    const headers: [string, string][] = cookie === null ? [] : [['set-cookie', expiredCookie(context)]]
    if (cookie === null) await endGrant(context)
    else await endSessionOf(context, cookie)
    return loggedOut(headers)
  },
}

const loggedOut = (headers: [string, string][]): Reply =>
  json({ detail: 'Logged out' }, { headers: [...NO_STORE, ...headers] })

async function endGrant(context: RequestContext): Promise<void> {
  const { core } = context
  const { token } = await authenticateBearer(context)
  const now = core.clock.now()
  const sessions = listSessionsOfGrant(core.database.read, token.grantId, now)
  core.database.write(
    (writer) => void revokeFamily(writer, token.grantId, { by: 'user', reason: 'logout' }, now),
  )
  core.events.publish({ type: 'changed', noun: 'tokens' })
  await Promise.all(sessions.map((session) => endLogin(core, session)))
}

async function endSessionOf(context: RequestContext, cookie: string): Promise<void> {
  const { session } = authenticateSession(context, cookie, ['active', 'pending'])
  await endLogin(context.core, session)
}
