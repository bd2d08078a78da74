/** Why a body is not a form that can be trusted. */
export interface FormProblem {
  observed: string
  expected: string
  description: string
}

/** Parameters of a request. Of the few that may be repeated `get` has the first value, and valuesOf has each. */
export interface Parameters extends ReadonlyMap<string, string> {
  /** Every value of the names that came more than once. */
  readonly repeated?: ReadonlyMap<string, readonly string[]>
}

const MAX_PARAMETERS = 200
const utf8 = new TextDecoder('utf-8', { fatal: true })

/** The exceptions to RFC 6749 3.2 (RFC 8693 2.1, RFC 8707 2). */
export const REPEATABLE: ReadonlySet<string> = new Set(['audience', 'resource'])

/**
 * Parses application/x-www-form-urlencoded (WHATWG URL 5.1) strictly: RFC 6749 3.2 wants each parameter once, and a
 * parameter sent without a value treated as left out.
 */
export function parseForm(body: Uint8Array): { parameters: Parameters } | { problem: FormProblem } {
  let text: string
  try {
    text = utf8.decode(body)
  } catch {
    return problem('The body is not valid UTF-8', 'bytes that are not UTF-8', 'UTF-8')
  }
  const pairs: [string, string][] = []
  const seen: string[] = []
  for (const pair of text.split('&')) {
    if (pair === '') continue
    const [name, value] = splitPair(pair)
    if (name === null || value === null) return BAD_ENCODING
    const problem = parameterProblem(name, value, seen)
    if (problem) return problem
    seen.push(name)
    if (value !== '') pairs.push([name, value])
  }
  return { parameters: parametersOf(pairs) }
}

/** Parameters of pairs, of which those that may be repeated are. */
export function parametersOf(pairs: Iterable<readonly [string, string]>): Parameters {
  const first = new Map<string, string>()
  const repeated = new Map<string, string[]>()
  for (const [name, value] of pairs) {
    const before = first.get(name)
    if (before === undefined) first.set(name, value)
    else repeated.set(name, [...(repeated.get(name) ?? [before]), value])
  }
  return Object.assign(first, { repeated })
}

/** What parametersOf was made from: each name as often as it came. */
export const pairsOf = (parameters: Parameters): [string, string][] =>
  [...parameters.keys()].flatMap((name) =>
    valuesOf(parameters, name).map((value): [string, string] => [name, value]),
  )

/** Every value of a parameter; empty when it was left out. */
export function valuesOf(parameters: Parameters, name: string): readonly string[] {
  const value = parameters.get(name)
  return parameters.repeated?.get(name) ?? (value === undefined ? [] : [value])
}

function parameterProblem(name: string, value: string, seen: readonly string[]) {
  const shown = printable(name)
  if (seen.includes(name) && !REPEATABLE.has(name)) {
    return problem(`Parameter ${shown} was sent more than once`, `${shown} twice`, 'each parameter once')
  }
  if (name.includes('\0') || value.includes('\0')) {
    return problem('The body holds a NUL character', `NUL in ${shown}`, 'text without NUL')
  }
  if (seen.length >= MAX_PARAMETERS) {
    return problem('Too many parameters', `more than ${MAX_PARAMETERS}`, `at most ${MAX_PARAMETERS}`)
  }
  return null
}

const problem = (description: string, observed: string, expected: string) => ({
  problem: { description, observed, expected },
})

const BAD_ENCODING = problem(
  'The body is not valid form data',
  'a percent-encoding that is not UTF-8',
  '%-encoded UTF-8',
)

function splitPair(pair: string): [string | null, string | null] {
  const equals = pair.indexOf('=')
  return equals < 0
    ? [decodeText(pair), '']
    : [decodeText(pair.slice(0, equals)), decodeText(pair.slice(equals + 1))]
}

/** A percent that starts no escape stands for itself, as browsers and servers read it; escaped bytes must be UTF-8. */
function decodeText(text: string): string | null {
  const spaced = /[%+]/.test(text) ? text.replaceAll('+', ' ').replace(/%(?![0-9A-Fa-f]{2})/g, '%25') : text
  try {
    // Always a copy: a part of the body that somebody keeps would keep all of it.
    return decodeURIComponent(spaced)
  } catch {
    return null
  }
}

/** A name from outside, cut and cleaned to what error_description may hold (RFC 6749 5.2). */
export const printable = (text: string, length = 60): string =>
  text.slice(0, length).replace(/[^\x20\x21\x23-\x5B\x5D-\x7E]/g, '?')
