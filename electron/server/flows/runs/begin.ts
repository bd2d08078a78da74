import { createHash } from 'node:crypto'
import { ContractError } from '../../../../shared/contract/envelope.ts'
import { invalidInput } from '../../../../shared/contract/issues.ts'
import type { FlowKindId } from '../../../../shared/contract/operations/flows.ts'
import type { ParsedInputOf } from '../../../../shared/contract/operations/index.ts'
import { kindOf } from '../../../../shared/flow/client/kinds/index.ts'
import type { Core } from '../../core.ts'
import { randomId } from '../../random.ts'
import { demoProfile, openProfile, type UsedProfile } from './profiles.ts'
import { contextOf, definitionOf, newStep, type RunRecord, type StepRecord, valuesOf } from './record.ts'
import { issuerUrlOf } from './target.ts'

// How runs come to be: from nothing, from another run, and by having steps added.

type StartInput = ParsedInputOf<'flows.start'>
type Changes = ParsedInputOf<'flows.edit'>['changes']

const NEVER = { confirmed: false, at: null, on: false, stopped: null, failures: 0 }

/** What one run takes over from another. */
const TAKEN_OVER = [
  'access_token',
  'refresh_token',
  'id_token',
  'id_token_hint',
  'token_type',
  'expires_at',
  'granted_scope',
  'sub',
  'dpop_jkt',
]

/** @throws ContractError `not_found`, `invalid_input`, `refused` when the built-in issuer is on no socket */
export async function newRun(
  core: Core,
  input: StartInput,
  from: RunRecord | null,
  named?: UsedProfile,
): Promise<RunRecord> {
  const used = named ? checked(core, input.kind, named) : profileFor(core, input, from)
  const now = core.clock.real.now()
  const run: RunRecord = {
    id: randomId(core.random, 12),
    kind: input.kind,
    label: input.label,
    ...used,
    parameters: knownParameters(input.parameters, [input.kind]),
    options: { dpop: input.options.dpop ?? from?.options.dpop ?? false },
    login: input.login,
    initial: from ? takenOver(from) : {},
    dpopKey: from?.dpopKey ?? null,
    dpopNonces: from?.dpopNonces ?? {},
    cookies: from?.cookies ?? [],
    steps: [],
    waiting: null,
    polling: null,
    refresh: NEVER,
    startedAt: now,
    updatedAt: now,
    parentRun: null,
    parentStep: null,
    sequence: 0,
  }
  run.steps = stepsFor(core, run, input.kind)
  await ensureMade(core, run)
  return run
}

function profileFor(core: Core, { kind, profileId }: StartInput, from: RunRecord | null): UsedProfile {
  if (profileId !== undefined) return checked(core, kind, openProfile(core, profileId))
  if (from) return { profileId: from.profileId, profile: from.profile, secrets: from.secrets }
  return checked(core, kind, demoProfile(core, kind))
}

function checked(core: Core, kind: FlowKindId, used: UsedProfile): UsedProfile {
  const { issuer } = used.profile
  if (issuer.kind !== 'built-in') {
    if (!kindOf(kind).builtInOnly) return used
    throw new ContractError('refused', `Only the built-in issuer has the routes of "${kindOf(kind).title}".`)
  }
  if (!core.issuers.has(issuer.name))
    throw new ContractError('refused', `There is no issuer "${issuer.name}".`)
  if (issuerUrlOf(core, used.profile) === null) {
    throw new ContractError(
      'refused',
      'This issuer is on no socket, so there is nowhere to send requests to.',
    )
  }
  return used
}

const takenOver = (from: RunRecord): Record<string, string> =>
  Object.fromEntries(
    [...valuesOf(from)].flatMap(([name, { value }]) => (TAKEN_OVER.includes(name) ? [[name, value]] : [])),
  )

/** @throws ContractError `invalid_input` for a name that none of the kinds asks for */
function knownParameters(
  parameters: Record<string, string>,
  kinds: readonly FlowKindId[],
): Record<string, string> {
  const known = kinds.flatMap((kind) => kindOf(kind).parameters.map(({ name }) => name))
  const unknown = Object.keys(parameters).filter((name) => !known.includes(name))
  if (unknown.length === 0) return parameters
  throw invalidInput(
    unknown.map((name) => ({ path: `parameters.${name}`, message: 'is not a parameter of this flow' })),
  )
}

