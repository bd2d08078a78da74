import { type Check, pass } from '../../check.ts'
import { type AuthorizationDetailsFacts, invalidDetails, typesOf } from './facts.ts'

export const checkDetailsTypeAllowed: Check<
  Pick<AuthorizationDetailsFacts, 'details' | 'allowed' | 'clientId'>
> = {
  id: 'authorization-details.type-allowed',
  title: 'The client may ask for every type of authorization_details',
  spec: 'RFC 9396 5, 10',
  levels: { lenient: 'warn' },
  run: ({ details, allowed, clientId }) => {
    const refused = details.filter(({ type }) => allowed !== null && !allowed.includes(type as string))
    return refused.length === 0
      ? pass(typesOf(details))
      : {
          ...invalidDetails('The client may not ask for this type of authorization_details'),
          observed: `${typesOf(refused)} by ${clientId}`,
          expected: allowed?.join(' or ') || 'none: the client may ask for no type',
        }
  },
}
