import { type Check, pass } from '../../check.ts'
import { printable } from '../../form.ts'
import { invalidMetadata, type MetadataFacts } from './facts.ts'

export const checkEncryptionKeys: Check<MetadataFacts> = {
  id: 'registration.encryption-keys',
  title: 'What is to be encrypted has an algorithm, and a key to encrypt with',
  spec: 'OpenID Connect Registration 2, OpenID Connect Core 10.2, RFC 7591 3.2.2',
  run: ({ encryptionProblems }) => {
    const [first] = encryptionProblems
    if (!first) return pass()
    return {
      ...invalidMetadata,
      description: printable(`${first.member} ${first.problem}`, 300),
      observed: encryptionProblems.map(({ member, problem }) => `${member} ${problem}`).join('; '),
      expected: 'an alg beside each enc; and jwks_uri, or a key for the alg in jwks, or a client secret',
      hint: 'Rather refused than ignored: the client would wait for something it could decrypt.',
    }
  },
}
