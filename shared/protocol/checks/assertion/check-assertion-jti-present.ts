import { type Check, pass } from '../../check.ts'
import { type AssertionFacts, type AssertionRefusal, shown } from './facts.ts'

// OpenID Connect Core 1.0 9 requires it of a client that authenticates; RFC 7523 leaves it open.
export const checkAssertionJtiPresent = (refusal: AssertionRefusal): Check<AssertionFacts> => ({
  id: 'assertion.jti-present',
  title: 'The assertion has an id of its own, as jti',
  spec: 'RFC 7523 3, RFC 7519 4.1.7',
  levels: { lenient: 'warn' },
  run: ({ claims }) =>
    typeof claims.jti === 'string' && claims.jti !== ''
      ? pass(claims.jti)
      : {
          ...refusal,
          description: 'The assertion has no jti',
          observed: `jti ${shown(claims.jti)}`,
          expected: 'a text that no other assertion of this client has',
          hint: 'Put a random jti into each assertion, so that nobody can use it a second time.',
        },
})
