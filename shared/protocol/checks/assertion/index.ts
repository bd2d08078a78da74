import type { Check } from '../../check.ts'
import { clientRefusal } from '../client/facts.ts'
import { checkAssertionAlgorithm } from './check-assertion-algorithm.ts'
import { checkAssertionAudience } from './check-assertion-audience.ts'
import { checkAssertionExpiresSoon } from './check-assertion-expires-soon.ts'
import { checkAssertionExpiryPresent } from './check-assertion-expiry-present.ts'
import { checkAssertionIssuedAt } from './check-assertion-issued-at.ts'
import { checkAssertionIssuer } from './check-assertion-issuer.ts'
import { checkAssertionJtiPresent } from './check-assertion-jti-present.ts'
import { checkAssertionKeys } from './check-assertion-keys.ts'
import { checkAssertionMediaType } from './check-assertion-media-type.ts'
import { checkAssertionNotBefore } from './check-assertion-not-before.ts'
import { checkAssertionNotExpired } from './check-assertion-not-expired.ts'
import { checkAssertionReadable } from './check-assertion-readable.ts'
import { checkAssertionSecretLength } from './check-assertion-secret-length.ts'
import { checkAssertionSignature } from './check-assertion-signature.ts'
import { checkAssertionSubject } from './check-assertion-subject.ts'
import { checkAssertionUnused } from './check-assertion-unused.ts'
import type { AssertionFacts, AssertionRefusal } from './facts.ts'

export { type AssertionFacts, LONGEST_LIFE_MS, numericDate } from './facts.ts'

/** What is asked of an assertion, in the order of the lists. */
export interface AssertionChecks {
  /** Before the client is known. */
  readable: readonly Check<Pick<AssertionFacts, 'problem' | 'claims'>>[]
  genuine: readonly Check<AssertionFacts>[]
  /** Last, since it uses the assertion up. */
  unused: readonly Check<AssertionFacts>[]
}

const checksOf = (refusal: AssertionRefusal): AssertionChecks => ({
  readable: [checkAssertionReadable(refusal), checkAssertionSubject(refusal)],
  genuine: [
    checkAssertionMediaType(refusal),
    checkAssertionIssuer(refusal),
    checkAssertionKeys(refusal),
    checkAssertionAlgorithm(refusal),
    checkAssertionSignature(refusal),
    checkAssertionSecretLength(refusal),
    checkAssertionAudience(refusal),
    checkAssertionExpiryPresent(refusal),
    checkAssertionNotExpired(refusal),
    checkAssertionExpiresSoon(refusal),
    checkAssertionNotBefore(refusal),
    checkAssertionIssuedAt(refusal),
  ],
  unused: [checkAssertionJtiPresent(refusal), checkAssertionUnused(refusal)],
})

/** Of an assertion a client authenticates with (RFC 7521 4.2.1). */
export const clientAssertionChecks = checksOf(clientRefusal)

const grantChecks = checksOf({ error: 'invalid_grant' })

/** Of an assertion that is a grant (RFC 7521 4.1.1), which a client may use again as long as it lives (4.1). */
export const grantAssertionChecks: AssertionChecks = {
  ...grantChecks,
  unused: grantChecks.unused.map((rule) => ({ ...rule, levels: { standard: 'off', lenient: 'off' } })),
}
