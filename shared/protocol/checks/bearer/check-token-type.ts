import { type Check, pass } from '../../check.ts'
import { invalidToken, type TokenFacts } from './facts.ts'

export const checkTokenType: Check<TokenFacts> = {
  id: 'bearer.token-type',
  title: 'The token says it is an access token',
  spec: 'RFC 9068 2.1, 4',
  run: ({ header: { typ } }) =>
    typ === 'at+jwt'
      ? pass('typ at+jwt')
      : {
          ...invalidToken('Could not validate credentials'),
          observed: `typ ${JSON.stringify(typ)}`,
          expected: 'typ "at+jwt"',
          hint: 'An ID token or refresh token is not for APIs.',
        },
}
