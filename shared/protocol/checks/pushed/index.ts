import { checkRequestUriKnown } from './check-request-uri-known.ts'
import { checkRequestUriNotExpired } from './check-request-uri-not-expired.ts'
import { checkRequestUriOfClient } from './check-request-uri-of-client.ts'
import { checkRequestUriUnused } from './check-request-uri-unused.ts'

export { checkNoRequestUri } from './check-no-request-uri.ts'
export { checkPushRequired } from './check-push-required.ts'
export { PUSHED_PREFIX, type PushedFacts } from './facts.ts'

/** A request_uri at the authorization endpoint, in order. */
export const requestUriChecks = [
  checkRequestUriKnown,
  checkRequestUriOfClient,
  checkRequestUriUnused,
  checkRequestUriNotExpired,
] as const
