import { type Check, pass } from '../../check.ts'
import { invalidMetadata, listed, type MetadataFacts } from './facts.ts'

export const checkMembersKnown: Check<MetadataFacts> = {
  id: 'registration.members-known',
  title: 'Every member has a meaning to this issuer',
  spec: 'RFC 7591 2',
  levels: { strict: 'warn', standard: 'warn', lenient: 'off' },
  run: ({ unknown }) =>
    unknown.length === 0
      ? pass()
      : {
          ...invalidMetadata,
          description: 'A member has no meaning to this issuer',
          observed: `ignored: ${listed(unknown)}`,
          expected: 'members of RFC 7591, OpenID Connect Registration and their extensions',
          hint: 'Unknown members are ignored, as the RFC wants; look for a slip of the pen all the same.',
        },
}
