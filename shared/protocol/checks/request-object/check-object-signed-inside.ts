import { type Check, pass } from '../../check.ts'
import { type EncryptedObjectFacts, objectRefusal } from './facts.ts'

export const checkObjectSignedInside: Check<EncryptedObjectFacts> = {
  id: 'request-object.signed-inside',
  title: 'Inside an encrypted request object is a signed JWT',
  spec: 'RFC 9101 4, OpenID Connect Core 6.1, 10.2',
  run: ({ inside }) =>
    inside === 'jws'
      ? pass('a signed JWT')
      : {
          ...objectRefusal,
          description: 'The encrypted request object holds no signed JWT',
          observed: words[inside ?? 'other'],
          expected: 'a JWT that was signed first, and then encrypted',
          hint: 'Anybody can encrypt for a public key: without a signature nobody knows who asks.',
        },
}

const words = { jwe: 'another JWE', json: 'parameters that nobody signed', other: 'no JWT' }
