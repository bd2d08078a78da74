import { checkGrantTypePresent } from './check-grant-type-present.ts'
import { checkGrantTypeSupported } from './check-grant-type-supported.ts'

export { checkClientMayUseGrant } from './check-client-may-use-grant.ts'
export { checkClientProven } from './check-client-proven.ts'
export { checkPasswordKept } from './check-password-kept.ts'
export type { ClientGrantFacts, GrantTypeFacts, ProvenClientFacts } from './facts.ts'

/** What the token endpoint asks before it knows the client, in order. */
export const grantTypeChecks = [checkGrantTypePresent, checkGrantTypeSupported] as const
