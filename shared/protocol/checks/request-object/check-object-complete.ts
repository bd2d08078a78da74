import { type Check, pass } from '../../check.ts'
import { printable } from '../../form.ts'
import { objectRefusal, type RequestObjectFacts } from './facts.ts'

// OpenID Connect Core 1.0 6.1 lets what is beside the object fill it up, RFC 9101 6.3 has it ignored: profile and client say which.
export const checkObjectComplete: Check<Pick<RequestObjectFacts, 'beside'>> = {
  id: 'request-object.complete',
  title: 'Every parameter stands inside the request object',
  spec: 'RFC 9101 6.3, OpenID Connect Core 6.1',
  levels: { strict: 'warn', standard: 'warn', lenient: 'off' },
  run: ({ beside }) =>
    beside.length === 0
      ? pass()
      : {
          ...objectRefusal,
          description: 'Parameters beside the request object are not inside it, or say something else',
          observed: printable(beside.join(', ')),
          expected: 'client_id and request alone',
          hint: 'A strict issuer ignores what is beside the object, and so does any for a client that has to sign; else what the object lacks is taken. What differs counts as it is inside.',
        },
}
