import type { Exchange } from '../contract/operations/traces.ts'
import { isJsonObject } from '../protocol/jwt.ts'
import { formPairs, readBody } from './body.ts'
import { findTokens } from './tokens.ts'
import { pathOf } from './words.ts'

export interface Difference {
  /** Where: "status", "request scope", "answer expires_in", "access_token aud". */
  what: string
  /** Null where it is not there. */
  left: string | null
  right: string | null
  /** Made anew each time, and so different by its nature: state, code, jti, times. */
  natural: boolean
}

/** Two exchanges that stand for each other, or one that the other trace has not. */
export interface ComparedStep {
  left: Exchange | null
  right: Exchange | null
  /** Of the two; empty where there is but one. */
  differences: Difference[]
}

/** Two traces step by step: exchanges of the same kind are paired in their order, whatever comes between. */
export const compareTraces = (left: readonly Exchange[], right: readonly Exchange[]): ComparedStep[] =>
  align(left, right).map(([a, b]) => ({ left: a, right: b, differences: a && b ? differencesOf(a, b) : [] }))

const kindOf = ({ method, endpoint, target, grantType }: Exchange): string =>
  [method, endpoint ?? pathOf(target), grantType ?? ''].join(' ')

type Pair = [Exchange | null, Exchange | null]

/** A longest common subsequence by kind, with what is on one side alone where it stood. */
function align(left: readonly Exchange[], right: readonly Exchange[]): Pair[] {
  const lengths = commonLengths(left.map(kindOf), right.map(kindOf))
  const pairs: Pair[] = []
  let [i, j] = [0, 0]
  while (i < left.length || j < right.length) {
    const [a, b] = [left[i] ?? null, right[j] ?? null]
    if (a && b && kindOf(a) === kindOf(b)) {
      pairs.push([a, b])
      i++
      j++
    } else if (!b || (a && lengths[i + 1]![j]! >= lengths[i]![j + 1]!)) {
      pairs.push([a, null])
      i++
    } else {
      pairs.push([null, b])
      j++
    }
  }
  return pairs
}

/** `lengths[i][j]`: how many can be paired from i and j on. */
function commonLengths(left: readonly string[], right: readonly string[]): number[][] {
  const lengths = Array.from({ length: left.length + 1 }, () => new Array<number>(right.length + 1).fill(0))
  for (let i = left.length - 1; i >= 0; i--) {
    for (let j = right.length - 1; j >= 0; j--) {
      lengths[i]![j] =
        left[i] === right[j]
          ? lengths[i + 1]![j + 1]! + 1
          : Math.max(lengths[i + 1]![j]!, lengths[i]![j + 1]!)
    }
  }
  return lengths
}

const naturalNames = new Set([
  ...[
    'state',
    'nonce',
    'code',
    'code_challenge',
    'code_verifier',
    'request_uri',
    'client_assertion',
    'device_code',
  ],
  ...[
    'user_code',
    'access_token',
    'refresh_token',
    'id_token',
    'id_token_hint',
    'token',
    'subject_token',
    'request',
  ],
  ...[
    'jti',
    'iat',
    'exp',
    'nbf',
    'auth_time',
    'at_hash',
    'c_hash',
    's_hash',
    'sid',
    'verification_uri_complete',
  ],
])

/** The form of the issuer's own pages is new for each login. */
const isNatural = (what: string): boolean =>
  what === 'request id' || naturalNames.has(what.slice(what.lastIndexOf(' ') + 1))

function differencesOf(a: Exchange, b: Exchange): Difference[] {
  const [left, right] = [factsOf(a), factsOf(b)]
  // Of a token that only one of them has, that it has it says all.
  const [mine, yours] = [claimsOf(a), claimsOf(b)]
  for (const [name, claims] of mine) {
    const others = yours.get(name)
    if (!others) continue
    for (const [claim, value] of claims) left.set(`${name} ${claim}`, value)
    for (const [claim, value] of others) right.set(`${name} ${claim}`, value)
  }
  return [...new Set([...left.keys(), ...right.keys()])].flatMap((what) => {
    const [was, is] = [left.get(what) ?? null, right.get(what) ?? null]
    if (was === is) return []
    const natural = was !== null && is !== null && isNatural(what)
    return { what, left: was && cut(was), right: is && cut(is), natural }
  })
}

const LONGEST = 80
const cut = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text)

/** Everything of an exchange that can be held against another, by name. */
function factsOf(exchange: Exchange): Map<string, string> {
  const { status, error, userId, clientId, verdicts } = exchange
  const failed = verdicts.filter(({ outcome }) => outcome !== 'passed').map(({ title }) => title)
  const facts: [string, string | null][] = [
    ['status', String(status)],
    ['error', error],
    ['client', clientId],
    ['user', userId],
    ['checks not passed', failed.join('; ') || null],
    ...parametersOf(exchange),
    ...answersOf(exchange),
  ]
  return new Map(
    facts.flatMap(([what, value]): [string, string][] => (value === null ? [] : [[what, value]])),
  )
}

function parametersOf({ url, request }: Exchange): [string, string][] {
  const { content } = readBody(request)
  const query = formPairs(/\?([^#]*)/.exec(url)?.[1] ?? '')
  const pairs = content.kind === 'form' ? [...query, ...content.pairs] : query
  const members = content.kind === 'json' && isJsonObject(content.value) ? Object.entries(content.value) : []
  return [
    ...pairs.map(({ name, value }): [string, string] => [`request ${name}`, value]),
    ...members.map(([name, value]): [string, string] => [`request ${name}`, inWords(value)]),
  ]
}

function answersOf({ response }: Exchange): [string, string][] {
  const { content } = readBody(response)
  const members = content.kind === 'json' && isJsonObject(content.value) ? Object.entries(content.value) : []
  return members.map(([name, value]) => [`answer ${name}`, inWords(value)])
}

/** Header and claims of the JWTs in the answer, by the name of the token. */
const claimsOf = (exchange: Exchange): Map<string, [string, string][]> =>
  new Map(
    findTokens(exchange)
      .filter(({ places }) => places.some((place) => place.startsWith('response')))
      .map(({ name, decoded: { header, claims } }) => [
        name,
        Object.entries({ ...header, ...claims }).map(([claim, value]): [string, string] => [
          claim,
          inWords(value),
        ]),
      ]),
  )

const inWords = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))
