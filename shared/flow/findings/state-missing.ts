import { authorizationsOf } from './facts.ts'
import type { FindingRule } from './finding.ts'

export const stateMissing: FindingRule = {
  id: 'state-missing',
  title: 'The authorization request has no state',
  spec: 'RFC 9700 2.1, RFC 6749 10.12',
  severity: 'error',
  find: ({ steps }) =>
    authorizationsOf(steps)
      .filter(({ parameters }) => !parameters.has('state'))
      .map(({ step, parameters }) => {
        const instead = ['code_challenge', 'nonce'].filter((name) => parameters.has(name))
        return {
          severity: instead.length > 0 ? 'info' : 'error',
          observed: `no state${instead.length > 0 ? `; ${instead.join(' and ')} is there` : ', no code_challenge, no nonce'}`,
          expected: 'a state that is new and random for each login, and compared when the answer comes',
          hint:
            instead.length > 0
              ? `RFC 9700 lets ${instead[0] === 'nonce' ? 'a checked nonce' : 'PKCE'} stand in for it, at a server that is known to enforce it.`
              : "Anybody can slip the answer of their own login into the user's browser: the app could not tell.",
          exchanges: [step.exchange.id],
        }
      }),
}
