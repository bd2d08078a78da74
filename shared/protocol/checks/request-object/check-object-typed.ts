import { type Check, pass } from '../../check.ts'
import { objectRefusal, type RequestObjectFacts, shown } from './facts.ts'

export const checkObjectTyped: Check<Pick<RequestObjectFacts, 'header'>> = {
  id: 'request-object.typed',
  title: 'The request object says that it is one, by typ',
  spec: 'RFC 9101 10.8',
  levels: { standard: 'warn', lenient: 'off' },
  run: ({ header: { typ } }) =>
    typeof typ === 'string' && /^(application\/)?oauth-authz-req\+jwt$/i.test(typ)
      ? pass(typ)
      : {
          ...objectRefusal,
          description: 'The request object does not say that it is one',
          observed: `typ ${shown(typ)}`,
          expected: 'typ "oauth-authz-req+jwt"',
          hint: 'With a type of its own, no other JWT of the client passes for a request.',
        },
}
