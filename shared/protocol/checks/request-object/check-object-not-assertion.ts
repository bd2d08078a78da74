import { type Check, pass } from '../../check.ts'
import { objectRefusal, type RequestObjectFacts } from './facts.ts'

export const checkObjectNotAssertion: Check<Pick<RequestObjectFacts, 'claims' | 'clientId'>> = {
  id: 'request-object.not-assertion',
  title: 'The request object could not pass for a client assertion, by sub',
  spec: 'RFC 9101 10.8',
  levels: { standard: 'warn', lenient: 'off' },
  run: ({ claims: { sub }, clientId }) =>
    sub === clientId
      ? {
          ...objectRefusal,
          description: 'sub of the request object is the client',
          observed: `sub "${clientId}"`,
          expected: 'no sub',
          hint: 'With iss, sub and aud it looks like what a client authenticates with, and it passes through the browser.',
        }
      : pass(),
}
