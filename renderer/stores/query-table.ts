import type { ChangedNoun, SequencedEvent } from '../../shared/contract/events.ts'
import type { OperationName, Operations } from '../../shared/contract/operations/index.ts'

export type QueryName = {
  [N in OperationName]: Operations[N]['kind'] extends 'query' ? N : never
}[OperationName]
export type CommandName = Exclude<OperationName, QueryName>

/** What can make an answer stale: a changed noun, a recorded exchange, a moved clock. */
export type Cause = ChangedNoun | 'exchange' | 'clock'

/** What each query reads, and so when to read it again. `workspace` touches all of them. */
export const readsOf = {
  'status.get': ['users', 'clients', 'tokens', 'traces', 'settings', 'exchange', 'host', 'faults'],
  'desktop.get': ['host'],
  'clock.get': ['clock'],
  'users.list': ['users', 'scopes'],
  'users.get': ['users', 'scopes'],
  'users.secondFactor': ['users', 'clock'],
  'clients.list': ['clients', 'scopes'],
  'clients.get': ['clients', 'scopes'],
  'clients.secret': ['clients'],
  'scopes.list': ['scopes'],
  'issuers.list': ['issuers', 'settings'],
  'issuers.get': ['issuers', 'settings'],
  'sessions.list': ['sessions', 'users', 'clients', 'tokens', 'clock'],
  'tokens.list': ['tokens', 'users', 'clients', 'clock'],
  'tokens.get': ['tokens', 'clock'],
  'tokens.effects': ['tokens', 'users', 'clients', 'scopes', 'settings', 'issuers', 'keys', 'clock'],
  'tokens.preview': ['clients', 'users', 'scopes', 'settings', 'issuers', 'keys', 'clock'],
  'tokens.inspect': ['tokens', 'keys', 'clock'],
  'exchanges.list': ['traces', 'exchange'],
  'exchanges.get': ['traces'],
  'traces.list': ['traces', 'exchange', 'clients'],
  'traces.get': ['traces', 'exchange', 'clients'],
  'traces.previewImport': [],
  'traces.export': ['traces', 'exchange'],
  'lab.inspect': ['tokens', 'keys', 'clock'],
  'lab.history': ['lab'],
  'lab.recall': ['lab'],
  'lab.outbound': ['lab'],
  'flows.abilities': [],
  'flows.kinds': [],
  'flows.list': ['flows', 'issuers'],
  'flows.get': ['flows', 'issuers', 'clock'],
  'flowProfiles.list': ['flows'],
  'flowProfiles.get': ['flows'],
  'flowProfiles.secret': ['flows'],
  'faults.list': ['faults'],
  'faults.get': ['faults'],
  'faults.presets': [],
  'faults.catalogue': [],
  'scenarios.list': ['scenarios'],
  'scenarios.get': ['scenarios'],
  'scenarios.preview': ['scenarios', 'faults', 'settings', 'clock'],
  'scenarios.export': ['scenarios'],
  'recipes.list': [],
  'tour.get': ['tour', 'traces'],
  'checks.list': [],
  'settings.get': ['settings'],
  'keys.list': ['keys', 'settings', 'issuers'],
  'keys.get': ['keys'],
  'keys.usage': ['keys', 'tokens', 'clock'],
  'keys.jwks': ['keys', 'settings', 'issuers'],
  'keys.secret': ['keys'],
  'workspace.preview': ['users', 'clients', 'scopes', 'settings', 'issuers', 'faults'],
  'workspace.export': ['users', 'clients', 'scopes', 'settings', 'issuers', 'faults'],
} as const satisfies Record<QueryName, readonly Cause[]>

/** What an event makes stale; null means everything. */
export function causeOf(event: SequencedEvent): Cause | null {
  switch (event.type) {
    case 'exchange':
      return 'exchange'
    case 'clock':
      return 'clock'
    case 'changed':
      return event.noun === 'workspace' ? null : event.noun
    case 'resync':
      return null
  }
}
