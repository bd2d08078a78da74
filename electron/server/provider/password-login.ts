import { checkCredentialsPresent, passwordChecks } from '../../../shared/protocol/checks/password/index.ts'
import { checkPasswordTries } from '../../../shared/protocol/checks/throttle/index.ts'
import type { Parameters } from '../../../shared/protocol/form.ts'
import { findUser, findUserByName, saveUser, type UserRecord } from '../store/users.ts'
import { hashOf } from '../tokens/read.ts'
import { check, type RequestContext } from './context.ts'
import { unbound } from './own.ts'

/**
 * Who a username and password prove: the tutorial's authenticate_user. A hash made at a lower cost than is asked for now is
 * made anew, since only now the password is known.
 *
 * @param wrongPassword what a wrong name or password is told
 * @throws OAuthError invalid_request, or invalid_grant
 */
export async function loginByPassword(
  context: RequestContext,
  parameters: Parameters,
  wrongPassword: string,
): Promise<UserRecord> {
  const { core, trail } = context
  const username = parameters.get('username')
  const password = parameters.get('password')
  check(context, [checkCredentialsPresent], { username, password })
  const user = unbound(context, `user ${username}`, findUserByName(core.database.read, username!))
  trail.userId = user?.id ?? null
  const passwordMatches = await core.passwords.verify(password!, user?.passwordHash ?? null)
  countTry(context, user ? `user ${user.id}` : `name ${hashOf(username!)}`, passwordMatches)
  const judge = (user: UserRecord | null, passwordMatches: boolean) =>
    check(context, passwordChecks(wrongPassword), { username: username!, user, passwordMatches })
  judge(user, passwordMatches)
  const upgraded = await upgradedHash(context, user!, password!)
  return noteLogin(context, user!, upgraded, (current) => {
    // While the password was hashed the user may have been removed or switched off.
    if (!current?.active) judge(current, current !== null)
  })
}

/**
 * After the password was verified: of many tries at once, those over the limit learn nothing.
 *
 * @throws OAuthError invalid_grant after too many wrong passwords
 */
function countTry(context: RequestContext, whose: string, passwordMatches: boolean): void {
  const { throttle } = context.core
  const tries = throttle.tries(whose)
  if (tries) check(context, [checkPasswordTries], tries)
  if (!passwordMatches) throttle.noteWrong(whose)
}

async function upgradedHash(
  { core }: RequestContext,
  user: UserRecord,
  password: string,
): Promise<string | null> {
  return core.passwords.isOutdated(user.passwordHash!) ? core.passwords.hash(password) : null
}

/** Written to the row as it is now: what others changed while the password was hashed stays. */
function noteLogin(
  { core }: RequestContext,
  verified: UserRecord,
  upgradedHash: string | null,
  judgeAgain: (current: UserRecord | null) => void,
): UserRecord {
  const saved = core.database.write((writer) => {
    const current = findUser(writer, verified.id) ?? null
    judgeAgain(current)
    const samePassword = current!.passwordHash === verified.passwordHash
    const passwordHash = (samePassword && upgradedHash) || current!.passwordHash
    const user = { ...current!, lastLoginAt: core.clock.now(), passwordHash }
    saveUser(writer, user)
    return user
  })
  core.events.publish({ type: 'changed', noun: 'users' })
  return saved
}
