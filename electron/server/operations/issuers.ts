import { ContractError, notFound } from '../../../shared/contract/envelope.ts'
import { invalidInput } from '../../../shared/contract/issues.ts'
import type { Issuer, NewIssuer } from '../../../shared/contract/operations/issuers.ts'
import {
  type IssuerSettings,
  type IssuerSettingsInput,
  issuerSettings,
} from '../../../shared/contract/settings.ts'
import { DEFAULT_ISSUER } from '../../../shared/contract/values.ts'
import type { Core } from '../core.ts'
import { existingIssuer, ownSettings, publicUrl } from '../issuers.ts'
import { listClients } from '../store/clients.ts'
import type { Reader } from '../store/database.ts'
import { listFaults } from '../store/faults.ts'
import { deleteIssuer, findIssuer, type IssuerRecord, saveIssuer } from '../store/issuers.ts'
import { deleteClientsRegisteredAt } from '../store/registrations.ts'
import { listUsers } from '../store/users.ts'
import type { HandlersOf } from './handlers.ts'

export function issuerHandlers(core: Core): HandlersOf<'issuers'> {
  const { database, events, issuers } = core
  const changed = (...nouns: ('clients' | 'keys' | 'sessions' | 'tokens')[]) => {
    for (const noun of ['issuers', ...nouns] as const) events.publish({ type: 'changed', noun })
  }

  return {
    'issuers.list': () => issuers.names().map((name) => toIssuer(core, name)),
    'issuers.get': ({ name }) => toIssuer(core, existingIssuer(core, name)),
    'issuers.create': async (input) => {
      await createIssuer(core, input)
      changed('keys')
      return toIssuer(core, input.name)
    },
    'issuers.update': async ({ name, settings }) => {
      await updateIssuer(core, name, settings)
      changed('keys')
      return toIssuer(core, name)
    },
    'issuers.delete': ({ name }) => {
      refuseDefault(name)
      database.write((writer) => {
        deleteClientsRegisteredAt(writer, name)
        refuseBound(writer, name)
        if (!deleteIssuer(writer, name)) throw notFound('issuer', name)
      })
      changed('clients', 'keys', 'sessions', 'tokens')
      return {}
    },
  }
}

async function createIssuer(core: Core, { name, settings }: NewIssuer): Promise<void> {
  const { database, keys, clock } = core
  refuseTaken(core, name)
  const own = ownSettings({}, settings)
  await keys.signWith(name, own.signingAlg ?? core.settings().signingAlg)
  await keys.signer(name, 'refresh')
  const now = clock.now()
  database.write((writer) => {
    // While the keys were made another call may have come first.
    refuseTaken(core, name)
    saveIssuer(writer, { name, settings: own, createdAt: now, updatedAt: now })
  })
}

/** @throws ContractError `refused` for the default issuer, `not_found` */
export async function updateIssuer(core: Core, name: string, changes: IssuerSettingsInput): Promise<void> {
  const { database, keys, clock } = core
  refuseDefault(name)
  const next = (record: IssuerRecord): IssuerSettings => ownSettings(record.settings, changes)
  const { signingAlg = core.settings().signingAlg } = next(existing(database.read, name))
  await keys.signWith(name, signingAlg)
  database.write((writer) => {
    const record = existing(writer, name)
    saveIssuer(writer, { ...record, settings: next(record), updatedAt: clock.now() })
  })
}

function existing(reader: Reader, name: string): IssuerRecord {
  const issuer = findIssuer(reader, name)
  if (!issuer) throw notFound('issuer', name)
  return issuer
}

function refuseTaken({ issuers, options }: Core, name: string): void {
  if (issuers.has(name)) throw new ContractError('conflict', `There is an issuer "${name}" already.`)
  const base = options.issuer === undefined ? '' : new URL(options.issuer).pathname
  if (base.split('/')[1] !== name) return
  // A request to /name/token could mean either, once a proxy may take the path off.
  throw invalidInput([{ path: 'name', message: `must not be "${name}", which --issuer has as its path` }])
}

function refuseDefault(name: string): void {
  if (name !== DEFAULT_ISSUER) return
  throw new ContractError(
    'refused',
    'The default issuer is always there, and its settings are the workspace’s: see settings.update.',
  )
}

/** Bound to an issuer that is gone, nobody would know them, and nothing would meet them. */
function refuseBound(reader: Reader, name: string): void {
  const bound = [
    ...listClients(reader).flatMap(({ id, issuer }) => (issuer === name ? [`client "${id}"`] : [])),
    ...listUsers(reader).flatMap(({ username, issuer }) => (issuer === name ? [`user "${username}"`] : [])),
    ...listFaults(reader).flatMap((fault) =>
      fault.match.issuers.includes(name) ? [`fault "${fault.name}"`] : [],
    ),
  ]
  if (bound.length === 0) return
  throw new ContractError('refused', `Bound to "${name}": ${bound.join(', ')}. Unbind or remove them first.`)
}

function toIssuer(core: Core, name: string): Issuer {
  const record = findIssuer(core.database.read, name)
  const inForce = core.settingsOf(name)
  const names = Object.keys(issuerSettings.shape) as (keyof IssuerSettings)[]
  return {
    name,
    url: publicUrl(core, name) ?? null,
    settings: record?.settings ?? {},
    effective: Object.fromEntries(names.map((key) => [key, inForce[key]])) as Required<IssuerSettings>,
    createdAt: record?.createdAt ?? null,
    updatedAt: record?.updatedAt ?? null,
  }
}
