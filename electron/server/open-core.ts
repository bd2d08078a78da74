import { ContractError } from '../../shared/contract/envelope.ts'
import { withChanges } from '../../shared/contract/merge.ts'
import { DEFAULT_ISSUER } from '../../shared/contract/values.ts'
import { createSimulatedClock, systemClock } from './clock.ts'
import type { Core } from './core.ts'
import { createEventHub } from './events.ts'
import { createIssuers } from './issuers.ts'
import { type GrantscopeOptions, type Listening, OpenError } from './options.ts'
import { createPasswords } from './passwords.ts'
import { createFaults } from './provider/faults/faults.ts'
import { createSystemRandom, randomId } from './random.ts'
import { createRecorder } from './recorder/recorder.ts'
import { plainBox, withPlainBefore } from './secret-box.ts'
import { type Database, openDatabase } from './store/database.ts'
import { listIssuers } from './store/issuers.ts'
import { deleteOrphanKeys } from './store/keys.ts'
import { isInitialised, readClock, readSettings, writeSettings } from './store/settings.ts'
import { createThrottle } from './throttle.ts'
import { createClientKeys } from './tokens/client-keys.ts'
import { ensureKeys } from './tokens/ensure-keys.ts'
import { createKeyRing } from './tokens/key-ring.ts'
import { notedJson } from './tokens/lab/outbound.ts'
import { createSubjects } from './tokens/subjects.ts'
import { demoWorkspace } from './workspace/demo.ts'
import { layIn } from './workspace/lay-in.ts'
import { planWorkspace } from './workspace/plan.ts'
import { addSampleItems } from './workspace/reset.ts'

export interface OpenedCore {
  core: Core
  listening(where: Listening): void
  /** Ends what only waits, ahead of closing. */
  leave(): void
  /** Writes what is pending and closes the database. */
  close(): void
}

/**
 * Opens the database and everything that stands on it. A new database gets a workspace; keys to sign with are there
 * when it resolves.
 *
 * @throws OpenError when the database or the workspace in the options is not usable
 */
export async function openCore(options: GrantscopeOptions): Promise<OpenedCore> {
  const database = openDatabase(options.database, { sqliteBinding: options.sqliteBinding })
  try {
    const opened = assemble(options, database)
    await fill(opened.core)
    return opened
  } catch (error) {
    database.close()
    throw error instanceof ContractError ? workspaceError(error) : error
  }
}

function assemble(options: GrantscopeOptions, database: Database): OpenedCore {
  const { random = createSystemRandom(), log = () => {} } = options
  const clock = createSimulatedClock(options.clock ?? systemClock, readClock(database.read))
  const events = createEventHub(randomId(random))
  const issuers = createIssuers(database)
  const keys = createKeyRing({
    database,
    clock,
    random,
    algOf: (issuer) => issuers.settings(issuer).signingAlg,
  })
  const settings = () => issuers.settings(DEFAULT_ISSUER)
  const kept = () => settings().exchangesKept
  const recorder = createRecorder({ database, clock, random, events, kept, log })
  let where: Listening | null = null
  const leaving = new AbortController()
  const closing = new AbortController()
  const clientKeys = createClientKeys({ clock, fetchJson: (url) => notedJson(core, url) })

  const core: Core = {
    options,
    database,
    clock,
    random,
    events,
    issuers,
    keys,
    subjects: createSubjects({ database, random }),
    clientKeys,
    recorder,
    faults: createFaults({ database, clock, events }),
    passwords: createPasswords(() => settings().bcryptCost),
    throttle: createThrottle(clock),
    secrets: withPlainBefore(options.secretBox ?? plainBox),
    startedAt: clock.real.now(),
    settings,
    settingsOf: issuers.settings,
    async changeSettings(changes) {
      if (changes.signingAlg) await ensureKeys(keys, changes.signingAlg, listIssuers(database.read))
      const changed = database.write((writer) => {
        const next = withChanges(readSettings(writer), changes)
        writeSettings(writer, next)
        return next
      })
      events.publish({ type: 'changed', noun: 'settings' })
      if (changes.signingAlg) events.publish({ type: 'changed', noun: 'keys' })
      return changed
    },
    leaving: leaving.signal,
    closing: closing.signal,
    where: () => where,
    log,
  }
  return {
    core,
    listening(at) {
      where = at
    },
    leave: () => leaving.abort(),
    close() {
      leaving.abort()
      closing.abort()
      recorder.close()
      database.close()
    },
  }
}

async function fill(core: Core): Promise<void> {
  const { workspace } = core.options
  if (!isInitialised(core.database.read)) {
    const plan = planWorkspace(workspace ?? demoWorkspace)
    await layIn(core, plan, (writer) => addSampleItems(writer, core.clock.now()))
  } else if (workspace) await layIn(core, planWorkspace(workspace))
  // Keys take long to make, so they are stored before their issuer is: a process that was killed between leaves them behind.
  core.database.write(deleteOrphanKeys)
  await ensureKeys(core.keys, core.settings().signingAlg, listIssuers(core.database.read))
}

function workspaceError({ message, issues = [] }: ContractError): OpenError {
  const all = issues.map((issue) => `${issue.path} ${issue.message}`).join('; ')
  return new OpenError(`The workspace file cannot be used: ${all || message}`)
}
