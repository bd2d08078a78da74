import { type Check, pass } from '../../check.ts'
import { invalidToken, type TokenFacts } from './facts.ts'

export const checkTokenStored: Check<Pick<TokenFacts, 'record'>> = {
  id: 'bearer.token-stored',
  title: 'The ledger knows the token',
  spec: 'RFC 6750 3.1',
  run: ({ record }) =>
    record
      ? pass()
      : {
          ...invalidToken('Could not validate credentials'),
          observed: 'a genuine token that is not stored any more: its user, client or workspace is gone',
          expected: 'a jti of the ledger',
        },
}
