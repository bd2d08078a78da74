import { type Check, pass } from '../../check.ts'
import { printable } from '../../form.ts'
import { objectRefusal, type RequestObjectFacts, shown } from './facts.ts'

export const checkObjectSameBeside: Check<Pick<RequestObjectFacts, 'claims' | 'responseTypeBeside'>> = {
  id: 'request-object.same-beside',
  title: 'response_type beside the request object is the one inside',
  spec: 'OpenID Connect Core 6.1',
  levels: { lenient: 'warn' },
  run: ({ claims: { response_type: inside }, responseTypeBeside }) =>
    responseTypeBeside === undefined || inside === undefined || inside === responseTypeBeside
      ? pass(responseTypeBeside)
      : {
          ...objectRefusal,
          description: 'response_type differs inside and outside of the request object',
          observed: `${printable(responseTypeBeside)} outside, ${shown(inside)} inside`,
          expected: 'the same, or none outside',
        },
}
