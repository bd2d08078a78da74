import type { z } from 'zod'
import { mergeDistinct } from '../merge.ts'
import type { OperationTable } from '../operation.ts'
import { checkOperations } from './checks.ts'
import { clientOperations } from './clients.ts'
import { faultOperations } from './faults.ts'
import { flowProfileOperations } from './flow-profiles.ts'
import { flowOperations } from './flows.ts'
import { hostOperations } from './host.ts'
import { issuerOperations } from './issuers.ts'
import { keyOperations } from './keys.ts'
import { labOperations } from './lab.ts'
import { recipeOperations } from './recipes.ts'
import { registrationOperations } from './registration.ts'
import { scenarioOperations } from './scenarios.ts'
import { sessionOperations } from './sessions.ts'
import { settingsOperations } from './settings.ts'
import { statusOperations } from './status.ts'
import { tokenOperations } from './tokens.ts'
import { tourOperations } from './tour.ts'
import { traceImportOperations } from './trace-import.ts'
import { traceOperations } from './traces.ts'
import { userOperations } from './users.ts'

/** Every operation of the contract, by name. */
export const operations = mergeDistinct(
  statusOperations,
  userOperations,
  clientOperations,
  issuerOperations,
  tokenOperations,
  traceOperations,
  traceImportOperations,
  labOperations,
  flowOperations,
  flowProfileOperations,
  faultOperations,
  scenarioOperations,
  recipeOperations,
  tourOperations,
  registrationOperations,
  sessionOperations,
  settingsOperations,
  keyOperations,
  checkOperations,
  hostOperations,
) satisfies OperationTable

export type Operations = typeof operations
export type OperationName = keyof Operations
/** What a caller may send: defaults may be left out. */
export type InputOf<N extends OperationName> = z.input<Operations[N]['input']>
/** What a handler gets: parsed, defaults filled in. */
export type ParsedInputOf<N extends OperationName> = z.output<Operations[N]['input']>
export type OutputOf<N extends OperationName> = z.output<Operations[N]['output']>

export const isOperationName = (name: string): name is OperationName => Object.hasOwn(operations, name)
