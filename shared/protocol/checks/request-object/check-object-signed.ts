import { type Check, pass } from '../../check.ts'
import { objectRefusal, type RequestObjectFacts, shown } from './facts.ts'

export const checkObjectSigned: Check<Pick<RequestObjectFacts, 'header'>> = {
  id: 'request-object.signed',
  title: 'The request object is signed',
  spec: 'RFC 9101 4, 10.5',
  levels: { standard: 'warn', lenient: 'off' },
  run: ({ header: { alg } }) =>
    alg === 'none'
      ? {
          ...objectRefusal,
          description: 'The request object is not signed',
          observed: 'alg "none"',
          expected: 'a signature of the client',
          hint: 'Anybody could have written it; it protects no more than plain parameters.',
        }
      : pass(`alg ${shown(alg)}`),
}
