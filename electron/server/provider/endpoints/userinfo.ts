import { claimsForScopes } from '../../../../shared/protocol/claims.ts'
import type { UserRecord } from '../../store/users.ts'
import { authenticateUser, requireScope } from '../bearer.ts'
import type { Endpoint } from '../endpoint.ts'
import { json, NO_STORE } from '../reply.ts'

/** OpenID Connect Core 1.0 5.3: who the user is, as far as the scopes of the access token show it. */
export const userinfoEndpoint: Endpoint = {
  name: 'userinfo',
  path: '/userinfo',
  methods: ['GET', 'POST'],
  cors: true,
  async handle(context) {
    const { token, user } = await authenticateUser(context)
    requireScope(context, 'openid', token.scopes)
    const claims = claimsForScopes(standardClaims(user), token.scopes)
    return json({ ...claims, sub: user.id }, { headers: NO_STORE })
  },
}

/** A user's own claims, and those that are columns of ours (OpenID Connect Core 1.0 5.1). */
const standardClaims = (user: UserRecord) => ({
  preferred_username: user.username,
  updated_at: Math.floor(user.updatedAt / 1000),
  ...user.claims,
  name: user.name ?? user.claims.name,
  email: user.email ?? user.claims.email,
})
