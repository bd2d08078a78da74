import { type Check, pass } from '../../check.ts'
import { objectRefusal, type RequestObjectFacts, shown } from './facts.ts'

export const checkObjectIssuer: Check<Pick<RequestObjectFacts, 'claims' | 'clientId'>> = {
  id: 'request-object.issuer',
  title: 'The request object is from the client and nobody else, by iss',
  spec: 'RFC 9101 4, OpenID Connect Core 6.1',
  run: ({ claims: { iss }, clientId }) =>
    iss === undefined || iss === clientId
      ? pass(shown(iss))
      : {
          ...objectRefusal,
          description: 'iss of the request object is not the client',
          observed: `iss ${shown(iss)}`,
          expected: `iss "${clientId}"`,
        },
}
