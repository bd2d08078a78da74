import { type Check, pass } from '../../check.ts'
import { type ClientFacts, type ClientMethod, clientRefusal } from './facts.ts'

export const checkSecret: Check<ClientFacts> = {
  id: 'client.secret',
  title: "The client's secret is right",
  spec: 'RFC 6749 2.3.1, 5.2',
  run: (facts) =>
    !bySecret(facts.method) || facts.secretMatches
      ? pass(facts.secretMatches ? 'matches' : 'none needed')
      : {
          ...clientRefusal,
          description: 'Client authentication failed',
          observed: 'a secret that is not the registered one',
          expected: 'the registered secret',
          hint: 'With Basic, id and secret are form-encoded before base64 (RFC 6749 2.3.1).',
        },
}

const bySecret = (method: ClientMethod): boolean =>
  method === 'client_secret_basic' || method === 'client_secret_post'
