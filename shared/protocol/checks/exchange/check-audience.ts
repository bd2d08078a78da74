import { type Check, pass } from '../../check.ts'
import type { TargetFacts } from './facts.ts'

export const checkAudience: Check<TargetFacts> = {
  id: 'exchange.audience',
  title: 'The issuer knows every audience',
  spec: 'RFC 8693 2.1, 2.2.2',
  levels: { lenient: 'warn' },
  run: ({ audiences, known }) => {
    // An API is not registered anywhere, so its URL is taken as it is, as `resource` would be.
    const unknown = audiences.find((name) => !known.includes(name) && !URL.canParse(name))
    if (unknown === undefined) return pass(audiences.join(' ') || 'none')
    return {
      error: 'invalid_target',
      description: 'Unknown audience',
      observed: unknown.slice(0, 200),
      expected: 'the URL of an API, the issuer, or the client_id of a registered client',
    }
  },
}
