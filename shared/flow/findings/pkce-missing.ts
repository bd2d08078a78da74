import { authorizationsOf, clientIdOf } from './facts.ts'
import type { FindingRule } from './finding.ts'

export const pkceMissing: FindingRule = {
  id: 'pkce-missing',
  title: 'A public client logs in without PKCE',
  spec: 'RFC 9700 2.1.1, RFC 7636 4.3',
  severity: 'error',
  find: ({ steps, clients }) =>
    authorizationsOf(steps)
      .filter(
        (request) =>
          clients.get(clientIdOf(request) ?? '')?.isPublic &&
          (request.parameters.get('response_type') ?? 'code').split(' ').includes('code') &&
          !request.parameters.has('code_challenge'),
      )
      .map(({ step }) => ({
        observed: 'no code_challenge, from a client without a secret',
        expected: 'code_challenge with code_challenge_method=S256',
        hint: 'Whoever catches the code can use it: nothing else proves that it reached the app that asked.',
        exchanges: [step.exchange.id],
      })),
}
