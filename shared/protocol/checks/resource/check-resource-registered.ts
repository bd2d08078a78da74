import { type Check, pass } from '../../check.ts'
import { invalidTarget, type ResourceIndicatorFacts } from './facts.ts'

// A workspace that lists nothing takes any resource, so that a developer can name their own API at once. Strict does not.
export const checkResourceRegistered: Check<ResourceIndicatorFacts> = {
  id: 'resource.registered',
  title: "Every resource is the issuer's own API or listed",
  spec: 'RFC 8707 2, RFC 9700 2.3',
  levels: { standard: 'off', lenient: 'off' },
  run: ({ resources, own, listed }) => {
    const unknown = resources.find((uri) => ![...own, ...(listed ?? [])].includes(uri))
    if (unknown === undefined) return pass(resources.join(' ') || 'none')
    return {
      ...invalidTarget('The resource is not registered'),
      observed: unknown.slice(0, 200),
      expected: [...(listed ?? []), own[0]].join(' or '),
      hint: 'Add it to the resources in the settings.',
    }
  },
}
