import type { UserRecord } from '../../store/users.ts'
import { authenticateUser, hasAuthorization, type Needs } from '../bearer.ts'
import type { RequestContext } from '../context.ts'
import type { Endpoint } from '../endpoint.ts'
import { json, NO_STORE } from '../reply.ts'
import { authenticateSession, sessionCookie } from '../session-cookie.ts'

export const meNeeds: Needs = { user: true, sampleApi: true }

/** The profile of whoever calls, by bearer token or by session cookie. Needs no scope. */
export const meEndpoint: Endpoint = {
  name: 'me',
  path: '/me',
  methods: ['GET'],
  cors: true,
  async handle(context) {
    const { user, sub } = await currentUser(context)
    return json(profileOf(user, sub), { headers: NO_STORE })
  },
}

/** Who calls, and what the caller knows them as. @throws OAuthError 401, or 400 "Inactive user" */
async function currentUser(context: RequestContext): Promise<{ user: UserRecord; sub: string }> {
  const cookie = hasAuthorization(context) ? null : sessionCookie(context)
  if (cookie !== null) {
    const { user } = authenticateSession(context, cookie)
    return { user, sub: user.id }
  }
  const { user, token } = await authenticateUser(context, meNeeds)
  return { user, sub: String(token.claims.sub) }
}

const profileOf = (user: UserRecord, sub: string) => ({
  ...user.claims,
  sub,
  username: user.username,
  name: user.name,
  email: user.email,
  is_active: user.active,
  two_factor: user.totpState === 'on',
})
