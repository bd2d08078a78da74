import { authorizationsOf, scopesOf } from './facts.ts'
import type { FindingRule } from './finding.ts'

export const nonceMissing: FindingRule = {
  id: 'nonce-missing',
  title: 'The OpenID request has no nonce',
  spec: 'OpenID Connect Core 1.0 3.1.2.1, RFC 9700 2.1.1',
  severity: 'warning',
  find: ({ steps }) =>
    authorizationsOf(steps)
      .filter(
        ({ parameters }) => scopesOf(parameters.get('scope')).includes('openid') && !parameters.has('nonce'),
      )
      .map(({ step, parameters }) => {
        const pkce = parameters.has('code_challenge')
        return {
          severity: pkce ? 'info' : 'warning',
          observed: `scope openid and no nonce${pkce ? '; code_challenge is there' : ', no code_challenge'}`,
          expected: 'a nonce that is new and random for each login, and compared with that of the ID token',
          hint: pkce
            ? 'PKCE protects the code as well. A nonce also ties the ID token itself to this login.'
            : 'Without either, a stolen code can be injected into the login of another browser.',
          exchanges: [step.exchange.id],
        }
      }),
}
