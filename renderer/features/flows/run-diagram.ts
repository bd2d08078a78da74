import type { FlowAttempt, FlowHop, FlowRun, FlowStep } from '../../../shared/contract/operations/flows.ts'
import { count, durationWords, pathOf } from '../../../shared/flow/words.ts'
import type { Arrow, Lane } from '../../ui/exchange/sequence-diagram.tsx'

const lanes = ['browser', 'client', 'issuer', 'api'] as const
type LaneId = (typeof lanes)[number]

const laneNames: Readonly<Record<LaneId, string>> = {
  browser: 'Browser',
  client: 'This client',
  issuer: 'Issuer',
  api: 'API',
}

/** Steps that show a token, or a cookie, to an API. */
const apiSteps = new Set(['api', 'me'])

/** Tokens a step may give, by the names of RFC 6749 5.1 and OpenID Connect Core 3.1.3.3. */
const tokenNames = new Set(['access_token', 'refresh_token', 'id_token'])

/** The steps of a run as arrows: those sent with the answer to their latest attempt, the others as they would be sent. */
export function toDiagram(run: Pick<FlowRun, 'steps' | 'profile' | 'login'>): {
  lanes: Lane[]
  arrows: Arrow[]
} {
  const arrows = run.steps.map(toArrow)
  const present = new Set(arrows.flatMap(({ from, to }) => [from, to]))
  const who = { browser: loginWho(run), client: run.profile.clientId, issuer: null, api: null }
  return {
    lanes: lanes.filter((id) => present.has(id)).map((id) => ({ id, name: laneNames[id], who: who[id] })),
    arrows,
  }
}

const loginWho = ({ login }: Pick<FlowRun, 'login'>): string | null =>
  login.by === 'robot' ? `robot${login.userId ? ` as ${login.userId}` : ''}` : null

function toArrow(step: FlowStep): Arrow {
  const attempt = step.attempts.at(-1)
  const hop = attempt && decisiveHop(attempt)
  const request = hop?.request ?? step.prepared
  return {
    id: step.index,
    number: step.index + 1,
    from: step.type === 'login' ? 'browser' : 'client',
    to: apiSteps.has(step.id) ? 'api' : 'issuer',
    request: request ? `${request.method} ${pathOfUrl(request.url)}` : step.title,
    note: attempt ? noteOf(step, attempt) : null,
    response: attempt && !isWithoutAnswer(attempt) ? answerWords(attempt, hop) : null,
    took: attempt && hop?.response ? durationWords(sum(attempt.hops)) : null,
    refused: attempt?.outcome === 'failed',
    born: attempt ? attempt.kept.filter((name) => tokenNames.has(name)) : [],
    struck: [],
    failed: attempt ? attempt.checks.filter(({ outcome }) => outcome !== 'passed') : [],
  }
}

const sum = (hops: readonly FlowHop[]): number =>
  hops.reduce((total, { durationMs }) => total + durationMs, 0)

/** A login by robot takes several requests: the first is the authorization request, and the last has the answer. */
const decisiveHop = ({ hops }: FlowAttempt): FlowHop | undefined =>
  hops[0] && { ...hops[0], response: hops.at(-1)?.response ?? null }

const isWithoutAnswer = ({ outcome, redirect }: FlowAttempt): boolean =>
  outcome === 'waiting' || (outcome === 'cancelled' && redirect === null)

function noteOf({ attempts }: FlowStep, latest: FlowAttempt): string | null {
  const notes = [
    isWithoutAnswer(latest) && latest.outcome,
    attempts.length > 1 && count(attempts.length, 'attempt'),
    latest.hops.length > 1 && count(latest.hops.length, 'request'),
  ].filter((note) => note !== false)
  return notes.length > 0 ? notes.join(', ') : null
}

/** "200", "400 invalid_grant"; in want of an answer, how the attempt ended. */
export function answerWords({ outcome, redirect }: FlowAttempt, hop: FlowHop | undefined): string {
  const error = redirect === null ? errorIn(hop?.response?.body ?? '') : errorInUrl(redirect)
  const said = redirect === null ? hop?.response?.status : 'redirect'
  if (said === undefined) return outcome
  return error === null ? `${said}` : `${said} ${error}`
}

function errorInUrl(url: string): string | null {
  const parameters = new URLSearchParams(/[?#](.*)$/s.exec(url)?.[1]?.replaceAll('#', '&') ?? '')
  return parameters.get('error')
}

/** The error code of an answer (RFC 6749 5.2); null when it names none. */
export function errorIn(body: string): string | null {
  try {
    const { error } = JSON.parse(body) as { error?: unknown }
    return typeof error === 'string' ? error : null
  } catch {
    return null
  }
}

/** The path, and of a long one its end. */
function pathOfUrl(url: string): string {
  const path = pathOf(URL.parse(url)?.pathname ?? url)
  return path.length > 24 ? `…${path.slice(path.lastIndexOf('/'))}` : path
}
