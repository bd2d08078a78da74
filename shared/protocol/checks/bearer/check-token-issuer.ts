import { type Check, pass } from '../../check.ts'
import { invalidToken, type TokenFacts } from './facts.ts'

export const checkTokenIssuer: Check<TokenFacts> = {
  id: 'bearer.token-issuer',
  title: 'The token names this issuer',
  spec: 'RFC 9068 4, RFC 7519 4.1.1',
  run: ({ claims: { iss }, issuers }) =>
    typeof iss === 'string' && issuers.includes(iss)
      ? pass(iss)
      : {
          ...invalidToken('The token is of another issuer'),
          observed: `iss ${JSON.stringify(iss)}`,
          expected: issuers.join(' or '),
          hint: 'App and API must reach the issuer under one URL: fix it with --issuer, or let both use the same host and port.',
        },
}
