import { type Check, pass } from '../../check.ts'
import type { TargetFacts } from './facts.ts'

export const checkResource: Check<TargetFacts> = {
  id: 'exchange.resource',
  title: 'Every resource is an absolute URI without a fragment',
  spec: 'RFC 8693 2.1, 2.2.2, RFC 8707 2',
  run: ({ resources }) => {
    const wrong = resources.find((uri) => !URL.canParse(uri) || uri.includes('#'))
    if (wrong === undefined) return pass(resources.join(' ') || 'none')
    return {
      error: 'invalid_target',
      description: 'A resource must be an absolute URI without a fragment',
      observed: wrong.slice(0, 200),
      expected: 'the URL of an API, such as https://api.example.com/',
      hint: 'A logical name goes into the parameter audience.',
    }
  },
}
