import { checkForm } from './check-form.ts'
import { checkFormMediaType } from './check-form-media-type.ts'
import { checkSize } from './check-size.ts'

export type { BodyFacts } from './facts.ts'
export { checkForm }

/** What a body must be before its parameters are looked at, in order. */
export const formChecks = [checkSize, checkFormMediaType, checkForm] as const
/** The same for the tutorial's own routes, which take JSON as well. */
export const bodyChecks = [checkSize, checkForm] as const
