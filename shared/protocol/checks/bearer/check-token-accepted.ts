import { type Check, pass } from '../../check.ts'
import { type AccessFacts, invalidToken } from './facts.ts'

export const checkTokenAccepted: Check<AccessFacts> = {
  id: 'bearer.second-factor-done',
  title: 'The second factor was shown where one is wanted',
  spec: 'RFC 6750 3.1, RFC 9470 3',
  run: ({ kind, accepts }) =>
    accepts.includes(kind)
      ? pass(`${kind} token`)
      : {
          ...invalidToken('Second factor required'),
          observed: 'a pending token (scope 2fa), good for POST /2fa/verify only',
          expected: 'a full access token',
          hint: 'POST the six digits to /2fa/verify with this token.',
        },
}
