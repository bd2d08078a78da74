import { type Check, pass } from '../../check.ts'
import type { HandedTokenFacts } from './facts.ts'

export const checkTokenOfIssuer: Check<HandedTokenFacts> = {
  id: 'exchange.token-of-issuer',
  title: 'The token handed in is an access token of this issuer',
  spec: 'RFC 8693 2.1, 2.2.2',
  run: ({ role, genuine, reason, record }) => {
    if (genuine && record?.kind === 'access') return pass(`${role}_token: ${reason}`)
    const kind = record ? `a ${record.kind} token` : 'a genuine token that is not stored any more'
    return {
      error: 'invalid_request',
      description: `The ${role}_token is not an access token of this issuer`,
      observed: `${role}_token: ${genuine ? kind : reason}`,
      expected: 'an access token this issuer signed and keeps',
    }
  },
}
