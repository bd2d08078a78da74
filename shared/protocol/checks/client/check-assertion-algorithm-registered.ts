import { type Check, pass } from '../../check.ts'
import { shown } from '../../jwt.ts'
import { clientRefusal } from './facts.ts'

/** The algorithm of an assertion beside the one the client said it would use. */
export interface RegisteredAlgorithmFacts {
  alg: unknown
  /** token_endpoint_auth_signing_alg; null when any will do. */
  registered: string | null
}

export const checkAssertionAlgorithmRegistered: Check<RegisteredAlgorithmFacts> = {
  id: 'client.assertion-algorithm-registered',
  title: 'The assertion is signed with the algorithm the client registered for it',
  spec: 'OpenID Connect Registration 2',
  run: ({ alg, registered }) =>
    registered === null || alg === registered
      ? pass(registered ?? 'any')
      : {
          ...clientRefusal,
          description: 'The assertion is not signed with the registered algorithm',
          observed: `alg ${shown(alg)}`,
          expected: `alg ${registered}`,
          hint: 'token_endpoint_auth_signing_alg of the client names it.',
        },
}
