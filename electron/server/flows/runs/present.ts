import type {
  FlowRun,
  FlowRunSummary,
  FlowStep,
  FlowWaiting,
} from '../../../../shared/contract/operations/flows.ts'
import { lacksMetadata, missing } from '../../../../shared/flow/client/context.ts'
import { describeStep } from '../../../../shared/flow/client/kinds/index.ts'
import type { Core } from '../../core.ts'
import { isLoopback } from '../../tokens/lab/outbound.ts'
import { stepContext } from './prepare.ts'
import { definitionOf, nextStep, type RunRecord, type StepRecord, valuesOf } from './record.ts'
import { clockOf } from './target.ts'

// A run as the workbench sees it.

export function summaryOf(run: RunRecord): FlowRunSummary {
  const hosts = hostsOf(run)
  return {
    id: run.id,
    kind: run.kind,
    label: run.label,
    profileId: run.profileId,
    profileName: run.profile.name,
    hosts: hosts.map(({ host }) => host),
    local: hosts.every(({ href }) => isLoopback(href)),
    state: stateOf(run),
    stepCount: run.steps.length,
    passedSteps: run.steps.filter(({ attempts }) => attempts.at(-1)?.outcome === 'passed').length,
    startedAt: run.startedAt,
    updatedAt: run.updatedAt,
    parentRun: run.parentRun,
    parentStep: run.parentStep,
    autoRefresh: run.refresh.on,
  }
}

/** Where requests went or would go, each host once. */
function hostsOf({ steps }: RunRecord): URL[] {
  const urls = steps.flatMap(({ prepared, attempts }) => [
    ...(prepared ? [prepared.url] : []),
    ...attempts.flatMap(({ hops }) => hops.map(({ request }) => request.url)),
  ])
  return [...new Map(urls.map((url) => [new URL(url).host, new URL(url)])).values()]
}

function stateOf(run: RunRecord): FlowRunSummary['state'] {
  if (run.waiting) return 'waiting'
  if (run.polling) return 'polling'
  const next = nextStep(run)
  if (next === null) return 'done'
  const outcome = run.steps[next]?.attempts.at(-1)?.outcome
  return outcome === 'failed' || outcome === 'cancelled' ? outcome : 'open'
}

/** @param isListening whether something listens for the redirect right now */
export function toRun(core: Core, run: RunRecord, isListening: boolean): FlowRun {
  return {
    ...summaryOf(run),
    profile: run.profile,
    parameters: run.parameters,
    options: run.options,
    login: run.login,
    values: [...valuesOf(run)].map(([name, { value, step }]) => ({ name, value, step })),
    cookies: run.cookies.map(({ host, name, value }) => ({ host, name, value })),
    steps: run.steps.map((step, index) => toStep(core, run, step, index)),
    next: nextStep(run),
    waiting: toWaiting(run, isListening),
    polling: typeof run.polling?.at === 'number' ? { at: run.polling.at, clock: clockOf(run.profile) } : null,
    refresh: {
      on: run.refresh.on,
      at: run.refresh.at,
      clock: clockOf(run.profile),
      stopped: run.refresh.stopped,
    },
  }
}

function toStep(core: Core, run: RunRecord, step: StepRecord, index: number): FlowStep {
  const definition = definitionOf(step)
  const context = stepContext(core, run, step)
  const needed = missing(context, definition.needs)
  // Where the endpoint is, an issuer that describes itself has to say first.
  const lacking = step.problem !== null && lacksMetadata(context) ? [...needed, 'metadata'] : needed
  return {
    ...describeStep(definition),
    index,
    state: step.attempts.at(-1)?.outcome ?? (lacking.length > 0 ? 'blocked' : 'ready'),
    missing: lacking,
    prepared: step.prepared,
    edited: step.edited,
    original: step.original,
    problem: step.problem,
    attempts: step.attempts,
  }
}

function toWaiting({ waiting }: RunRecord, listening: boolean): FlowWaiting | null {
  if (waiting === null) return null
  const { step, by, url, opened, redirectUri, deadline, refused } = waiting
  return { step, by, url, opened, redirectUri, listening, deadline, refused }
}
