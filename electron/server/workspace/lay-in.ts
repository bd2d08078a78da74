import type { CoreEvent } from '../../../shared/contract/events.ts'
import type { NewClient } from '../../../shared/contract/operations/clients.ts'
import type { WorkspaceUser } from '../../../shared/contract/workspace-file.ts'
import type { Core } from '../core.ts'
import { createPasswords } from '../passwords.ts'
import type { Random } from '../random.ts'
import { type ClientRecord, deleteClient, findClient, listClients, saveClient } from '../store/clients.ts'
import type { Writer } from '../store/database.ts'
import { deleteIssuer, findIssuer, listIssuers, saveIssuer } from '../store/issuers.ts'
import { deleteScope, listScopes, saveScope } from '../store/scopes.ts'
import { writeSettings } from '../store/settings.ts'
import {
  deleteUser,
  findUser,
  listUsers,
  releaseUsernames,
  saveUser,
  type UserRecord,
} from '../store/users.ts'
import { ensureKeys } from '../tokens/ensure-keys.ts'
import { userId, type WorkspacePlan } from './plan.ts'
import { newClientRecord, newScopeRecord, newUserRecord } from './records.ts'
import { replaceFaults } from './replace-faults.ts'

const touched = [
  'issuers',
  'users',
  'clients',
  'scopes',
  'settings',
  'faults',
  'keys',
  'tokens',
  'workspace',
] as const

/**
 * Replaces issuers, users, clients, scopes and settings by the plan's, in one transaction. Who stays keeps tokens, sessions and
 * the keys and secrets the plan leaves out; who goes takes theirs along.
 *
 * @param before runs first in the same transaction
 */
export async function layIn(
  core: Core,
  plan: WorkspacePlan,
  before: (writer: Writer) => void = () => {},
): Promise<void> {
  const hashes = await hashPasswords(plan)
  await ensureKeys(core.keys, plan.settings.signingAlg, plan.issuers)
  const now = core.clock.now()
  core.database.write((writer) => {
    before(writer)
    writeSettings(writer, plan.settings)
    replaceIssuers(writer, plan.issuers, now)
    replaceScopes(writer, plan.scopes, now)
    replaceUsers(writer, plan.users, hashes, now)
    replaceClients(writer, plan.clients, { random: core.random, now })
    replaceFaults(writer, plan.faults, now)
  })
  core.faults.reload()
  for (const noun of touched) core.events.publish({ type: 'changed', noun } satisfies CoreEvent)
}

/** By user id, those the plan has a password for; at the cost the plan asks for, all at the same time. */
async function hashPasswords({ users, settings }: WorkspacePlan): Promise<Map<string, string>> {
  const passwords = createPasswords(() => settings.bcryptCost)
  const hashed = users.map(async (user): Promise<[string, string][]> => {
    if (user.password !== undefined) return [[userId(user), await passwords.hash(user.password)]]
    // PHP's name for the very same hash, which bcrypt does not know.
    return user.passwordHash ? [[userId(user), user.passwordHash.replace(/^\$2y/, '$2b')]] : []
  })
  return new Map((await Promise.all(hashed)).flat())
}

function replaceIssuers(writer: Writer, issuers: WorkspacePlan['issuers'], now: number): void {
  const staying = new Set(issuers.map(({ name }) => name))
  for (const { name } of listIssuers(writer)) if (!staying.has(name)) deleteIssuer(writer, name)
  for (const { name, settings } of issuers) {
    const createdAt = findIssuer(writer, name)?.createdAt ?? now
    saveIssuer(writer, { name, settings, createdAt, updatedAt: now })
  }
}

function replaceScopes(writer: Writer, scopes: WorkspacePlan['scopes'], now: number): void {
  const known = new Map(listScopes(writer).map((scope) => [scope.name, scope]))
  // All of them go first, so that the new order is the plan's.
  for (const name of known.keys()) deleteScope(writer, name)
  for (const scope of scopes) {
    saveScope(writer, newScopeRecord(scope, known.get(scope.name)?.createdAt ?? now))
  }
}

function replaceUsers(
  writer: Writer,
  users: readonly WorkspaceUser[],
  hashes: ReadonlyMap<string, string>,
  now: number,
): void {
  const staying = new Set(users.map(userId))
  for (const { id } of listUsers(writer)) if (!staying.has(id)) deleteUser(writer, id)
  // Two who stay may swap names.
  releaseUsernames(writer)
  for (const user of users) {
    const id = userId(user)
    saveUser(writer, plannedUser(user, { known: findUser(writer, id), hash: hashes.get(id), now }))
  }
}

function plannedUser(
  user: WorkspaceUser,
  { known, hash, now }: { known: UserRecord | undefined; hash: string | undefined; now: number },
): UserRecord {
  const passwordHash = hash ?? known?.passwordHash ?? null
  const planned = newUserRecord(user, { passwordHash, totpSecret: user.totpSecret ?? null, now })
  if (!known) return planned
  const sameFactor =
    user.totpSecret === undefined || (known.totpState === 'on' && user.totpSecret === known.totpSecret)
  return {
    ...planned,
    ...(sameFactor ? secondFactorOf(known) : {}),
    lastLoginAt: known.lastLoginAt,
    createdAt: known.createdAt,
  }
}

const secondFactorOf = (user: UserRecord) => ({
  totpState: user.totpState,
  totpSecret: user.totpSecret,
  totpLastStep: user.totpLastStep,
  totpFailures: user.totpFailures,
  totpLockedUntil: user.totpLockedUntil,
})

function replaceClients(
  writer: Writer,
  clients: readonly NewClient[],
  { random, now }: { random: Random; now: number },
): void {
  const staying = new Set(clients.map(({ id }) => id))
  for (const { id } of listClients(writer)) if (!staying.has(id)) deleteClient(writer, id)
  for (const client of clients) {
    const known: ClientRecord | undefined = findClient(writer, client.id)
    const secret = client.secret ?? known?.secret ?? null
    const planned = newClientRecord(client, { secret, random, now })
    saveClient(writer, { ...planned, createdAt: known?.createdAt ?? now })
  }
}
