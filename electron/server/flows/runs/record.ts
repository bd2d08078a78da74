import type { ProfileSnapshot } from '../../../../shared/contract/operations/flow-profiles.ts'
import type {
  FlowAttempt,
  FlowKindId,
  FlowOptions,
  FlowRequest,
  LoginBy,
} from '../../../../shared/contract/operations/flows.ts'
import { kindOf } from '../../../../shared/flow/client/kinds/index.ts'
import type { FlowContext, StepDefinition } from '../../../../shared/flow/client/types.ts'
import type { JsonObject } from '../../../../shared/protocol/jwt.ts'
import type { Cookie } from './jar.ts'

// A run as it is stored: sealed, since it holds tokens and the secrets of its client.

export interface RunRecord {
  id: string
  kind: FlowKindId
  label: string
  profileId: string | null
  profile: ProfileSnapshot
  secrets: ProfileSecrets
  parameters: Record<string, string>
  options: FlowOptions
  login: { by: LoginBy; userId: string | null }
  /** What the run made itself or took over, by name. */
  initial: Record<string, string>
  /** Private JWK of the proofs; null until they are wanted. */
  dpopKey: JsonObject | null
  /** The nonce each server wants in the next proof (RFC 9449 8), by origin. */
  dpopNonces: Record<string, string>
  cookies: Cookie[]
  steps: StepRecord[]
  waiting: Waiting | null
  /** Whether a device's tokens are asked for again and again. */
  polling: Standing | null
  refresh: Standing & { on: boolean; stopped: string | null; failures: number }
  startedAt: number
  updatedAt: number
  parentRun: string | null
  parentStep: number | null
  /** Counts what was kept, so that the later of two values of a name is known. */
  sequence: number
}

export interface ProfileSecrets {
  secret: string | null
  privateJwk: JsonObject | null
}

/** What was agreed to for requests that leave later, by themselves. */
export interface Standing {
  confirmed: boolean
  /** Epoch milliseconds on the clock of the run; null while nothing is due. */
  at: number | null
}

export interface StepRecord {
  /** The kind whose step it is: a run may have steps of another appended. */
  kind: FlowKindId
  id: string
  /** Laid over those of the run. */
  parameters: Record<string, string>
  prepared: FlowRequest | null
  edited: boolean
  /** What `prepared` was before it was edited; null while it is not. */
  original: FlowRequest | null
  problem: string | null
  attempts: FlowAttempt[]
  /** How many there were, also of those that are forgotten. */
  attemptCount: number
  kept: { values: Record<string, string>; sequence: number } | null
}

export interface Waiting {
  step: number
  by: Exclude<LoginBy, 'robot'>
  url: string
  opened: boolean
  redirectUri: string
  /** Epoch milliseconds, real time. */
  deadline: number
  refused: string[]
  /** Whether the run goes on by itself afterwards. */
  goOn: boolean
  confirmed: boolean
}

/** Changes the request of a step by hand; null takes the changes back. */
export function editRequest(step: StepRecord, prepared: FlowRequest | null): void {
  const before = step.edited ? step.original : step.prepared
  step.original = prepared === null ? null : before
  step.prepared = prepared
  step.edited = prepared !== null
}

export const definitionOf = ({ kind, id }: StepRecord): StepDefinition =>
  kindOf(kind).steps.find((step) => step.id === id)!

export const newStep = (kind: FlowKindId, id: string, parameters: Record<string, string>): StepRecord => ({
  kind,
  id,
  parameters,
  prepared: null,
  edited: false,
  original: null,
  problem: null,
  attempts: [],
  attemptCount: 0,
  kept: null,
})

/** Values by name with the step that kept them; of two the later one counts. */
export function valuesOf({ initial, steps }: RunRecord): Map<string, { value: string; step: number | null }> {
  const values = new Map(
    Object.entries(initial).map(([name, value]) => [name, { value, step: null as number | null }]),
  )
  const kept = steps.flatMap((step, index) => (step.kept ? [{ ...step.kept, index }] : []))
  kept.sort((a, b) => a.sequence - b.sequence)
  for (const { values: some, index } of kept) {
    for (const [name, value] of Object.entries(some)) values.set(name, { value, step: index })
  }
  return values
}

/** What a step is made from. */
export function contextOf(
  run: RunRecord,
  step: Pick<StepRecord, 'parameters'>,
  issuerUrl: string | null,
): FlowContext {
  const { profile, options } = run
  const values = Object.fromEntries([...valuesOf(run)].map(([name, { value }]) => [name, value]))
  return { profile, options, issuerUrl, values, parameters: { ...run.parameters, ...step.parameters } }
}

/** Index of the step that comes next: the one after the last that passed. Null at the end. */
export function nextStep({ steps }: Pick<RunRecord, 'steps'>): number | null {
  const passed = steps.findLastIndex(({ attempts }) => attempts.at(-1)?.outcome === 'passed')
  return passed + 1 < steps.length ? passed + 1 : null
}
