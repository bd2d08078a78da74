import { onTestFinished } from 'vitest'
import type { Clock } from '../../electron/server/clock.ts'
import { createGrantscope, type FlowHost, type Grantscope } from '../../electron/server/index.ts'
import type { FlowRun, FlowStep } from '../../shared/contract/operations/flows.ts'
import type { InputOf } from '../../shared/contract/operations/index.ts'
import type { Verdict } from '../../shared/contract/operations/traces.ts'
import { ISSUER, type Issuer, type IssuerOptions, openIssuer, START, withHelpers } from './issuer.ts'

// The client side, against our own issuer in this process or any other on a socket.

export interface FlowBench extends Issuer {
  /** What left this process, as URLs. */
  outbound: string[]
  start(input: InputOf<'flows.start'>): Promise<FlowRun>
  /** Starts a run of alice by robot, and goes to its end. */
  play(input: InputOf<'flows.start'>): Promise<FlowRun>
}

export interface FlowBenchOptions extends IssuerOptions {
  /** In place of one that only the test moves. */
  clock?: Clock
  flows?: FlowHost
  /** Answers in place of the network. */
  elsewhere?: (request: Request) => Promise<Response>
}

/** A core whose flows reach its own issuer without a socket, and everybody else by `fetch`. */
export async function openFlows({ flows, elsewhere, ...options }: FlowBenchOptions = {}): Promise<FlowBench> {
  const issuer = await openIssuer(options)
  return benchOf(issuer, { ...(flows ? { flows } : {}), ...(elsewhere ? { elsewhere } : {}) })
}

function benchOf(
  issuer: Issuer,
  { flows, elsewhere = fetch }: Pick<FlowBenchOptions, 'flows' | 'elsewhere'>,
): FlowBench {
  const outbound: string[] = []
  listenFor(issuer.grantscope, { ...(flows ? { flows } : {}), elsewhere, outbound })
  const start = (input: InputOf<'flows.start'>) => issuer.call('flows.start', input)
  return {
    ...issuer,
    outbound,
    start,
    play: async (input) => issuer.call('flows.run', { id: (await start({ login: alice, ...input })).id }),
  }
}

function listenFor(
  grantscope: Grantscope,
  {
    flows,
    elsewhere,
    outbound,
  }: { flows?: FlowHost; elsewhere: (request: Request) => Promise<Response>; outbound: string[] },
): void {
  grantscope.listening({
    issuer: ISSUER,
    control: null,
    warnings: [],
    ...(flows ? { flows } : {}),
    fetch: (request) => {
      if (new URL(request.url).origin === ISSUER) return grantscope.provider(request)
      outbound.push(request.url)
      return elsewhere(request)
    },
  })
}

/** A second core over a database file, as after a restart. Closed when the test ends, or before. */
export async function openFlowsAt(
  database: string,
  { flows, elsewhere, ...options }: FlowBenchOptions = {},
): Promise<FlowBench> {
  const log: string[] = []
  const clock = { now: () => START, advance: () => {} }
  const grantscope = await createGrantscope({
    database,
    host: 'embedded',
    version: '0.0.0-test',
    clock,
    log: (line) => log.push(line),
    ...options,
    workspace: { extends: 'demo', settings: { bcryptCost: 4, signingAlg: 'ES256' } },
  })
  onTestFinished(() => grantscope.close())
  return benchOf(withHelpers(grantscope, clock, log), {
    ...(flows ? { flows } : {}),
    ...(elsewhere ? { elsewhere } : {}),
  })
}

export const alice = { by: 'robot', userId: 'alice' } as const

/** The step of this id, the last of several. */
export function stepOf(run: FlowRun, id: string): FlowStep {
  const step = run.steps.findLast((one) => one.id === id)
  if (!step) throw new Error(`no step ${id} among ${run.steps.map((one) => one.id)}`)
  return step
}

export const textOf = (run: FlowRun, name: string): string =>
  run.values.find((value) => value.name === name)?.value ?? ''

/** The run once it has changed into something that is looked for. */
export async function until(
  bench: FlowBench,
  id: string,
  found: (run: FlowRun) => boolean,
): Promise<FlowRun> {
  let give: (run: FlowRun) => void
  const changed = new Promise<FlowRun>((resolve) => {
    give = resolve
  })
  const look = () => void bench.call('flows.get', { id }).then((run) => found(run) && give(run))
  const stop = bench.grantscope.events.subscribe((event) => {
    if (event.type === 'changed' && event.noun === 'flows') look()
  })
  look()
  return changed.finally(stop)
}

/** What went wrong in a run, for a test to say so: empty for one in which nothing did. */
export const troubles = (run: FlowRun): string[] =>
  run.steps.flatMap(({ id, attempts, problem }) => [
    ...(problem === null ? [] : [`${id}: ${problem}`]),
    ...attempts.flatMap(({ outcome, summary, checks }) => [
      ...(outcome === 'passed' ? [] : [`${id}: ${outcome}: ${summary}`]),
      ...failedOf(checks).map((check) => `${id}: ${check}`),
    ]),
  ])

/** Ids of the checks that failed. */
export const failedOf = (checks: readonly Verdict[]): string[] =>
  checks.flatMap(({ check, outcome }) => (outcome === 'failed' ? [check] : []))

/** Of the last attempt at a step. */
export const failedChecks = (run: FlowRun, id: string): string[] =>
  failedOf(stepOf(run, id).attempts.at(-1)?.checks ?? [])
