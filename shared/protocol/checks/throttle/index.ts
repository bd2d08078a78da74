import { checkPasswordTries } from './check-password-tries.ts'
import { checkSecretTries } from './check-secret-tries.ts'

export type { TriesFacts } from './facts.ts'
export { checkPasswordTries, checkSecretTries }

export const throttleChecks = [checkSecretTries, checkPasswordTries] as const
