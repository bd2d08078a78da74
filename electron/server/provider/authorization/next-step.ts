import type { UserRequest } from '../../../../shared/protocol/authorization-request.ts'
import type { ClientRecord } from '../../store/clients.ts'
import { consentedScopes } from '../../store/consents.ts'
import type { SessionRecord } from '../../store/sessions.ts'
import { findUser, findUserByEmail, findUserByName, type UserRecord } from '../../store/users.ts'
import { acrValues as knownAcrs, reachedAcr } from '../../tokens/id-token.ts'
import type { RequestContext } from '../context.ts'
import { knows } from '../own.ts'

/** The acr of a login with it. */
const WITH_SECOND_FACTOR: (typeof knownAcrs)[number] = '2'

/** Whoever is logged in in this browser. */
export interface Current {
  session: SessionRecord
  user: UserRecord
}

type Asked = Pick<RequestContext, 'core' | 'issuerName'>

/** The user a login_hint names, by username, sub or email address. */
export function hintedUser(context: Asked, { loginHint }: UserRequest): UserRecord | null {
  if (loginHint === null) return null
  for (const find of [findUserByName, findUser, findUserByEmail]) {
    const user = find(context.core.database.read, loginHint)
    if (user && knows(context, user)) return user
  }
  return null
}

/** Why the user has to log in before this request can be answered (OpenID Connect Core 1.0 3.1.2.3). Null when they need not. */
export function loginReason(context: Asked, request: UserRequest, current: Current | null): string | null {
  if (current === null) return 'nobody is logged in'
  if (request.prompt.includes('login')) return 'prompt=login asks for it'
  if (request.prompt.includes('select_account')) return 'prompt=select_account asks for a choice'
  return sessionProblem(context, request, current)
}

/** Why a session will not do for this request, whatever its prompt says. Null when it will. */
export function sessionProblem(
  context: Asked,
  request: UserRequest,
  { session, user }: Current,
): string | null {
  const age = (context.core.clock.now() - session.authTime) / 1000
  if (request.maxAge !== null && (request.maxAge === 0 || age > request.maxAge)) {
    return `the login is ${Math.round(age)} s old, and max_age=${request.maxAge}`
  }
  if (request.hintedUserId !== null && request.hintedUserId !== user.id) {
    return `${user.username} is logged in, not the user of the id_token_hint`
  }
  const hinted = hintedUser(context, request)
  return hinted === null || hinted.id === user.id
    ? null
    : `${user.username} is logged in, not ${hinted.username} as login_hint says`
}

type AskedAcr = Pick<UserRequest, 'acrValues' | 'requiredAcr'>

/** The authentication context classes the user reaches with all they have to show, the highest first. */
export const reachableAcr = ({ session, user }: Current): readonly string[] =>
  reachedAcr(user.totpState === 'on' ? [...session.amr, 'otp'] : session.amr)

/** Why the login as it is does not do for a request that calls an acr essential (5.5.1.1). Null when it does. */
export function unmetAcrReason({ requiredAcr }: AskedAcr, { session }: Current): string | null {
  const reached = reachedAcr(session.amr)
  if (requiredAcr === null || requiredAcr.some((acr) => reached.includes(acr))) return null
  return `acr ${requiredAcr.join(' or ')} is essential, and the login has ${reached[0]}`
}

/**
 * Why the user should show their second factor although they are logged in. Null when that is not wished for, was done, or
 * cannot be: acr_values are a wish, which comes true as far as it can (OpenID Connect Core 1.0 3.1.2.1).
 */
export function stepUpReason(request: AskedAcr, current: Current): string | null {
  const { session, user } = current
  if (user.totpState !== 'on' || session.amr.includes('otp')) return null
  return unmetAcrReason(request, current) ?? wishedStepUp(request)
}

function wishedStepUp({ acrValues }: AskedAcr): string | null {
  const wished = acrValues.find((value) => knownAcrs.some((known) => known === value))
  return wished === WITH_SECOND_FACTOR ? `acr_values=${WITH_SECOND_FACTOR} asks for the second factor` : null
}

/** Why the user has to be asked for consent. Null when they need not. */
export function consentReason(
  { core, issuerName }: Asked,
  request: UserRequest,
  { client, user, scopes }: { client: ClientRecord; user: UserRecord; scopes: readonly string[] },
): string | null {
  // The switch stands for a user at the keyboard who says yes to everything.
  if (client.autoApprove) return null
  if (request.prompt.includes('consent')) return 'prompt=consent asks for it'
  // Each of these is for one transaction; a consent to another says nothing of it.
  if (request.authorizationDetails.length > 0) return 'authorization_details are asked for each time'
  const consented = consentedScopes(core.database.read, issuerName, client.id, user.id)
  if (consented === null) return 'there was no consent yet'
  const missing = scopes.filter((scope) => !consented.includes(scope))
  return missing.length === 0 ? null : `there was no consent to ${missing.join(' ')}`
}
