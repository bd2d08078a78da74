import { checkCodeRight } from './check-code-right.ts'
import { checkNotLocked } from './check-not-locked.ts'

export { checkCodeFormat } from './check-code-format.ts'
export { checkEnrolled } from './check-enrolled.ts'
export { checkNotEnrolled } from './check-not-enrolled.ts'
export type { CodeFacts, EnrolmentFacts, VerificationFacts } from './facts.ts'

/** What to make of a code that was tried, in order. */
export const verificationChecks = [checkNotLocked, checkCodeRight] as const
