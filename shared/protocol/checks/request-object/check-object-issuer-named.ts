import { type Check, pass } from '../../check.ts'
import { objectRefusal, type RequestObjectFacts, shown } from './facts.ts'

export const checkObjectIssuerNamed: Check<Pick<RequestObjectFacts, 'claims'>> = {
  id: 'request-object.issuer-named',
  title: 'The request object says whom it is from, as iss',
  spec: 'RFC 9101 4',
  levels: { standard: 'warn', lenient: 'off' },
  run: ({ claims: { iss } }) =>
    iss === undefined
      ? {
          ...objectRefusal,
          description: 'The request object has no iss',
          observed: 'no iss',
          expected: 'the client_id',
        }
      : pass(shown(iss)),
}
