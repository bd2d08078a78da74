import { type Check, pass } from '../../check.ts'
import { invalidTarget, type ResourceIndicatorFacts } from './facts.ts'

export const checkResourceListed: Check<ResourceIndicatorFacts> = {
  id: 'resource.listed',
  title: 'Every resource is one the issuer was told of, where it was told of any',
  spec: 'RFC 8707 2',
  levels: { lenient: 'warn' },
  run: ({ resources, own, listed }) => {
    const unknown = listed === null ? undefined : resources.find((uri) => ![...own, ...listed].includes(uri))
    if (unknown === undefined) return pass(listed === null ? 'any will do' : resources.join(' ') || 'none')
    return {
      ...invalidTarget('The resource is not known'),
      observed: unknown.slice(0, 200),
      expected: [...(listed ?? []), own[0]].join(' or '),
      hint: 'Compared to the letter, a slash at the end included. Add it to the resources in the settings, or let them be any.',
    }
  },
}
