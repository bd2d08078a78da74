import { z } from 'zod'
import { filedFaults } from './faults/fault.ts'
import { flowKindId, flowOptions } from './operations/flows.ts'
import { clockOffset } from './operations/status.ts'
import { settingsChanges } from './settings.ts'
import { clientId, timestamp } from './values.ts'

/** The end of the year 9999, which is as far as RFC 3339 can write it. */
const LAST_YEAR_ENDS = 253_402_300_799_999

/** The issuer's clock: so far from real time, or standing still, from 1970 on as NumericDate counts (RFC 7519 2). */
const clock = z.strictObject({
  offsetMs: clockOffset.default(0),
  frozenAt: timestamp.min(0).max(LAST_YEAR_ENDS).nullable().default(null),
})

/** One flow that is played to its end, with what should come of it. */
export const scenarioStep = z.strictObject({
  name: z.string().trim().min(1).max(200).optional(),
  flow: flowKindId,
  /** client_id of a client of the workspace; demo-web when left out. */
  client: clientId.optional(),
  /** Id of the user the robot logs in. */
  user: z.string().min(1).max(255).optional(),
  parameters: z.record(z.string().min(1).max(100), z.string().max(100_000)).default({}),
  options: flowOptions.partial().strict().default({}),
  /** Goes on with tokens, key and cookies of the step before. */
  goesOn: z.boolean().default(false),
  /** A refusal is an OAuth error, or an answer that the client must not take; with an error, that one alone will do. */
  expect: z
    .union([z.literal('done'), z.literal('refused'), z.strictObject({ refused: z.string().min(1).max(100) })])
    .default('done'),
})
export type ScenarioStep = z.output<typeof scenarioStep>

/** A scenario as a file. It takes the place of all faults; a clock of null, and settings it does not name, stay. */
export const scenarioFile = z
  .strictObject({
    $schema: z.string().optional(),
    format: z.literal('grantscope-scenario'),
    version: z.literal(1),
    name: z.string().trim().min(1).max(100),
    about: z.string().max(2_000).default(''),
    faults: filedFaults,
    clock: clock.nullable().default(null),
    settings: settingsChanges.default({}),
    steps: z.array(scenarioStep).max(100).default([]),
  })
  .meta({ title: 'Grantscope scenario' })
export type ScenarioFile = z.output<typeof scenarioFile>
export type ScenarioFileInput = z.input<typeof scenarioFile>
