import type { Exchange, Message } from '../../contract/operations/traces.ts'
import { formPairs, headerOf } from '../body.ts'
import { groupBy, toStep } from '../findings/facts.ts'
import { REDACTED } from '../redact.ts'

/** What belongs to one login and no other (or should): whoever shares a value of these is of one trace. Never time. */
const tying = [
  'state',
  'nonce',
  'code',
  'code_challenge',
  'request_uri',
  'device_code',
  'user_code',
  'auth_req_id',
  'sid',
]

const tokens = [
  'access_token',
  'refresh_token',
  'id_token',
  'id_token_hint',
  'token',
  'subject_token',
  'actor_token',
]

/**
 * The exchanges of one archive by login: each group in the order of the file, the groups in that of their first exchange. What nothing
 * ties to any login (a start page, keys) goes with the only login there is, or else stands together in a group of its own.
 */
export function byTies(exchanges: readonly Exchange[]): Exchange[][] {
  const groups = tied(exchanges)
  const logins = groups.filter((group) => group.some(isOfALogin))
  if (logins.length <= 1) return exchanges.length === 0 ? [] : [[...exchanges]]
  const rest = new Set(groups.filter((group) => !logins.includes(group)).flat())
  const others = exchanges.filter((exchange) => rest.has(exchange))
  return [...logins, ...(others.length > 0 ? [others] : [])].sort((a, b) => a[0]!.id - b[0]!.id)
}

/** It does more than read what is published for all. */
const isOfALogin = ({ method, endpoint, between }: Exchange): boolean =>
  method !== 'OPTIONS' &&
  (between?.to === 'api' || (endpoint !== null && endpoint !== 'discovery' && endpoint !== 'jwks'))

/** Whatever shares a tie, also by way of others. */
function tied(exchanges: readonly Exchange[]): Exchange[][] {
  const targets = new Set(exchanges.flatMap(({ url, response }) => redirectOf(url, response)))
  const above = new Map<string, string>()
  const rootOf = (tie: string): string => {
    let root = tie
    for (let next = above.get(root); next !== undefined; next = above.get(root)) {
      // Halves the way for whoever comes next: an archive may be one long chain.
      const over = above.get(next)
      if (over !== undefined) above.set(root, over)
      root = next
    }
    return root
  }
  const preflights = preflown(exchanges)
  for (const exchange of exchanges) {
    const own = rootOf(nameOf(exchange))
    for (const tie of [...tiesOf(exchange, targets), ...(preflights.get(exchange) ?? [])]) {
      const root = rootOf(tie)
      if (root !== own) above.set(root, own)
    }
  }
  const groups = groupBy(exchanges, (exchange) => rootOf(nameOf(exchange)))
  return [...groups.values()].sort((a, b) => a[0]!.id - b[0]!.id)
}

const nameOf = ({ id }: Exchange): string => `#${id}`

function tiesOf(exchange: Exchange, targets: ReadonlySet<string>): string[] {
  const { url, response } = exchange
  const { parameters, answer, token } = toStep(exchange)
  const [target] = redirectOf(url, response)
  const pairs = [
    ...parameters,
    ...pairsIn(url),
    ...(target === undefined ? [] : pairsIn(target)),
    ...Object.entries(answer),
    ...(token === null ? [] : [['token', token] as const]),
  ]
  return [
    ...pairs.flatMap(([name, value]) => tieOf(name, value)),
    ...(targets.has(url) ? [`url ${url}`] : []),
    ...(target === undefined ? [] : [`url ${target}`]),
  ]
}

/** What each CORS preflight was made for: the next request to its URL (Fetch 4.8). */
function preflown(exchanges: readonly Exchange[]): ReadonlyMap<Exchange, string[]> {
  const found = new Map<Exchange, string[]>()
  const next = new Map<string, string>()
  for (const exchange of exchanges.toReversed()) {
    if (exchange.method !== 'OPTIONS') next.set(exchange.url, nameOf(exchange))
    else found.set(exchange, [next.get(exchange.url) ?? []].flat())
  }
  return found
}

function tieOf(name: string, value: unknown): string[] {
  if (typeof value !== 'string' || value === '' || value === REDACTED) return []
  if (tokens.includes(name)) return [`token ${value}`]
  return tying.includes(name) ? [`${name} ${value}`] : []
}

/** Of query and fragment. */
const pairsIn = (url: string): [string, string][] =>
  formPairs((/[?#](.*)$/s.exec(url)?.[1] ?? '').replaceAll(/[?#]/g, '&')).map(({ name, value }) => [
    name,
    value,
  ])

/** Where an answer sends the browser. Only an address with a query is one of this login alone. */
function redirectOf(url: string, response: Message): string[] {
  const location = headerOf(response, 'location')
  if (location === null || !URL.canParse(location, url)) return []
  const { href, search } = new URL(location, url)
  return search.length > 1 ? [href] : []
}
