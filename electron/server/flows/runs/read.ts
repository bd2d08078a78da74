import type { FlowHop } from '../../../../shared/contract/operations/flows.ts'
import type { LoginStep, Reading, RedirectAnswer, RequestStep } from '../../../../shared/flow/client/types.ts'
import type { Core } from '../../core.ts'
import { factsOf, redirectFacts, toAnswer, tokensOfAnswer, tokensOfRedirect } from './facts.ts'
import { renewKeysFor } from './new-keys.ts'
import { stepContext } from './prepare.ts'
import type { RunRecord, StepRecord } from './record.ts'
import type { Sending } from './send.ts'

// What came is read with the keys that are there by then.

interface Read<Definition> {
  step: StepRecord
  definition: Definition
  how: Sending
}

/** Reads the answer to a request. */
export async function readHop(
  core: Core,
  run: RunRecord,
  { step, definition, hop: { response, problem }, how }: Read<RequestStep> & { hop: FlowHop },
): Promise<Reading> {
  if (response === null)
    return { outcome: 'failed', summary: problem ?? 'No answer came.', kept: {}, checks: [] }
  const answer = toAnswer(response.status, response.headers, response.body)
  await renewKeysFor(core, run, tokensOfAnswer(answer), how)
  const context = stepContext(core, run, step)
  return definition.read(answer, context, await factsOf(core, run, context, answer))
}

/** Reads what a login brought back. */
export async function readRedirect(
  core: Core,
  run: RunRecord,
  { step, definition, redirect, how }: Read<LoginStep> & { redirect: RedirectAnswer },
): Promise<Reading> {
  await renewKeysFor(core, run, tokensOfRedirect(redirect), how)
  const context = stepContext(core, run, step)
  return definition.read(redirect, context, await redirectFacts(core, run, context, redirect))
}
