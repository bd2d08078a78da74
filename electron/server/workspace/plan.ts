import type { FiledFault } from '../../../shared/contract/faults/fault.ts'
import { type Issue, invalidInput, parseInput } from '../../../shared/contract/issues.ts'
import { withChanges } from '../../../shared/contract/merge.ts'
import type { NewClient } from '../../../shared/contract/operations/clients.ts'
import type { NewIssuer } from '../../../shared/contract/operations/issuers.ts'
import { defaultSettings, type Settings } from '../../../shared/contract/settings.ts'
import { DEFAULT_ISSUER } from '../../../shared/contract/values.ts'
import {
  type WorkspaceFile,
  type WorkspaceUser,
  workspaceFile,
} from '../../../shared/contract/workspace-file.ts'
import { ownSettings } from '../issuers.ts'
import { isTotpSecret } from '../second-factor/totp.ts'
import type { IssuerRecord } from '../store/issuers.ts'
import { demoWorkspace } from './demo.ts'
import {
  clientIssues,
  faultIssuerIssues,
  isSecretMethod,
  unknownIssuerIssues,
  unknownScopeIssues,
} from './rules.ts'

/** A whole workspace, checked: what there will be once it is laid in. */
export interface WorkspacePlan {
  settings: Settings
  issuers: PlannedIssuer[]
  scopes: WorkspaceFile['scopes']
  users: WorkspaceUser[]
  clients: NewClient[]
  faults: FiledFault[]
}

/**
 * Reads a workspace file. `"extends": "demo"` adds what the file does not name: settings one by one, and whole scopes,
 * users and clients. An entry that takes a demo entry's place has its secrets where it leaves them out.
 *
 * @throws ContractError `invalid_input`; each issue's path starts at the top of the file ("users.0.email")
 */
export function planWorkspace(input: unknown): WorkspacePlan {
  const file = parseInput(workspaceFile, input)
  const base = file.extends ? parseInput(workspaceFile, demoWorkspace) : empty
  const plan = {
    settings: withChanges(withChanges(defaultSettings, base.settings), file.settings),
    issuers: overlay(base.issuers, file.issuers, ({ name }) => name).map(plannedIssuer),
    scopes: overlay(base.scopes, file.scopes, ({ name }) => name),
    users: overlay(base.users, file.users, userId, withUserSecrets),
    clients: overlay(base.clients, file.clients, ({ id }) => id, withClientSecret),
    faults: file.faults,
  }
  const issues = issuesOf(file, plan)
  if (issues.length > 0) throw invalidInput(issues)
  return { ...plan, settings: withDefaultClient(plan) }
}

type PlannedIssuer = Pick<IssuerRecord, 'name' | 'settings'>

const plannedIssuer = ({ name, settings }: NewIssuer): PlannedIssuer => ({
  name,
  settings: ownSettings({}, settings),
})

const empty: WorkspaceFile = {
  version: 1,
  settings: {},
  issuers: [],
  scopes: [],
  users: [],
  clients: [],
  faults: [],
}

export const userId = ({ id, username }: WorkspaceUser): string => id ?? username

/** The base's entries in their order, replaced where `over` has the same key, then what only `over` has. */
function overlay<T>(
  base: readonly T[],
  over: readonly T[],
  keyOf: (entry: T) => string,
  complete: (entry: T, replaced: T) => T = (entry) => entry,
): T[] {
  const baseKeys = new Set(base.map(keyOf))
  const replaced = base.map((entry) => {
    const replacement = over.find((candidate) => keyOf(candidate) === keyOf(entry))
    return replacement ? complete(replacement, entry) : entry
  })
  return [...replaced, ...over.filter((entry) => !baseKeys.has(keyOf(entry)))]
}

function withUserSecrets(user: WorkspaceUser, replaced: WorkspaceUser): WorkspaceUser {
  const hasPassword = user.password !== undefined || user.passwordHash !== undefined
  return {
    ...user,
    password: hasPassword ? user.password : replaced.password,
    totpSecret: user.totpSecret ?? replaced.totpSecret,
  }
}

