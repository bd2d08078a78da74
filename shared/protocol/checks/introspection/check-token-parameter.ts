import { type Check, pass } from '../../check.ts'

export interface TokenParameterFacts {
  token: string | undefined
}

export const checkTokenParameter: Check<TokenParameterFacts> = {
  id: 'token-parameter.present',
  title: 'token is there',
  spec: 'RFC 7662 2.1, RFC 7009 2.1',
  run: ({ token }) =>
    token === undefined
      ? {
          error: 'invalid_request',
          description: 'Parameter token is missing',
          observed: 'no token',
          expected: 'the token to ask about or to revoke',
        }
      : pass(),
}
