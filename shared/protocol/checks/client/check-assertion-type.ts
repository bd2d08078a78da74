import { type Check, pass } from '../../check.ts'
import { type ClientAssertionFacts, clientRefusal, JWT_BEARER } from './facts.ts'

export const checkAssertionType: Check<ClientAssertionFacts> = {
  id: 'client.assertion-type',
  title: 'The issuer knows this client_assertion_type',
  spec: 'RFC 7523 2.2, RFC 7521 4.2',
  run: ({ assertionType }) =>
    assertionType === JWT_BEARER
      ? pass(assertionType)
      : {
          ...clientRefusal,
          description: 'Unsupported client_assertion_type',
          observed: (assertionType ?? 'none').slice(0, 200),
          expected: JWT_BEARER,
        },
}
