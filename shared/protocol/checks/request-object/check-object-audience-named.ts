import { type Check, pass } from '../../check.ts'
import { objectRefusal, type RequestObjectFacts, shown } from './facts.ts'

export const checkObjectAudienceNamed: Check<Pick<RequestObjectFacts, 'claims'>> = {
  id: 'request-object.audience-named',
  title: 'The request object says whom it is for, as aud',
  spec: 'RFC 9101 4',
  levels: { standard: 'warn', lenient: 'off' },
  run: ({ claims: { aud } }) =>
    aud === undefined
      ? {
          ...objectRefusal,
          description: 'The request object has no aud',
          observed: 'no aud',
          expected: 'the URL of the issuer',
        }
      : pass(shown(aud)),
}
