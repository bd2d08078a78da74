import { type Check, pass } from '../../check.ts'
import { invalidToken, type TokenFacts } from './facts.ts'

export const checkTokenAudience: Check<TokenFacts> = {
  id: 'bearer.token-audience',
  title: 'The token is meant for this API',
  spec: 'RFC 9068 4, RFC 7519 4.1.3',
  run: ({ claims: { aud }, audiences }) =>
    [aud].flat().some((audience) => audiences.includes(audience as string))
      ? pass(JSON.stringify(aud))
      : {
          ...invalidToken('The token is for another audience'),
          observed: `aud ${JSON.stringify(aud)}`,
          expected: audiences.join(' or '),
          hint: 'resource in the token request says which API a token is for (RFC 8707).',
        },
}
