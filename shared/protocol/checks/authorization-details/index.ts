import type { Check } from '../../check.ts'
import { checkDetailsBounded } from './check-details-bounded.ts'
import { checkDetailsFields } from './check-details-fields.ts'
import { checkDetailsReadable } from './check-details-readable.ts'
import { checkDetailsTypeAllowed } from './check-details-type-allowed.ts'
import { checkDetailsTypeKnown } from './check-details-type-known.ts'
import { checkDetailsTypePresent } from './check-details-type-present.ts'
import type { AuthorizationDetailsFacts } from './facts.ts'

export { checkDetailsNarrow } from './check-details-narrow.ts'
export type { AuthorizationDetailsFacts } from './facts.ts'

/** authorization_details of any request, in order. */
export const authorizationDetailsChecks: readonly Check<AuthorizationDetailsFacts>[] = [
  checkDetailsReadable,
  checkDetailsBounded,
  checkDetailsTypePresent,
  checkDetailsTypeKnown,
  checkDetailsTypeAllowed,
  checkDetailsFields,
]
