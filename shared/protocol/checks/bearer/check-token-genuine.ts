import { type Check, pass } from '../../check.ts'
import { invalidToken, type TokenFacts } from './facts.ts'

export const checkTokenGenuine: Check<TokenFacts> = {
  id: 'bearer.token-genuine',
  title: 'The token is one this issuer signed',
  spec: 'RFC 9068 4, RFC 7515 5.2',
  run: ({ signature, reason }) =>
    signature === 'valid'
      ? pass(reason)
      : {
          ...invalidToken(signature === 'malformed' ? 'Malformed token' : 'Could not validate credentials'),
          observed: reason,
          expected: "a JWT signed with one of the issuer's keys",
        },
}
