import { type Check, pass } from '../../check.ts'
import { iso } from '../../time.ts'
import { invalidToken, type TokenFacts } from './facts.ts'

export const checkTokenNotRevoked: Check<Pick<TokenFacts, 'record'>> = {
  id: 'bearer.token-not-revoked',
  title: 'The token is not on the deny list',
  spec: 'RFC 7009 2, RFC 6750 3.1',
  run: ({ record }) => {
    const at = record?.revokedAt ?? record?.consumedAt ?? null
    if (at === null) return pass()
    return {
      ...invalidToken('Token revoked'),
      observed: `${record?.revokedAt === null ? 'used up' : `revoked: ${record?.revokedReason},`} ${iso(at)}`,
      expected: 'a token that is not revoked',
    }
  },
}
