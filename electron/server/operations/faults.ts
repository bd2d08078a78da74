import { z } from 'zod'
import { notFound } from '../../../shared/contract/envelope.ts'
import { definitionOf } from '../../../shared/contract/faults/actions/index.ts'
import { faultCatalogue } from '../../../shared/contract/faults/catalogue.ts'
import {
  type Fault,
  type FaultFields,
  fieldsOf,
  fittingEndpoints,
  newFault,
} from '../../../shared/contract/faults/fault.ts'
import { faultPresets } from '../../../shared/contract/faults/presets.ts'
import { invalidInput, parseInput } from '../../../shared/contract/issues.ts'
import { withChanges } from '../../../shared/contract/merge.ts'
import type { ParsedInputOf } from '../../../shared/contract/operations/index.ts'
import type { Core } from '../core.ts'
import { stateOf } from '../provider/faults/faults.ts'
import { randomId } from '../random.ts'
import type { Reader } from '../store/database.ts'
import {
  deleteFault,
  deleteFaults,
  type FaultRecord,
  findFault,
  listFaults,
  saveFault,
} from '../store/faults.ts'
import { unknownIssuerIssues } from '../workspace/rules.ts'
import type { HandlersOf } from './handlers.ts'

export function faultHandlers(core: Core): HandlersOf<'faults'> {
  const { database, clock, faults } = core
  const changeSome = (ids: string[] | undefined, change: (fault: FaultRecord) => FaultRecord): Fault[] =>
    faults.change((writer) => {
      const chosen = ids?.map((id) => existing(writer, id)) ?? listFaults(writer)
      for (const fault of chosen) saveFault(writer, { ...change(fault), updatedAt: clock.now() })
      return listFaults(writer).map(toFault)
    })
  const arm = (enabled: boolean) => (fault: FaultRecord) => armed(fault, enabled, clock.now())

  return {
    'faults.list': () => listFaults(database.read).map(toFault),
    'faults.get': ({ id }) => toFault(existing(database.read, id)),
    'faults.create': (input) => {
      refuseUnknownIssuers(core, '', input)
      return create(core, input)
    },
    'faults.update': (input) => update(core, input),
    'faults.delete': ({ ids }) =>
      faults.change((writer) => {
        for (const id of ids ?? []) if (!deleteFault(writer, id)) throw notFound('fault', id)
        return { count: ids?.length ?? deleteFaults(writer) }
      }),
    'faults.arm': ({ ids }) => changeSome(ids, arm(true)),
    'faults.disarm': ({ ids }) => changeSome(ids, arm(false)),
    'faults.reset': ({ ids }) => changeSome(ids, (fault) => ({ ...fault, ...fresh(clock.now()) })),
    'faults.presets': () =>
      faultPresets.map((preset) => ({ ...preset, fault: newFault.parse(preset.fault) })),
    'faults.addPreset': ({ preset }) => {
      const found = faultPresets.find(({ id }) => id === preset)
      if (!found) throw notFound('ready fault', preset)
      return create(core, newFault.parse(found.fault))
    },
    'faults.catalogue': () => faultCatalogue,
  }
}

/** Counters of a fault that nothing has met yet. */
const fresh = (now: number) => ({ seen: 0, hits: 0, lastHitAt: null, armedAt: now })

/** @throws ContractError `invalid_input`; `path` stands before that of the match */
function refuseUnknownIssuers({ issuers }: Core, path: string, { match }: FaultFields): void {
  const issues = match.issuers.flatMap((issuer, index) =>
    unknownIssuerIssues(issuers, `${path}match.issuers.${index}`, issuer),
  )
  if (issues.length > 0) throw invalidInput(issues)
}

function create({ faults, random, clock }: Core, fields: FaultFields): Fault {
  const now = clock.now()
  const fault: FaultRecord = {
    id: randomId(random, 12),
    ...fields,
    ...fresh(now),
    createdAt: now,
    updatedAt: now,
  }
  return faults.change((writer) => {
    saveFault(writer, fault)
    return toFault(fault)
  })
}

/** What a fault is after its changes: its paths begin as those of the changes do. */
const whole = z.object({ changes: newFault })

function update(core: Core, { id, changes }: ParsedInputOf<'faults.update'>): Fault {
  const { faults, clock } = core
  return faults.change((writer) => {
    const before = existing(writer, id)
    const now = clock.now()
    const { changes: fields } = parseInput(whole, { changes: withChanges(fieldsOf(before), changes) })
    refuseUnknownIssuers(core, 'changes.', fields)
    const rearmed = armed({ ...before, ...fields, enabled: before.enabled }, fields.enabled, now)
    const counts = countsAnew(before, rearmed) ? fresh(now) : {}
    const after: FaultRecord = { ...rearmed, ...counts, updatedAt: now }
    saveFault(writer, after)
    return toFault(after)
  })
}

/** What was counted says nothing of a fault that is for other requests, or does something else. */
const countsAnew = (before: FaultRecord, after: FaultRecord): boolean =>
  (['match', 'action', 'skip', 'every'] as const).some(
    (key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]),
  )

const armed = (fault: FaultRecord, enabled: boolean, now: number): FaultRecord => ({
  ...fault,
  enabled,
  armedAt: enabled && !fault.enabled ? now : fault.armedAt,
})

function existing(reader: Reader, id: string): FaultRecord {
  const fault = findFault(reader, id)
  if (!fault) throw notFound('fault', id)
  return fault
}

const toFault = ({ armedAt: _armedAt, ...fault }: FaultRecord): Fault => ({
  ...fault,
  state: stateOf(fault),
  does: definitionOf(fault.action).says(fault.action),
  strikes: fittingEndpoints(fault),
})
