import { type Check, pass } from '../../check.ts'
import { invalidToken } from '../bearer/facts.ts'

export interface SchemeFacts {
  scheme: 'bearer' | 'dpop'
  /** cnf.jkt of the token; null for one that is bound to no key. */
  bound: string | null
}

export const checkSchemeOfToken: Check<SchemeFacts> = {
  id: 'dpop.scheme-of-token',
  title: 'A token bound to a key is shown with DPoP, any other with Bearer',
  spec: 'RFC 9449 7.1, 7.2',
  levels: {},
  run: ({ scheme, bound }) => {
    if ((scheme === 'dpop') === (bound !== null)) return pass(scheme)
    return bound === null
      ? {
          ...invalidToken('The token is not bound to a key'),
          observed: 'a bearer token with the scheme DPoP',
          expected: 'Authorization: Bearer <token>',
          hint: 'token_type in the token response says which scheme. For a bound token, send a DPoP proof to the token endpoint.',
        }
      : {
          ...invalidToken('The token is bound to a key: use the scheme DPoP and send a proof'),
          observed: 'a token with cnf.jkt and the scheme Bearer',
          expected: 'Authorization: DPoP <token>, with a DPoP header beside it',
          hint: 'Shown as a bearer token it could be used by whoever stole it.',
        }
  },
}
