import { type Check, pass } from '../../check.ts'
import { type EncryptedObjectFacts, objectRefusal } from './facts.ts'

export const checkObjectDecrypted: Check<EncryptedObjectFacts> = {
  id: 'request-object.decrypted',
  title: 'An encrypted request object can be decrypted by the issuer',
  spec: 'RFC 9101 6.1, RFC 7516 5.2',
  run: ({ problem, key }) =>
    problem === null
      ? pass(`with ${key}`)
      : {
          ...objectRefusal,
          description: 'The request object cannot be decrypted',
          observed: problem,
          expected: 'a JWE for a key of the JWKS whose use is "enc", or for one made of the client secret',
          hint: 'Fetch the JWKS again: the issuer may have rotated its keys. Then encrypt with the key whose use is "enc", and send its kid.',
        },
}
