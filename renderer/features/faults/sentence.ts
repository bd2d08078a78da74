import type { Fault } from '../../../shared/contract/faults/fault.ts'
import type { FaultMatch } from '../../../shared/contract/faults/match.ts'
import { grantWords } from '../../../shared/flow/words.ts'

/** What a sentence on a fault needs to know of it; of one that is still being written, the counters are zero. */
export interface Told
  extends Pick<Fault, 'match' | 'skip' | 'every' | 'count' | 'seen' | 'hits' | 'does' | 'strikes'> {
  /** `new`: it is not there yet. */
  state: Fault['state'] | 'new'
}

/** What a fault will do: "At the next 2 refreshes of demo-spa, the issuer drops the connection." */
export function faultSentence(fault: Told): string {
  const { state, hits, does } = fault
  // What was spent begins anew once its counters are reset.
  const what = `at ${whichWords(state === 'spent' ? { ...fault, seen: 0, hits: 0 } : fault)}, the issuer ${does}.`
  switch (state) {
    case 'new':
    case 'armed':
      return capital(what)
    case 'disarmed':
      return `Once armed, ${what}`
    case 'spent':
      return `It has struck ${timesWords(hits)}, and rests. Once its counters are reset, ${what}`
  }
}

/** Which requests are struck: "the next 2 refreshes of demo-spa, after 3 that pass". */
function whichWords({ match, skip, every, count, seen, hits, strikes }: Told): string {
  const [one, many] = nounsOf(match, strikes)
  const about = aboutWords(match)
  const passing = Math.max(0, skip - seen)
  const after = passing === 0 ? '' : `, after ${passing} that ${passing === 1 ? 'passes' : 'pass'} unharmed`
  const left = count === null ? null : Math.max(1, count - hits)
  if (every > 1) {
    const often = left === null ? '' : `, ${timesWords(left)} ${hits > 0 ? 'more' : 'in all'}`
    return `one of every ${every} ${many}${about}${after}${often}`
  }
  if (left === null) return `every ${one}${about}${after}`
  return left === 1 ? `the next ${one}${about}${after}` : `the next ${left} ${many}${about}${after}`
}

type Nouns = readonly [one: string, many: string]

const ownNouns: Readonly<Record<string, Nouns>> = {
  token: ['token request', 'token requests'],
  authorization: ['authorization request', 'authorization requests'],
}
const grantNouns: Readonly<Record<string, Nouns>> = {
  refresh_token: ['refresh', 'refreshes'],
  authorization_code: ['code exchange', 'code exchanges'],
}

/** More endpoints than these are not named one by one. */
const MOST_NAMED = 4

function nounsOf({ grantType, endpoints, method }: FaultMatch, strikes: readonly string[]): Nouns {
  const names = endpoints.length > 0 ? endpoints : strikes
  const by = method === null ? '' : `${method} `
  if (grantType !== null) {
    const words = grantWords(grantType)
    return grantNouns[grantType] ?? [words, `${words}s`]
  }
  const [only] = names
  if (only !== undefined && names.length === 1 && method === null && ownNouns[only]) return ownNouns[only]
  const to = names.length === 0 || names.length > MOST_NAMED ? '' : ` to ${orList(names)}`
  return [`${by}request${to}`, `${by}requests${to}`]
}

function aboutWords({ clientId, userId, parameter, issuers }: FaultMatch): string {
  const value =
    parameter && (parameter.value === null ? parameter.name : `${parameter.name}=${parameter.value}`)
  return [
    clientId !== null && ` of ${clientId}`,
    userId !== null && ` for ${userId}`,
    value !== null && ` with ${value}`,
    issuers.length > 0 && ` at issuer ${orList(issuers)}`,
  ]
    .filter(Boolean)
    .join('')
}

/** "a", "a or b", "a, b or c" */
function orList(names: readonly string[]): string {
  const last = names.at(-1) ?? ''
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} or ${last}`
}

export const timesWords = (number: number): string => (number === 1 ? 'once' : `${number} times`)

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** "2 of 3", or "2" where there is no end. */
export const hitsWords = ({ hits, count }: Pick<Fault, 'hits' | 'count'>): string =>
  count === null ? `${hits}` : `${hits} of ${count}`

export function matchesFault(fault: Fault, search: string): boolean {
  const text = [fault.name, fault.state, faultSentence(fault), ...fault.strikes].join(' ').toLowerCase()
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}
