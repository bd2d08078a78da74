import { type Check, pass } from '../../check.ts'
import { type AssertionFacts, type AssertionRefusal, shown } from './facts.ts'

export const checkAssertionIssuer = (refusal: AssertionRefusal): Check<AssertionFacts> => ({
  id: 'assertion.issuer',
  title: 'The assertion comes from the client itself, as iss',
  spec: 'RFC 7523 3, RFC 7521 5.2',
  run: ({ claims, clientId }) =>
    claims.iss === clientId
      ? pass(clientId)
      : {
          ...refusal,
          description: 'iss of the assertion is not the client',
          observed: `iss ${shown(claims.iss)}`,
          expected: `iss "${clientId}"`,
          hint: 'A client signs for itself: iss is its client_id, and so is sub when it authenticates.',
        },
})
