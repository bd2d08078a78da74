import { type Check, pass } from '../../check.ts'
import type { RefreshFacts } from './facts.ts'

export const checkRefreshScopeNarrows: Check<RefreshFacts> = {
  id: 'refresh.scope-narrows',
  title: 'The refresh asks for no scope that was not granted',
  spec: 'RFC 6749 6',
  run: ({ requested, record }) => {
    const wider = (requested ?? []).filter((name) => !record?.scopes.includes(name))
    if (wider.length === 0) return pass(requested?.join(' ') ?? 'the scopes granted')
    return {
      error: 'invalid_scope',
      description: 'The scope goes beyond what was granted',
      observed: wider.join(' '),
      expected: `of ${record?.scopes.join(' ') || 'none'}`,
    }
  },
}
