import { type Check, pass } from '../../check.ts'
import { type ClientFacts, clientRefusal } from './facts.ts'

export const checkSecret: Check<ClientFacts> = {
  id: 'client.secret',
  title: "The client's secret is right",
  spec: 'RFC 6749 2.3.1, 5.2',
  run: (facts) =>
    facts.method === 'none' || facts.secretMatches
      ? pass(facts.method === 'none' ? 'none needed' : 'matches')
      : {
          ...clientRefusal,
          description: 'Client authentication failed',
          observed: 'a secret that is not the registered one',
          expected: 'the registered secret',
          hint: 'With Basic, id and secret are form-encoded before base64 (RFC 6749 2.3.1).',
        },
}
