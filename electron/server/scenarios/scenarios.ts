import { ContractError, notFound } from '../../../shared/contract/envelope.ts'
import { parseInput } from '../../../shared/contract/issues.ts'
import type { ParsedInputOf } from '../../../shared/contract/operations/index.ts'
import type { Scenario } from '../../../shared/contract/operations/scenarios.ts'
import { type ScenarioFile, scenarioFile } from '../../../shared/contract/scenario-file.ts'
import { defaultSettings, type Settings, type SettingsChanges } from '../../../shared/contract/settings.ts'
import type { Core } from '../core.ts'
import { randomId } from '../random.ts'
import type { Writer } from '../store/database.ts'
import { listFaults } from '../store/faults.ts'
import {
  deleteScenario,
  findScenario,
  findScenarioByName,
  listScenarios,
  type ScenarioRecord,
  saveScenario,
} from '../store/scenarios.ts'
import { readableFault } from '../workspace/export.ts'
import { builtInScenarios } from './built-in.ts'

const FORMAT = { format: 'grantscope-scenario', version: 1 } as const

const builtIn = (id: string): Scenario | undefined => {
  const found = builtInScenarios.find((scenario) => scenario.id === id)
  return found && { ...found, builtIn: true, createdAt: null, updatedAt: null }
}

const saved = (record: ScenarioRecord): Scenario => ({ ...record, builtIn: false })

export const allScenarios = ({ database }: Core): Scenario[] => [
  ...builtInScenarios.map(({ id }) => builtIn(id)!),
  ...listScenarios(database.read).map(saved),
]

/** @throws ContractError `not_found` */
export function existingScenario({ database }: Core, id: string): Scenario {
  const record = findScenario(database.read, id)
  const scenario = record ? saved(record) : builtIn(id)
  if (!scenario) throw notFound('scenario', id)
  return scenario
}

/** The file of a scenario of the list, or the one that was brought along. @throws ContractError */
export const fileOf = (core: Core, input: { id: string } | { file?: unknown }): ScenarioFile =>
  'id' in input ? existingScenario(core, input.id).file : parseInput(scenarioFile, input.file)

/** Saves what is in force as a scenario. */
export function saveCurrent(core: Core, input: ParsedInputOf<'scenarios.save'>): Scenario {
  const { name, about, clock, settings, steps } = input
  return keep(core, {
    ...FORMAT,
    name,
    about,
    faults: listFaults(core.database.read).map(readableFault),
    clock: clock ? core.clock.setting() : null,
    settings: settings ? unlikeDefaults(core.settings()) : {},
    steps,
  })
}

/** Saves a scenario, in the place of the saved one of its name. */
export function keep({ database, clock, random, events }: Core, file: ScenarioFile): Scenario {
  const now = clock.now()
  const record = database.write((writer: Writer) => {
    const known = findScenarioByName(writer, file.name)
    const scenario = {
      id: known?.id ?? randomId(random, 12),
      file,
      createdAt: known?.createdAt ?? now,
      updatedAt: now,
    }
    saveScenario(writer, scenario)
    return scenario
  })
  events.publish({ type: 'changed', noun: 'scenarios' })
  return saved(record)
}

/** @throws ContractError `refused` for one that is built in, `not_found` */
export function forget({ database, events }: Core, id: string): void {
  if (!database.write((writer) => deleteScenario(writer, id))) {
    if (builtIn(id)) throw new ContractError('refused', 'It comes with Grantscope, and cannot be removed.')
    throw notFound('scenario', id)
  }
  events.publish({ type: 'changed', noun: 'scenarios' })
}

const unlikeDefaults = (settings: Settings): SettingsChanges =>
  Object.fromEntries(
    Object.entries(settings).filter(
      ([key, value]) => JSON.stringify(value) !== JSON.stringify(defaultSettings[key as keyof Settings]),
    ),
  )

/** What is in force, as far as this scenario would change it. Its faults go on with their counters. */
export function before({ database, clock, settings }: Core, scenario: ScenarioFile): ScenarioFile {
  const now = settings()
  const named = Object.keys(scenario.settings) as (keyof Settings)[]
  return {
    ...FORMAT,
    name: 'What was before',
    about: `What was in force when "${scenario.name}" was applied.`,
    faults: listFaults(database.read).map((fault) => {
      const { seen, hits, lastHitAt } = fault
      return { ...readableFault(fault), counters: { seen, hits, lastHitAt } }
    }),
    clock: scenario.clock && clock.setting(),
    settings: Object.fromEntries(named.map((key) => [key, now[key]])),
    steps: [],
  }
}