const stepsFor = (
  core: Core,
  run: RunRecord,
  kind: FlowKindId,
  parameters: Record<string, string> = {},
): StepRecord[] => {
  const context = contextOf(run, { parameters }, issuerUrlOf(core, run.profile))
  return kindOf(kind)
    .steps.filter((step) => step.applies?.(context) ?? true)
    .map(({ id }) => newStep(kind, id, parameters))
}

const SHARED_STEPS = ['metadata', 'keys']

/**
 * Adds the steps of a kind, without those the run has been through.
 *
 * @throws ContractError `refused` for a kind that cannot be added, `invalid_input`
 */
export async function appendKind(
  core: Core,
  run: RunRecord,
  kind: FlowKindId,
  parameters: Record<string, string>,
): Promise<void> {
  const { appendable, title } = kindOf(kind)
  if (!appendable) throw new ContractError('refused', `"${title}" begins anew; it cannot be added to a run.`)
  knownParameters(parameters, [kind])
  const has = (id: string) => run.steps.some((step) => step.id === id)
  const added = stepsFor(core, run, kind, parameters)
  run.steps.push(...added.filter(({ id }) => !(SHARED_STEPS.includes(id) && has(id))))
  await ensureMade(core, run)
}

/** @throws ContractError `invalid_input` */
export async function applyChanges(core: Core, run: RunRecord, changes: Changes): Promise<void> {
  const { label, parameters, options, login } = changes
  if (label !== undefined) run.label = label
  if (parameters !== undefined) {
    run.parameters = knownParameters(
      parameters,
      run.steps.map(({ kind }) => kind),
    )
  }
  if (login !== undefined) run.login = login
  if (options?.dpop !== undefined) run.options = { dpop: options.dpop }
  // Which steps there are follows from the scope; once something was sent, they stay.
  if (parameters !== undefined && run.steps.every(({ attempts }) => attempts.length === 0))
    run.steps = stepsFor(core, run, run.kind)
  await ensureMade(core, run)
}

/** A copy that goes on from a step, with what those before it kept. @throws ContractError `not_found` */
export function branchOf(core: Core, parent: RunRecord, step: number): RunRecord {
  const now = core.clock.real.now()
  const steps = parent.steps.map((one, index) =>
    index < step ? one : newStep(one.kind, one.id, one.parameters),
  )
  const run: RunRecord = {
    ...structuredClone(parent),
    id: randomId(core.random, 12),
    steps: structuredClone(steps),
    waiting: null,
    polling: null,
    refresh: NEVER,
    startedAt: now,
    updatedAt: now,
    parentRun: parent.id,
    parentStep: step,
  }
  renew(core, run, step)
  return run
}

/** Steps whose request holds what a login is told apart by. */
const ORIGINS = ['par', 'authorize']

/** Makes state, nonce and code verifier anew where a login begins anew: none of them may be used twice. */
export function renew(core: Core, run: RunRecord, step: number): void {
  const origin = run.steps.findIndex(({ id }) => ORIGINS.includes(id))
  if (origin >= step && origin >= 0) Object.assign(run.initial, loginValues(core))
  if (run.steps.some(({ id }, index) => id === 'end_session' && index >= step)) {
    run.initial.logout_state = randomId(core.random)
  }
}

/** RFC 7636 4.1 and 4.2: 32 random bytes, and their hash. */
function loginValues({ random }: Core): Record<string, string> {
  const verifier = randomId(random, 32)
  return {
    state: randomId(random),
    nonce: randomId(random),
    code_verifier: verifier,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
  }
}

/** Makes what the steps of a run need of the run itself, as far as it is not there. */
async function ensureMade(core: Core, run: RunRecord): Promise<void> {
  const needs = run.steps.flatMap((step) => [...definitionOf(step).needs])
  if (needs.includes('state') && !run.initial.state) Object.assign(run.initial, loginValues(core))
  if (needs.includes('redirect_uri') && !run.initial.redirect_uri) {
    run.initial.redirect_uri = await redirectUri(core, run)
  }
  if (needs.includes('logout_state') && !run.initial.logout_state) {
    run.initial.logout_state = randomId(core.random)
    run.initial.post_logout_redirect_uri = run.initial.redirect_uri ?? (await redirectUri(core, run))
  }
}

/** Where the browser is to come back. A port that is free now is most likely free in a moment. */
export async function redirectUri(
  core: Core,
  { profile: { redirect } }: Pick<RunRecord, 'profile'>,
): Promise<string> {
  if (redirect.kind === 'other') return redirect.uri
  const port = redirect.port ?? (await core.where()?.flows?.redirects?.freePort())
  return `http://${redirect.host}${port === undefined ? '' : `:${port}`}${redirect.path}`
}
