import { ContractError, notFound } from '../../../../shared/contract/envelope.ts'
import type { FlowAttempt, FlowHop, FlowRequest } from '../../../../shared/contract/operations/flows.ts'
import { headerOf, lookUp, missing } from '../../../../shared/flow/client/context.ts'
import type { LoginStep, Reading, RedirectAnswer, RequestStep } from '../../../../shared/flow/client/types.ts'
import type { Core } from '../../core.ts'
import { addAttempt } from './attempts.ts'
import { renew } from './begin.ts'
import { ensureProofKey, prepare, stepContext } from './prepare.ts'
import { readHop, readRedirect } from './read.ts'
import { definitionOf, type RunRecord, type StepRecord } from './record.ts'
import { walk } from './robot.ts'
import { type Sending, sendHop } from './send.ts'

// One step at a time: prepared, sent, read. What waits for a person is in waiting.ts.

export interface How extends Sending {
  by: FlowAttempt['by']
}

/** Opens a login to a person. */
export type OpenLogin = (run: RunRecord, index: number, how: How) => Promise<void>

/** Makes what every step would send now, but for those that were edited by hand. */
export async function prepareAll(core: Core, run: RunRecord): Promise<void> {
  await ensureProofKey(run)
  for (const step of run.steps) if (!step.edited) await prepareStep(core, run, step)
}

async function prepareStep(core: Core, run: RunRecord, step: StepRecord): Promise<void> {
  const { request, problem } = await prepare(core, run, step)
  step.prepared = request
  step.problem = problem
}

/**
 * Sends a step. What comes of it is its last attempt.
 *
 * @throws ContractError `not_found`, `conflict` while the run waits, `refused` when there is nothing to send or the target was
 * not confirmed
 */
export async function sendStep(
  core: Core,
  run: RunRecord,
  { index, how, openLogin }: { index: number; how: How; openLogin: OpenLogin },
): Promise<void> {
  const step = stepAt(run, index)
  if (run.waiting)
    throw new ContractError('conflict', 'The run waits for a login. Finish or cancel it first.')
  await ensureProofKey(run)
  if (step.attempts.length > 0 && !step.edited) renew(core, run, index)
  if (!step.edited) await prepareStep(core, run, step)
  const request = preparedOf(core, run, step)
  const definition = definitionOf(step)
  if (definition.type === 'request') await sendRequest(core, run, { step, request, definition, how })
  else if (run.login.by === 'robot') await sendRobot(core, run, { step, request, definition, how })
  else await openLogin(run, index, how)
  await prepareAll(core, run)
}

export function stepAt(run: RunRecord, index: number): StepRecord {
  const step = run.steps[index]
  if (!step) throw notFound('step', index)
  return step
}

function preparedOf(core: Core, run: RunRecord, step: StepRecord): FlowRequest {
  if (step.prepared) return step.prepared
  const { needs, title } = definitionOf(step)
  const lacking = missing(stepContext(core, run, step), needs)
  throw new ContractError('refused', step.problem ?? `"${title}" needs ${lacking.join(', ')} first.`)
}

interface Sent<Definition> {
  step: StepRecord
  request: FlowRequest
  definition: Definition
  how: How
}

async function sendRequest(
  core: Core,
  run: RunRecord,
  { step, request, definition, how }: Sent<RequestStep>,
): Promise<void> {
  const hop = await sendHop(core, run, request, how)
  const reading = await readHop(core, run, { step, definition, hop, how })
  addAttempt(core, run, step, { by: how.by, login: null, hops: [hop], redirect: null, reading })
  // RFC 9449 8: the answer names the nonce to prove with. Who sends step by step is shown that, and sends again.
  const wantsNonce = noteNonce(run, hop) && reading.outcome === 'failed'
  if (!wantsNonce || how.by === 'step' || step.edited || step.attempts.at(-2)?.summary === reading.summary)
    return
  await prepareStep(core, run, step)
  await sendRequest(core, run, { step, request: preparedOf(core, run, step), definition, how })
}

/** Keeps the nonce an answer names. Whether the answer refused for want of it. */
function noteNonce(run: RunRecord, { request, response }: FlowHop): boolean {
  const nonce = response && headerOf(response.headers, 'dpop-nonce')
  if (!nonce || !response) return false
  run.dpopNonces[new URL(request.url).origin] = nonce
  const challenge = headerOf(response.headers, 'www-authenticate') ?? ''
  return /"?use_dpop_nonce"?/.test(response.status === 401 ? challenge : response.body)
}

async function sendRobot(
  core: Core,
  run: RunRecord,
  { step, request, definition, how }: Sent<LoginStep>,
): Promise<void> {
  const redirectUri = redirectUriOf(core, run, step)
  const { hops, redirect, problem } = await walk(core, run, { request, redirectUri, sending: how })
  const reading: Reading =
    redirect === null
      ? { outcome: 'failed', summary: problem ?? 'The robot did not get through.', kept: {}, checks: [] }
      : await readRedirect(core, run, { step, definition, redirect, how })
  const came = redirect && redirectUri !== null ? toUrl(redirect) : null
  addAttempt(core, run, step, { by: how.by, login: 'robot', hops, redirect: came, reading })
}

/** Where a login comes back; null when it does not. */
export function redirectUriOf(core: Core, run: RunRecord, step: StepRecord): string | null {
  const definition = definitionOf(step)
  if (definition.type !== 'login' || definition.returnsTo === null) return null
  return lookUp(stepContext(core, run, step), definition.returnsTo) ?? null
}

function toUrl({ address, parameters }: RedirectAnswer): string {
  const query = new URLSearchParams(parameters.map(([name, value]): [string, string] => [name, value]))
  return `${address}?${query}`
}

/** Reads what a browser came back with, as the outcome of the attempt that waited for it. */
export async function receive(core: Core, run: RunRecord, redirect: RedirectAnswer): Promise<void> {
  if (!run.waiting) return
  const how = { confirmed: run.waiting.confirmed, signal: core.closing }
  const step = stepAt(run, run.waiting.step)
  const definition = definitionOf(step)
  const waited = step.attempts.pop()
  run.waiting = null
  if (definition.type !== 'login' || !waited) return
  step.attemptCount--
  const { by, login, hops } = waited
  const reading = await readRedirect(core, run, { step, definition, redirect, how })
  addAttempt(core, run, step, { by, login, hops, redirect: toUrl(redirect), reading })
}

/** Gives up a wait or polling, and says why. */
export function stopWaiting(core: Core, run: RunRecord, summary: string): void {
  run.polling = null
  if (!run.waiting) return
  const step = stepAt(run, run.waiting.step)
  const waited = step.attempts.at(-1)
  run.waiting = null
  if (waited?.outcome === 'waiting') Object.assign(waited, { outcome: 'cancelled', summary })
  else
    addAttempt(core, run, step, {
      by: 'step',
      login: null,
      hops: [],
      redirect: null,
      reading: { outcome: 'cancelled', summary, kept: {}, checks: [] },
    })
}

/** The same, once a person had their time. */
export const timeOut = (core: Core, run: RunRecord): void => {
  const { waiting } = run
  if (waiting && waiting.deadline <= core.clock.real.now())
    stopWaiting(core, run, 'Nobody came back in time.')
}
