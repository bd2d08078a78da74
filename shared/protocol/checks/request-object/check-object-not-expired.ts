import { type Check, pass } from '../../check.ts'
import { checkAssertionNotExpired } from '../assertion/check-assertion-not-expired.ts'
import type { AssertionFacts } from '../assertion/facts.ts'
import { ofRequestObject } from './facts.ts'

const rule = ofRequestObject(checkAssertionNotExpired, { spec: 'RFC 7519 4.1.4, RFC 9101 4' })

export const checkObjectNotExpired: Check<AssertionFacts> = {
  ...rule,
  run: (facts) => (facts.claims.exp === undefined ? pass('no exp') : rule.run(facts)),
}
