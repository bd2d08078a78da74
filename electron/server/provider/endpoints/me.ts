import { invalidToken } from '../../../../shared/protocol/checks/bearer/facts.ts'
import { OAuthError } from '../../../../shared/protocol/errors.ts'
import type { UserRecord } from '../../store/users.ts'
import { authenticateBearer, hasAuthorization } from '../bearer.ts'
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
export async function currentBearerUser(context: RequestContext): Promise<UserRecord> {
  const { user } = await authenticateBearer(context)
  if (user !== null) return user
  throw new OAuthError({
    ...invalidToken('Could not validate credentials'),
    observed: 'a token without a user',
  })
}

async function currentUser(context: RequestContext): Promise<UserRecord> {
  const cookie = hasAuthorization(context) ? null : sessionCookie(context)
  return cookie === null ? currentBearerUser(context) : authenticateSession(context, cookie).user
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
