import { type Check, pass } from '../../check.ts'
import { type AssertionFacts, type AssertionRefusal, shown } from './facts.ts'

export const checkAssertionSubject = (refusal: AssertionRefusal): Check<Pick<AssertionFacts, 'claims'>> => ({
  id: 'assertion.subject',
  title: 'The assertion says who it is about, as sub',
  spec: 'RFC 7523 3, RFC 7519 4.1.2',
  run: ({ claims }) =>
    typeof claims.sub === 'string' && claims.sub !== ''
      ? pass(claims.sub)
      : {
          ...refusal,
          description: 'The assertion has no sub',
          observed: `sub ${shown(claims.sub)}`,
          expected: 'the client_id when a client authenticates, a user when it is a grant',
        },
})
