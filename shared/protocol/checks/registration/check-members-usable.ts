import { type Check, pass } from '../../check.ts'
import { printable } from '../../form.ts'
import { invalidMetadata, type MetadataFacts } from './facts.ts'

export const checkMembersUsable: Check<MetadataFacts> = {
  id: 'registration.members-usable',
  title: 'Every member has a value of its kind that this issuer can hold to',
  spec: 'RFC 7591 2, 3.2.2, OpenID Connect Registration 2',
  run: ({ unusable }) => {
    const [first] = unusable
    if (!first) return pass()
    return {
      ...invalidMetadata,
      description: printable(`${first.member} ${first.problem}`, 300),
      observed: unusable.map(({ member, problem }) => `${member} ${problem}`).join('; '),
      expected: 'values as the standard and the discovery document have them',
    }
  },
}
