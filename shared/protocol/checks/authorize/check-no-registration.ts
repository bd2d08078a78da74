import { type Check, pass } from '../../check.ts'
import type { ResponseFacts } from './facts.ts'

export const checkNoRegistration: Check<ResponseFacts> = {
  id: 'authorize.no-registration',
  title: 'The request registers no client on its way',
  spec: 'OpenID Connect Core 3.1.2.6, 7.2.1',
  run: ({ registration }) =>
    registration === undefined
      ? pass()
      : {
          error: 'registration_not_supported',
          description: 'The issuer does not take the parameter registration',
          observed: 'registration',
          expected: 'a client that was registered before',
          hint: 'Register it in Clients & scopes, or at the registration endpoint.',
        },
}
