import { type Check, pass } from '../../check.ts'
import type { ClientAssertionFacts } from './facts.ts'

export const checkAssertionPair: Check<ClientAssertionFacts> = {
  id: 'client.assertion-pair',
  title: 'client_assertion and client_assertion_type come together',
  spec: 'RFC 7521 4.2',
  run: ({ hasAssertion, assertionType }) => {
    if (hasAssertion === (assertionType !== null)) return pass()
    const [sent, missing] = hasAssertion
      ? ['client_assertion', 'client_assertion_type']
      : ['client_assertion_type', 'client_assertion']
    return {
      error: 'invalid_request',
      description: `Parameter ${missing} is missing`,
      observed: `${sent} alone`,
      expected: 'both or none',
    }
  },
}
