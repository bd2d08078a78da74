import { type Check, pass } from '../../check.ts'
import type { EncryptionFacts } from './facts.ts'

export const checkEncryptionKey: Check<EncryptionFacts> = {
  id: 'encryption.client-key',
  title: 'There is a key of the client to encrypt the answer with',
  spec: 'OpenID Connect Core 10.2, RFC 7516 5.1',
  run: ({ answer, alg, problem, key }) =>
    problem === null
      ? pass(`${answer}: ${key}`)
      : {
          error: 'invalid_request',
          description: `There is no key of the client to encrypt the ${answer} with`,
          observed: problem,
          expected: `a key for ${alg}, as the client registered it`,
          hint: 'What a client wants encrypted is not sent in the clear. Register a public key with use "enc", or take the encryption off in Clients & scopes.',
        },
}
