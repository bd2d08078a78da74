import { type Parameters, pairsOf, parametersOf, REPEATABLE, valuesOf } from './form.ts'
import { isJsonObject, type JsonObject } from './jwt.ts'

/** Members of a request object that are about the JWT, and no parameters of the request (RFC 9101 4, RFC 7519 4.1). */
const jwtClaims = new Set(['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti'])

/** Characters a request object may have. */
export const MAX_REQUEST_OBJECT = 65_536

/** As many as a form may have. */
const MAX_PARAMETERS = 200
const MAX_DEPTH = 20

export interface ObjectParameters {
  parameters: Parameters
  /** What keeps a member from being a parameter, in words; null when all are. */
  problem: string | null
}

/**
 * The parameters a request object holds, as they would stand in a query: numbers and booleans as text, objects and arrays as
 * JSON, but for the array of a parameter that may be repeated (RFC 9101 4, RFC 8707 2). What is null or empty counts as left out.
 */
export function objectParameters(claims: JsonObject): ObjectParameters {
  const members = Object.entries(claims).filter(([name]) => !jwtClaims.has(name))
  if (members.length > MAX_PARAMETERS) {
    return { parameters: parametersOf([]), problem: `more than ${MAX_PARAMETERS} parameters` }
  }
  const pairs: [string, string][] = []
  for (const [name, value] of members) {
    const values = REPEATABLE.has(name) && Array.isArray(value) ? value : [value]
    const texts = values.slice(0, MAX_PARAMETERS).map(textOf)
    if (!texts.every((text) => text !== null && isPlain(text)) || !isPlain(name)) {
      const problem = `a value of ${name.slice(0, 60)} that no parameter can have`
      return { parameters: parametersOf([]), problem }
    }
    pairs.push(...texts.filter((text) => text !== '').map((text): [string, string] => [name, text!]))
  }
  return { parameters: parametersOf(pairs), problem: null }
}

/** Null for what is nested too deep to be written again. */
function textOf(value: unknown): string | null {
  if (value === null) return ''
  if (typeof value !== 'object') return String(value)
  return isShallow(value, MAX_DEPTH) ? JSON.stringify(value) : null
}

const isShallow = (value: unknown, depth: number): boolean => {
  if (!Array.isArray(value) && !isJsonObject(value)) return true
  return depth > 0 && Object.values(value).every((inner) => isShallow(inner, depth - 1))
}

/** What a form could carry too: JSON has room for NUL and for halves of characters. */
const isPlain = (text: string): boolean => !/[\0\p{Surrogate}]/u.test(text)

/** Names of the parameters beside a request object that are not inside it, or say something else. */
export const parametersBeside = (outside: Parameters, inside: Parameters): string[] =>
  [...outside.keys()].filter(
    (name) => JSON.stringify(valuesOf(outside, name)) !== JSON.stringify(valuesOf(inside, name)),
  )

/** The parameters inside a request object, and of those beside it the ones it lacks (OpenID Connect Core 1.0 6.1). */
export const filledUp = (inside: Parameters, outside: Parameters): Parameters =>
  parametersOf([...pairsOf(inside), ...pairsOf(outside).filter(([name]) => !inside.has(name))])
