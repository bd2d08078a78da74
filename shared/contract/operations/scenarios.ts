import { z } from 'zod'
import { command, query } from '../operation.ts'
import { scenarioFile, scenarioStep } from '../scenario-file.ts'
import { nothing, timestamp } from '../values.ts'
import { effect } from './settings.ts'

export const scenario = z.object({
  id: z.string(),
  /** Those that come with Grantscope cannot be changed or removed. */
  builtIn: z.boolean(),
  file: scenarioFile,
  /** Null for one that is built in. */
  createdAt: timestamp.nullable(),
  updatedAt: timestamp.nullable(),
})
export type Scenario = z.infer<typeof scenario>

const id = z.string().max(100)
const one = z.strictObject({ id })
/** A scenario of the list, or one that is brought along. */
const either = z.union([one, z.strictObject({ file: z.unknown() })])

export const scenarioPreview = z.object({
  name: z.string(),
  /** Faults by name. */
  faults: effect,
  /** Whether the clock would be another. */
  clock: z.boolean(),
  /** Names of the settings that would be another. */
  settings: z.array(z.string()),
  /** What its steps would do, in words. */
  steps: z.array(z.string()),
  /** Id of the saved scenario of the same name, which an import replaces; null when there is none. */
  replaces: z.string().nullable(),
})
export type ScenarioPreview = z.infer<typeof scenarioPreview>

/** What came of a step. */
export const playedStep = z.object({
  name: z.string(),
  /** "done", "refused", "refused with invalid_grant" */
  expected: z.string(),
  /** `unfinished`: it could not be begun, or waits for something. */
  outcome: z.enum(['done', 'refused', 'unfinished']),
  /** OAuth error code, or id of the check by which the client refused the answer; null where there is neither. */
  error: z.string().nullable(),
  /** The outcome in words. */
  summary: z.string(),
  asExpected: z.boolean(),
  /** The run of its flow (`flows.get`); null for one that could not be begun. */
  runId: z.string().nullable(),
})
export type PlayedStep = z.infer<typeof playedStep>

export const scenarioOperations = {
  'scenarios.list': query(
    'Scenarios: those that come with Grantscope, then the saved ones by name.',
    nothing,
    z.array(scenario),
  ),
  'scenarios.get': query('One scenario.', one, scenario),
  'scenarios.save': command(
    'Save the faults there are now, and clock and settings if asked for, as a scenario; one of the same name is replaced.',
    z.strictObject({
      name: scenarioFile.shape.name,
      about: z.string().max(2_000).default(''),
      /** What it has beside the faults. */
      clock: z.boolean().default(false),
      /** Only those that differ from the defaults. */
      settings: z.boolean().default(false),
      steps: z.array(scenarioStep).max(100).default([]),
    }),
    scenario,
  ),
  'scenarios.preview': query(
    'What applying or importing a scenario would change; a wrong file is refused as by the import.',
    either,
    scenarioPreview,
  ),
  'scenarios.apply': command(
    'Put faults, clock and settings of a scenario in force. What it returns leads back when it is applied as a file.',
    either,
    z.object({ before: scenarioFile }),
  ),
  'scenarios.run': command(
    'Put a scenario in force, and play its steps one after another. It stays in force, as with scenarios.apply.',
    either,
    z.object({
      before: scenarioFile,
      steps: z.array(playedStep),
      /** Whether every step ended as it should. */
      asExpected: z.boolean(),
    }),
  ),
  'scenarios.import': command(
    'Save a scenario file; a saved scenario of the same name is replaced. It is not applied.',
    z.strictObject({ file: z.unknown() }),
    scenario,
  ),
  'scenarios.export': query(
    'A scenario as a file.',
    one,
    z.object({ fileName: z.string(), file: scenarioFile }),
  ),
  'scenarios.delete': command('Remove a saved scenario. What it put in force stays.', one, nothing),
}
