import { checkReferenceFetched } from './check-reference-fetched.ts'
import { checkReferenceHash } from './check-reference-hash.ts'
import { checkReferenceJwt } from './check-reference-jwt.ts'
import { checkReferenceMediaType } from './check-reference-media-type.ts'

export { checkReferenceRegistered } from './check-reference-registered.ts'
export type { FetchedFacts, ReferenceFacts } from './facts.ts'

/** What a request_uri led to, in order. */
export const fetchedChecks = [
  checkReferenceFetched,
  checkReferenceMediaType,
  checkReferenceHash,
  checkReferenceJwt,
] as const
