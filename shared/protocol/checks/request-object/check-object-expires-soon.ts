import { type Check, pass } from '../../check.ts'
import { checkAssertionExpiresSoon } from '../assertion/check-assertion-expires-soon.ts'
import type { AssertionFacts } from '../assertion/facts.ts'
import { ofRequestObject } from './facts.ts'

const rule = ofRequestObject(checkAssertionExpiresSoon, {
  spec: 'RFC 9101 10.2, RFC 7519 4.1.4',
  levels: { standard: 'off', lenient: 'off' },
})

/** Its use is remembered for an hour and no longer. */
export const checkObjectExpiresSoon: Check<AssertionFacts> = {
  ...rule,
  run: (facts) => (facts.claims.exp === undefined ? pass('no exp') : rule.run(facts)),
}
