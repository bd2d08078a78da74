import { type Check, pass } from '../../check.ts'
import { invalidTarget, type ResourceNarrowingFacts } from './facts.ts'

export const checkResourceNarrows: Check<ResourceNarrowingFacts> = {
  id: 'resource.narrows',
  title: 'The token is asked for resources of the grant only',
  spec: 'RFC 8707 2.2',
  levels: { lenient: 'warn' },
  run: ({ resources, granted, own }) => {
    const allowed = granted.length > 0 ? granted : own
    const beyond = resources.find((uri) => !allowed.includes(uri))
    if (beyond === undefined) return pass(resources.join(' ') || 'all of the grant')
    return {
      ...invalidTarget('The resource was not granted'),
      observed: beyond.slice(0, 200),
      expected: granted.join(' or ') || `${own[0]}: the grant names no other`,
      hint: 'Name every resource in the authorization request; each token request then picks from them.',
    }
  },
}
