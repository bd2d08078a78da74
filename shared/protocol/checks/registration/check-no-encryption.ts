import { type Check, pass } from '../../check.ts'
import { invalidMetadata, listed, type MetadataFacts } from './facts.ts'

export const checkNoEncryption: Check<MetadataFacts> = {
  id: 'registration.no-encryption',
  title: 'No answer is to be encrypted, which this issuer cannot do',
  spec: 'OpenID Connect Registration 2, RFC 7591 3.2.2',
  run: ({ members }) => {
    const asked = members.filter((member) => /_encrypt(ed|ion)_/.test(member))
    return asked.length === 0
      ? pass()
      : {
          ...invalidMetadata,
          description: 'This issuer does not encrypt',
          observed: listed(asked),
          expected: 'no encrypted_response or encryption member: discovery advertises none',
          hint: 'Rather refused than ignored: the client would wait for something it could decrypt.',
        }
  },
}
