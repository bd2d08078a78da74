import { ContractError, notFound } from '../../../shared/contract/envelope.ts'
import { invalidInput } from '../../../shared/contract/issues.ts'
import { withChanges } from '../../../shared/contract/merge.ts'
import type { Client, ClientChanges, NewClient } from '../../../shared/contract/operations/clients.ts'
import type { Core } from '../core.ts'
import { type ClientRecord, deleteClient, findClient, listClients, saveClient } from '../store/clients.ts'
import type { Reader } from '../store/database.ts'
import { newClientRecord } from '../workspace/records.ts'
import { clientIssues, knownScopes, unknownIssuerIssues } from '../workspace/rules.ts'
import type { HandlersOf } from './handlers.ts'

export function clientHandlers(core: Core): HandlersOf<'clients'> {
  const { database, events } = core
  const changed = () => events.publish({ type: 'changed', noun: 'clients' })

  return {
    'clients.list': () => listClients(database.read).map(toClient),
    'clients.get': ({ id }) => toClient(existing(database.read, id)),
    'clients.create': (input) => {
      const client = createClient(core, input)
      changed()
      return toClient(client)
    },
    'clients.update': ({ id, changes }) => {
      const client = updateClient(core, id, changes)
      changed()
      return toClient(client)
    },
    'clients.delete': ({ id }) => {
      refuseDefault(core, id)
      database.write((writer) => {
        if (!deleteClient(writer, id)) throw notFound('client', id)
      })
      changed()
      events.publish({ type: 'changed', noun: 'tokens' })
      return {}
    },
    'clients.secret': ({ id }) => ({ secret: existing(database.read, id).secret }),
  }
}

function existing(reader: Reader, id: string): ClientRecord {
  const client = findClient(reader, id)
  if (!client) throw notFound('client', id)
  return client
}

const createClient = (core: Core, input: NewClient): ClientRecord =>
  core.database.write((writer) => {
    if (findClient(writer, input.id)) {
      throw new ContractError('conflict', `There is a client "${input.id}" already.`)
    }
    refuseIssues(clientIssues(input, knownScopes(writer), ''))
    refuseIssues(unknownIssuerIssues(core.issuers, 'issuer', input.issuer))
    const secret = input.secret ?? null
    const client = newClientRecord(input, { secret, random: core.random, now: core.clock.now() })
    saveClient(writer, client)
    return client
  })

const updateClient = (core: Core, id: string, changes: ClientChanges): ClientRecord =>
  core.database.write((writer) => {
    const before = existing(writer, id)
    const { secret, ...settings } = changes
    const merged = withChanges<ClientRecord>(before, settings)
    refuseIssues(clientIssues({ ...merged, secret }, knownScopes(writer), 'changes.'))
    refuseIssues(unknownIssuerIssues(core.issuers, 'changes.issuer', merged.issuer))
    const kept = { secret: secret ?? before.secret, random: core.random, now: core.clock.now() }
    const client = {
      ...newClientRecord(merged, kept),
      createdAt: before.createdAt,
      registeredAt: before.registeredAt,
    }
    saveClient(writer, client)
    return client
  })

function refuseIssues(issues: Parameters<typeof invalidInput>[0]): void {
  if (issues.length > 0) throw invalidInput(issues)
}

function refuseDefault(core: Core, id: string): void {
  if (core.settings().defaultClientId !== id) return
  throw new ContractError(
    'refused',
    `"${id}" is the default client of password grants without client_id. Make another one the default first.`,
  )
}

export const toClient = ({ secret, ...client }: ClientRecord): Client => ({
  ...client,
  hasSecret: secret !== null,
})