const withClientSecret = (client: NewClient, { secret }: NewClient): NewClient =>
  client.authMethods.some(isSecretMethod) ? { ...client, secret: client.secret ?? secret } : client

/** A file that names no default client, and lacks the usual one, has none: password grants must name their client. */
function withDefaultClient({ settings, clients }: WorkspacePlan): Settings {
  const exists = clients.some(({ id }) => id === settings.defaultClientId)
  return exists ? settings : { ...settings, defaultClientId: '' }
}

function issuesOf(file: WorkspaceFile, plan: WorkspacePlan): Issue[] {
  const scopes = new Set(plan.scopes.map(({ name }) => name))
  return [
    ...repeated(file.issuers, 'issuers', 'name', ({ name }) => name),
    ...boundIssues(file, plan),
    ...repeated(file.scopes, 'scopes', 'name', ({ name }) => name),
    ...repeated(file.users, 'users', 'id', userId),
    ...takenNames(file, plan),
    ...repeated(file.clients, 'clients', 'id', ({ id }) => id),
    ...file.users.flatMap((user, index) => userIssues(user, scopes, `users.${index}.`)),
    ...file.clients.flatMap((client, index) => clientIssues(client, scopes, `clients.${index}.`)),
    ...defaultClientIssues(file, plan),
  ]
}

/** Users and clients of the file that are bound to an issuer there is not, and faults that are for one. */
function boundIssues(file: WorkspaceFile, { issuers }: WorkspacePlan): Issue[] {
  const known = new Set([DEFAULT_ISSUER, ...issuers.map(({ name }) => name)])
  const bound = (['users', 'clients'] as const).flatMap((list) =>
    file[list].flatMap(({ issuer }, index) => unknownIssuerIssues(known, `${list}.${index}.issuer`, issuer)),
  )
  return [...bound, ...faultIssuerIssues(known, 'faults', file.faults)]
}

function repeated<T>(entries: readonly T[], list: string, key: string, keyOf: (entry: T) => string): Issue[] {
  const seen = new Set<string>()
  return entries.flatMap((entry, index) => {
    const value = keyOf(entry)
    if (seen.has(value)) return [{ path: `${list}.${index}.${key}`, message: `repeats "${value}"` }]
    seen.add(value)
    return []
  })
}

/** Usernames that two users of the whole workspace would share. */
const takenNames = (file: WorkspaceFile, { users }: WorkspacePlan): Issue[] =>
  file.users.flatMap((user, index) => {
    const others = users.filter(({ username }) => username === user.username)
    // Two of the file share it: the first may have it. One of the demo workspace has it: the file's may not.
    const taken = others.length > 1 && userId(others[0]!) !== userId(user)
    return taken ? [{ path: `users.${index}.username`, message: `repeats "${user.username}"` }] : []
  })

function userIssues(user: WorkspaceUser, scopes: ReadonlySet<string>, path: string): Issue[] {
  const issues = unknownScopeIssues(scopes, `${path}allowedScopes`, user.allowedScopes ?? [])
  if (user.passwordHash !== undefined && user.password !== undefined) {
    issues.push({ path: `${path}passwordHash`, message: 'stands beside a password; leave one of them out' })
  }
  if (user.passwordHash !== undefined && !hasUsableCost(user.passwordHash)) {
    issues.push({ path: `${path}passwordHash`, message: 'must have a bcrypt cost of 4 to 15' })
  }
  if (user.totpSecret !== undefined && !isTotpSecret(user.totpSecret)) {
    issues.push({
      path: `${path}totpSecret`,
      message: 'is cut short or mistyped: it does not decode as base32',
    })
  }
  return issues
}

/** The range of the bcryptCost setting. Above it a login would take minutes. */
function hasUsableCost(hash: string): boolean {
  const cost = Number(hash.slice(4, 6))
  return cost >= 4 && cost <= 15
}

function defaultClientIssues({ settings }: WorkspaceFile, { clients }: WorkspacePlan): Issue[] {
  const named = settings.defaultClientId
  if (!named || clients.some(({ id }) => id === named)) return []
  return [
    { path: 'settings.defaultClientId', message: `names "${named}", which is no client of the workspace` },
  ]
}
