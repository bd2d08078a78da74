import { type FiledFault, fieldsOf } from '../../../shared/contract/faults/fault.ts'
import type { WorkspaceFile } from '../../../shared/contract/workspace-file.ts'
import { type ClientRecord, listClients } from '../store/clients.ts'
import type { Reader } from '../store/database.ts'
import { type FaultRecord, listFaults } from '../store/faults.ts'
import { listIssuers } from '../store/issuers.ts'
import { listScopes } from '../store/scopes.ts'
import { readSettings } from '../store/settings.ts'
import { listUsers, type UserRecord } from '../store/users.ts'

/**
 * The workspace as a file that, imported again, gives the same workspace. Without `secrets` it holds no password hash,
 * TOTP secret or client secret. A second factor that waits for its first code is left out either way.
 */
export const exportWorkspace = (reader: Reader, { secrets }: { secrets: boolean }): WorkspaceFile => ({
  version: 1,
  settings: readSettings(reader),
  issuers: listIssuers(reader).map(({ name, settings }) => ({ name, settings })),
  scopes: listScopes(reader).map(({ name, description, claims }) => ({ name, description, claims })),
  users: listUsers(reader).map((user) => ({ ...readableUser(user), ...(secrets ? userSecrets(user) : {}) })),
  clients: listClients(reader).map((client) => ({
    ...readableClient(client),
    ...(secrets && client.secret !== null ? { secret: client.secret } : {}),
  })),
  faults: listFaults(reader).map(readableFault),
})

const readableUser = ({ id, username, name, email, active, issuer, allowedScopes, claims }: UserRecord) => ({
  id,
  username,
  name,
  email,
  active,
  issuer,
  allowedScopes,
  claims,
})

const userSecrets = ({ passwordHash, totpState, totpSecret }: UserRecord) => ({
  ...(passwordHash === null ? {} : { passwordHash }),
  ...(totpState === 'on' && totpSecret !== null ? { totpSecret } : {}),
})

/** What a fault is, without what it has met. */
export const readableFault = (fault: FaultRecord): FiledFault => ({ id: fault.id, ...fieldsOf(fault) })

const readableClient = ({
  secret: _secret,
  registeredAt: _registered,
  createdAt: _made,
  updatedAt: _changed,
  ...client
}: ClientRecord) => client
