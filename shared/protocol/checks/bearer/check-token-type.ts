import { type Check, pass } from '../../check.ts'
import { invalidToken, type TokenFacts } from './facts.ts'

export const checkTokenType: Check<TokenFacts> = {
  id: 'bearer.token-type',
  title: 'The token says it is an access token',
  spec: 'RFC 9068 2.1, 4',
  run({ header }) {
    if (header === null) return pass('an opaque token, looked up')
    if (header.typ === 'at+jwt') return pass('typ at+jwt')
    return {
      ...invalidToken('Could not validate credentials'),
      observed: `typ ${JSON.stringify(header.typ)}`,
      expected: 'typ "at+jwt"',
      hint: 'An ID token or refresh token is not for APIs.',
    }
  },
}
