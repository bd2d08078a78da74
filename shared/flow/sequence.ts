import type { Exchange, Participant, Parties, Verdict } from '../contract/operations/traces.ts'
import { headerOf } from './body.ts'
import { answerWords, grantWords, isRefused, pathOf } from './words.ts'

/** From left to right. */
const participants: readonly Participant[] = ['browser', 'app', 'issuer', 'api']

export interface SequenceStep {
  exchange: Exchange
  from: Participant
  to: Participant
  /** On the arrow there: "POST /token". */
  request: string
  /** More about it: "password grant". */
  note: string | null
  /** On the arrow back: "400 invalid_grant". */
  response: string
  refused: boolean
  /** The checks that failed or warned. */
  failed: Verdict[]
  /** Names of the tokens the answer gave out. */
  born: string[]
}

export interface Sequence {
  /** Those that occur, from left to right. */
  lanes: Participant[]
  steps: SequenceStep[]
}

/** What exchanges with the API of the sample app are recorded as: it is no endpoint of the issuer. */
export const SAMPLE_API = 'sample-api'

const apiEndpoints = new Set(['me', 'items', SAMPLE_API])

/** The exchanges of a trace, oldest first, as arrows between those who took part. */
export function toSequence(exchanges: readonly Exchange[]): Sequence {
  const steps = exchanges.map(toStep)
  const present = new Set(steps.flatMap(({ from, to }) => [from, to]))
  return { lanes: participants.filter((participant) => present.has(participant)), steps }
}

function toStep(exchange: Exchange): SequenceStep {
  const { method, target, grantType, verdicts } = exchange
  return {
    exchange,
    ...partiesOf(exchange),
    request: `${method} ${pathOf(target)}`,
    note: grantType && grantWords(grantType),
    response: answerWords(exchange),
    refused: isRefused(exchange) || exchange.status === 0,
    failed: verdicts.filter(({ outcome }) => outcome !== 'passed'),
    born: bornIn(exchange),
  }
}

/** Who sent it to whom. */
export const partiesOf = (exchange: Exchange): Parties =>
  exchange.between ?? {
    from: exchange.direction === 'outbound' ? 'issuer' : senderOf(exchange),
    to: receiverOf(exchange),
  }

const tokenNames = ['access_token', 'refresh_token', 'id_token']

/** In the JSON of the answer, or in the URL that takes it to the app. */
function bornIn({ response }: Exchange): string[] {
  const location = headerOf(response, 'location') ?? ''
  return tokenNames.filter(
    (name) =>
      new RegExp(`"${name}"\\s*:\\s*"[^"]`).test(response.body) ||
      new RegExp(`[?#&]${name}=[^&]`).test(location),
  )
}

function receiverOf({ direction, endpoint }: Exchange): Participant {
  if (direction === 'outbound') return 'app'
  return endpoint !== null && apiEndpoints.has(endpoint) ? 'api' : 'issuer'
}

/** Only browsers say from which site they come (W3C Fetch Metadata 2.3), and all of them still call themselves Mozilla. */
function senderOf({ request }: Exchange): Participant {
  const isBrowser =
    headerOf(request, 'sec-fetch-site') !== null || headerOf(request, 'user-agent')?.startsWith('Mozilla/')
  return isBrowser ? 'browser' : 'app'
}
