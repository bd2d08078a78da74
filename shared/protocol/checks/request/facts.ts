import type { FormProblem } from '../../form.ts'

/** What there is to know of a request's body before its parameters are looked at. */
export interface BodyFacts {
  /** Media type without parameters, lower case; empty when none was sent. */
  mediaType: string
  /** True when the body was longer than the issuer reads. */
  tooLarge: boolean
  bytes: number
  problem: FormProblem | null
}
