import type BetterSqlite3 from 'better-sqlite3'
import { OpenError } from '../../options.ts'
import { foundation } from './0001-foundation.ts'
import { authorization } from './0002-authorization.ts'
import { assertions } from './0003-assertions.ts'
import { devices } from './0004-devices.ts'
import { pushedRequests } from './0005-pushed-requests.ts'
import { issuers } from './0006-issuers.ts'
import { registrations } from './0007-registrations.ts'
import { keptTraces } from './0008-kept-traces.ts'
import { senderConstraints } from './0009-sender-constraints.ts'
import { tokenLab } from './0010-token-lab.ts'
import { keyStates } from './0011-key-states.ts'
import { flows } from './0012-flows.ts'
import { tokenLife } from './0013-token-life.ts'
import { importedTraces } from './0014-imported-traces.ts'
import { faults } from './0015-faults.ts'
import { retiredSubjects } from './0016-retired-subjects.ts'
import { encryptionKeys } from './0017-encryption-keys.ts'
import { leanLedger } from './0018-lean-ledger.ts'
import type { Migration } from './migration.ts'

/** In order; the database's user_version counts how many it has had. */
export const migrations: readonly Migration[] = [
  foundation,
  authorization,
  assertions,
  devices,
  pushedRequests,
  issuers,
  registrations,
  keptTraces,
  senderConstraints,
  tokenLab,
  keyStates,
  flows,
  tokenLife,
  importedTraces,
  faults,
  retiredSubjects,
  encryptionKeys,
  leanLedger,
]

/** @throws OpenError when the file belongs to a newer version or to another program */
export function migrate(sqlite: BetterSqlite3.Database): void {
  const applied = sqlite.pragma('user_version', { simple: true }) as number
  if (applied > migrations.length) {
    throw new OpenError(
      `The database was written by a newer Grantscope (schema ${applied}, this one knows ${migrations.length}). Update Grantscope, or name another file with --db.`,
    )
  }
  if (applied === 0 && sqlite.prepare('SELECT 1 FROM sqlite_schema').get()) {
    throw new OpenError('The file is a database of another program. Name another file with --db.')
  }
  const step = sqlite.transaction((index: number) => {
    sqlite.exec(migrations[index]!.sql)
    sqlite.pragma(`user_version = ${index + 1}`)
  })
  for (let index = applied; index < migrations.length; index++) step.immediate(index)
}
