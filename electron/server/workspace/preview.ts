import type { WorkspacePreview } from '../../../shared/contract/operations/settings.ts'
import { settingsChanges } from '../../../shared/contract/settings.ts'
import { listClients } from '../store/clients.ts'
import type { Reader } from '../store/database.ts'
import { listFaults } from '../store/faults.ts'
import { listIssuers } from '../store/issuers.ts'
import { listScopes } from '../store/scopes.ts'
import { readSettings } from '../store/settings.ts'
import { listUsers } from '../store/users.ts'
import type { WorkspacePlan } from './plan.ts'

/** What laying the plan in would do to the workspace there is. */
export const previewWorkspace = (reader: Reader, plan: WorkspacePlan): WorkspacePreview => ({
  users: effect(names(listUsers(reader), 'username'), names(plan.users, 'username')),
  clients: effect(names(listClients(reader), 'id'), names(plan.clients, 'id')),
  scopes: effect(names(listScopes(reader), 'name'), names(plan.scopes, 'name')),
  issuers: effect(names(listIssuers(reader), 'name'), names(plan.issuers, 'name')),
  faults: effect(names(listFaults(reader), 'name'), names(plan.faults, 'name')),
  settings: changedSettings(readSettings(reader), plan.settings),
  secrets:
    plan.users.some(({ password, passwordHash, totpSecret }) => password ?? passwordHash ?? totpSecret) ||
    plan.clients.some(({ secret }) => secret),
})

export const names = <K extends string>(records: readonly Record<K, string>[], key: K): string[] =>
  records.map((record) => record[key])

export function effect(now: readonly string[], then: readonly string[]): WorkspacePreview['users'] {
  const [before, after] = [new Set(now), new Set(then)]
  return {
    added: then.filter((name) => !before.has(name)),
    kept: then.filter((name) => before.has(name)),
    removed: now.filter((name) => !after.has(name)),
  }
}

export const changedSettings = (now: WorkspacePlan['settings'], then: WorkspacePlan['settings']): string[] =>
  Object.keys(settingsChanges.shape).filter(
    (key) => JSON.stringify(now[key as keyof typeof now]) !== JSON.stringify(then[key as keyof typeof then]),
  )
