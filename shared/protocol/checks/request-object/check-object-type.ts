import { type Check, pass } from '../../check.ts'
import { hasMediaType } from '../assertion/facts.ts'
import { objectRefusal, type RequestObjectFacts, shown } from './facts.ts'

const types = ['oauth-authz-req+jwt', 'jwt']

export const checkObjectType: Check<Pick<RequestObjectFacts, 'header'>> = {
  id: 'request-object.type',
  title: 'The JWT is not of another type, by typ',
  spec: 'RFC 9101 10.8, RFC 8725 3.11',
  run: ({ header: { typ } }) =>
    hasMediaType(typ, types)
      ? pass(`typ ${shown(typ)}`)
      : {
          ...objectRefusal,
          description: 'The JWT is of another type than a request object',
          observed: `typ ${shown(typ)}`,
          expected: 'oauth-authz-req+jwt',
          hint: 'A JWT that was made for something else must not be taken for a request.',
        },
}
