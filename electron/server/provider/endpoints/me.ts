import type { UserRecord } from '../../store/users.ts'
import { authenticateUser, hasAuthorization } from '../bearer.ts'
import type { RequestContext } from '../context.ts'
import type { Endpoint } from '../endpoint.ts'
import { json, NO_STORE } from '../reply.ts'
import { authenticateSession, sessionCookie } from '../session-cookie.ts'

/** The profile of whoever calls, by bearer token or by session cookie. Needs no scope. */
export const meEndpoint: Endpoint = {
  name: 'me',
  path: '/me',
  methods: ['GET'],
  cors: true,
  async handle(context) {
    const user = await currentUser(context)
    return json(profileOf(user), { headers: NO_STORE })
  },
}

/** @throws OAuthError 401, or 400 "Inactive user" */
async function currentUser(context: RequestContext): Promise<UserRecord> {
  const cookie = hasAuthorization(context) ? null : sessionCookie(context)
  const { user } = cookie === null ? await authenticateUser(context) : authenticateSession(context, cookie)
  return user
}

const profileOf = (user: UserRecord) => ({
  ...user.claims,
  sub: user.id,
  username: user.username,
  name: user.name,
  email: user.email,
  is_active: user.active,
  two_factor: user.totpState === 'on',
})
