import { ContractError } from '../../../shared/contract/envelope.ts'
import { parseInput } from '../../../shared/contract/issues.ts'
import { type FlowAttempt, type FlowRun, startInput } from '../../../shared/contract/operations/flows.ts'
import type { PlayedStep } from '../../../shared/contract/operations/scenarios.ts'
import type { ScenarioFile, ScenarioStep } from '../../../shared/contract/scenario-file.ts'
import { parseObject } from '../../../shared/protocol/jose.ts'
import type { Core } from '../core.ts'
import { clientProfile } from '../flows/runs/profiles.ts'
import type { Flows } from '../flows/runs/service.ts'
import { expectationOf, nameOf } from './words.ts'

/** Plays the steps of a scenario one after another, to the end: what went wrong at one is a result like any other. */
export async function playSteps(
  core: Core,
  flows: Flows,
  { steps }: Pick<ScenarioFile, 'steps'>,
): Promise<PlayedStep[]> {
  const played: PlayedStep[] = []
  for (const step of steps) played.push(await play(core, flows, step, played.at(-1)?.runId ?? null))
  return played
}

async function play(
  core: Core,
  flows: Flows,
  step: ScenarioStep,
  before: string | null,
): Promise<PlayedStep> {
  const said = { name: nameOf(step), expected: expectationOf(step) }
  try {
    const run = await flows.run({ id: await begin(core, flows, step, before), confirmOutbound: false })
    const { outcome, error, summary } = resultOf(run)
    return { ...said, outcome, error, summary, asExpected: isExpected(step, outcome, error), runId: run.id }
  } catch (failure) {
    if (!(failure instanceof ContractError)) throw failure
    const { message: summary } = failure
    return { ...said, outcome: 'unfinished', error: null, summary, asExpected: false, runId: null }
  }
}

/** Id of the run that plays the step. @throws ContractError */
async function begin(core: Core, flows: Flows, step: ScenarioStep, before: string | null): Promise<string> {
  const { flow, client, user = null, parameters, options, goesOn } = step
  if (goesOn && before === null)
    throw new ContractError('refused', 'It goes on with a step before it, and there is none that was played.')
  const input = parseInput(startInput, {
    kind: flow,
    label: nameOf(step).slice(0, 100),
    parameters,
    options,
    login: { by: 'robot', userId: user },
    ...(goesOn ? { from: before } : {}),
  })
  const run = await flows.start(input, client === undefined ? undefined : clientProfile(core, client, flow))
  return run.id
}

type Result = Pick<PlayedStep, 'outcome' | 'error' | 'summary'>

function resultOf(run: FlowRun): Result {
  const { state, steps } = run
  const last = steps.flatMap(({ attempts }) => attempts).findLast(({ outcome }) => outcome !== 'passed')
  if (state === 'done') return { outcome: 'done', error: null, summary: 'done' }
  const summary = last?.summary ?? lackOf(run)
  return state === 'failed'
    ? { outcome: 'refused', error: last ? errorOf(last) : null, summary }
    : { outcome: 'unfinished', error: null, summary }
}

/** Why a run stands still although nothing has gone wrong. */
function lackOf({ state, steps, next }: FlowRun): string {
  const step = next === null ? undefined : steps[next]
  if (!step || step.missing.length === 0) return step?.problem ?? `the run is ${state}`
  return `“${step.title}” needs ${step.missing.join(', ')} first`
}

/** The code of an OAuth error, or the check by which the client refused. */
function errorOf({ hops, redirect, checks }: FlowAttempt): string | null {
  const answered = parseObject(hops.at(-1)?.response?.body ?? '')?.error
  const redirected = redirect === null ? null : new URL(redirect).searchParams.get('error')
  const failed = checks.find(({ outcome }) => outcome === 'failed')?.check
  return [answered, redirected, failed].find((code): code is string => typeof code === 'string') ?? null
}

function isExpected({ expect }: ScenarioStep, outcome: Result['outcome'], error: string | null): boolean {
  if (typeof expect === 'string') return outcome === expect
  return outcome === 'refused' && error === expect.refused
}
