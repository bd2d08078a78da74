import { type Check, pass } from '../../check.ts'
import type { BindingFacts } from './facts.ts'

export const checkKeyOfCode: Check<BindingFacts> = {
  id: 'dpop.key-of-code',
  title: 'The proof is of the key the code is bound to',
  spec: 'RFC 9449 10',
  levels: {},
  run: ({ jkt, bound }) =>
    bound === null || jkt === bound
      ? pass(bound ?? 'the code is bound to no key')
      : {
          error: 'invalid_grant',
          description: 'The authorization code is bound to another DPoP key',
          observed: jkt === null ? 'no DPoP proof' : `a key of thumbprint ${jkt}`,
          expected: `dpop_jkt ${bound}`,
          hint: 'Send a proof of the key whose thumbprint went to the authorization endpoint, or that pushed the request.',
        },
}
