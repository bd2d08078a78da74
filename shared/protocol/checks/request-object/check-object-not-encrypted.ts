import { type Check, pass } from '../../check.ts'
import { type ObjectFormFacts, objectRefusal, shown } from './facts.ts'

export const checkObjectNotEncrypted: Check<ObjectFormFacts> = {
  id: 'request-object.not-encrypted',
  title: 'The request object is not encrypted, since the issuer has no key for that',
  spec: 'RFC 9101 6.1',
  run: ({ encryption }) =>
    encryption === null
      ? pass()
      : {
          ...objectRefusal,
          description: 'The issuer reads no encrypted request objects',
          observed: `a JWE, enc ${shown(encryption)}`,
          expected: 'a JWT that is signed alone',
          hint: 'To keep a request from the browser, push it to the /par endpoint (RFC 9126).',
        },
}
