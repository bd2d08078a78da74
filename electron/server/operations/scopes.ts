import { ContractError, notFound } from '../../../shared/contract/envelope.ts'
import { withChanges } from '../../../shared/contract/merge.ts'
import type { Core } from '../core.ts'
import { listClients, saveClient } from '../store/clients.ts'
import type { Writer } from '../store/database.ts'
import { deleteScope, findScope, listScopes, saveScope } from '../store/scopes.ts'
import { listUsers, saveUser } from '../store/users.ts'
import { newScopeRecord } from '../workspace/records.ts'
import type { HandlersOf } from './handlers.ts'

export function scopeHandlers(core: Core): HandlersOf<'scopes'> {
  const { database, clock, events } = core
  const changed = () => events.publish({ type: 'changed', noun: 'scopes' })

  return {
    'scopes.list': () => [...listScopes(database.read)],
    'scopes.create': (input) => {
      const { name } = input
      const scope = newScopeRecord(input, clock.now())
      database.write((writer) => {
        if (findScope(writer, name)) {
          throw new ContractError('conflict', `There is a scope "${name}" already.`)
        }
        saveScope(writer, scope)
      })
      changed()
      return scope
    },
    'scopes.update': ({ name, ...changes }) => {
      const scope = database.write((writer) => {
        const known = findScope(writer, name)
        if (!known) throw notFound('scope', name)
        const changed = withChanges(known, changes)
        saveScope(writer, changed)
        return changed
      })
      changed()
      return scope
    },
    'scopes.delete': ({ name }) => {
      const touched = database.write((writer) => {
        if (!deleteScope(writer, name)) throw notFound('scope', name)
        const now = clock.now()
        return { clients: takeFromClients(writer, name, now), users: takeFromUsers(writer, name, now) }
      })
      changed()
      if (touched.clients > 0) events.publish({ type: 'changed', noun: 'clients' })
      if (touched.users > 0) events.publish({ type: 'changed', noun: 'users' })
      return {}
    },
  }
}

/** How many clients had it. */
function takeFromClients(writer: Writer, scope: string, now: number): number {
  const having = listClients(writer).filter(
    ({ allowedScopes, defaultScopes }) => allowedScopes?.includes(scope) || defaultScopes.includes(scope),
  )
  for (const client of having) {
    saveClient(writer, {
      ...client,
      allowedScopes: client.allowedScopes && without(client.allowedScopes, scope),
      defaultScopes: without(client.defaultScopes, scope),
      updatedAt: now,
    })
  }
  return having.length
}

/** How many users had it. */
function takeFromUsers(writer: Writer, scope: string, now: number): number {
  const having = listUsers(writer).filter(({ allowedScopes }) => allowedScopes?.includes(scope))
  for (const user of having) {
    saveUser(writer, {
      ...user,
      allowedScopes: user.allowedScopes && without(user.allowedScopes, scope),
      updatedAt: now,
    })
  }
  return having.length
}

const without = (list: readonly string[], gone: string): string[] => list.filter((entry) => entry !== gone)
