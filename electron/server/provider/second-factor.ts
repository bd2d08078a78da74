import {
  checkCodeFormat,
  checkEnrolled,
  verificationChecks,
} from '../../../shared/protocol/checks/second-factor/index.ts'
import { verifyCode } from '../second-factor/verify-code.ts'
import { findUser, type UserRecord } from '../store/users.ts'
import { check, type RequestContext } from './context.ts'

/**
 * Takes a code of the user's second factor; what comes of it is saved with the user.
 *
 * @throws OAuthError 400 without a second factor or six digits, 401 for a wrong code, 429 while it is locked
 */
export function acceptCode(
  context: RequestContext,
  { id }: UserRecord,
  code: string | undefined,
): UserRecord {
  const { core } = context
  check(context, [checkCodeFormat], { code })
  const now = core.clock.now()
  const result = core.database.write((writer) => {
    const user = findUser(writer, id)!
    check(context, [checkEnrolled], { state: user.totpState })
    return verifyCode(writer, user, code!, now)
  })
  core.events.publish({ type: 'changed', noun: 'users' })
  check(context, verificationChecks, {
    outcome: result.outcome,
    now,
    lockedUntil: result.lockedUntil,
  })
  return result.user
}
