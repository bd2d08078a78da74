import { type Check, pass } from '../../check.ts'
import type { BindingFacts } from './facts.ts'

export const checkKeyOfRefreshToken: Check<BindingFacts> = {
  id: 'dpop.key-of-refresh-token',
  title: 'The proof is of the key the refresh token is bound to',
  spec: 'RFC 9449 5',
  levels: {},
  run: ({ jkt, bound }) =>
    bound === null || jkt === bound
      ? pass(bound ?? 'the refresh token is bound to no key')
      : {
          error: 'invalid_grant',
          description: 'The refresh token is bound to another DPoP key',
          observed: jkt === null ? 'no DPoP proof' : `a key of thumbprint ${jkt}`,
          expected: `a proof of the key of thumbprint ${bound}`,
          hint: 'A public client must keep the key pair as long as the refresh token.',
        },
}
