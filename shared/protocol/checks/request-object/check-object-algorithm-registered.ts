import { type Check, pass } from '../../check.ts'
import { objectRefusal, type RequestObjectFacts, shown } from './facts.ts'

export const checkObjectAlgorithmRegistered: Check<
  Pick<RequestObjectFacts, 'header' | 'registeredAlgorithm'>
> = {
  id: 'request-object.algorithm-registered',
  title: 'The request object is signed with the algorithm the client registered',
  spec: 'RFC 9101 6.2, 10.5',
  run: ({ header: { alg }, registeredAlgorithm }) =>
    registeredAlgorithm === null || alg === registeredAlgorithm
      ? pass(registeredAlgorithm ?? 'any will do')
      : {
          ...objectRefusal,
          description: 'The request object has another algorithm than the client registered',
          observed: `alg ${shown(alg)}`,
          expected: registeredAlgorithm,
          hint: 'See the algorithm of request objects in Clients & scopes.',
        },
}
