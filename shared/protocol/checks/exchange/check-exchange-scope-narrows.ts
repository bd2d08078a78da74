import { type Check, pass } from '../../check.ts'
import type { ExchangeScopeFacts } from './facts.ts'

export const checkExchangeScopeNarrows: Check<ExchangeScopeFacts> = {
  id: 'exchange.scope-narrows',
  title: 'The exchange asks for no scope the subject token lacks',
  spec: 'RFC 8693 2.1, 5, RFC 6749 5.2',
  run: ({ requested, held }) => {
    const wider = requested.filter((name) => !held.includes(name))
    if (wider.length === 0) return pass(requested.join(' ') || 'what the subject token has')
    return {
      error: 'invalid_scope',
      description: 'The scope goes beyond that of the subject_token',
      observed: wider.join(' '),
      expected: `of ${held.join(' ') || 'none'}`,
    }
  },
}
