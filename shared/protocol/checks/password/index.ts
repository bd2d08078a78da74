import type { Check } from '../../check.ts'
import { checkPassword } from './check-password.ts'
import { checkUserActive } from './check-user-active.ts'
import type { UserFacts } from './facts.ts'

export { checkCredentialsPresent } from './check-credentials-present.ts'
export { checkUserActive } from './check-user-active.ts'
export type { CredentialFacts, UserFacts } from './facts.ts'

/** Who a password proves, in order. The inactive learn that they are only with the right password. */
export const passwordChecks = (wrongPassword: string): Check<UserFacts>[] => [
  checkPassword(wrongPassword),
  checkUserActive({ error: 'invalid_grant' }),
]
