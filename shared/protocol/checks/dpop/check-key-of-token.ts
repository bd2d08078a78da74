import { type Check, pass } from '../../check.ts'
import { invalidToken } from '../bearer/facts.ts'
import type { BindingFacts } from './facts.ts'

export const checkKeyOfToken: Check<BindingFacts> = {
  id: 'dpop.key-of-token',
  title: 'The proof is of the key the access token is bound to',
  spec: 'RFC 9449 4.3, 7.1',
  levels: {},
  run: ({ jkt, bound }) =>
    bound === null || jkt === bound
      ? pass(bound ?? 'the token is bound to no key')
      : {
          ...invalidToken('The DPoP proof is of another key than the one the token is bound to'),
          observed: `a key of thumbprint ${jkt}`,
          expected: `cnf.jkt ${bound}`,
        },
}
