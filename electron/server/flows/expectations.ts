import type { RecipeStep } from '../../../shared/contract/operations/recipes.ts'
import type { Answer } from './bench.ts'

/** What a step claims, whether it came true, and what was seen instead or in proof. */
export type Expectation = RecipeStep['expectations'][number]

export const that = (text: string, met: boolean, observed: string): Expectation => ({ text, met, observed })

export const statusIs = (answer: Answer, status: number): Expectation =>
  that(`The answer is ${status}`, answer.status === status, described(answer))

export function headerIs({ headers }: Answer, name: string, value: string): Expectation {
  const sent = headers.get(name)
  return that(`${name}: ${value}`, sent === value, sent ?? `no ${name} header`)
}

export function headerHas({ headers }: Answer, name: string, part: string): Expectation {
  const sent = headers.get(name)
  return that(`${name} has ${part}`, sent?.includes(part) ?? false, sent ?? `no ${name} header`)
}

export function fieldIs({ body }: Answer, name: string, value: string | number | boolean): Expectation {
  const sent = body[name]
  return that(`${name} is ${JSON.stringify(value)}`, sent === value, shown(sent))
}

/** RFC 6749 5.1: what carries a token is not to be kept by any cache. */
export const notCached = (answer: Answer): Expectation => headerIs(answer, 'Cache-Control', 'no-store')

/** A refusal as OAuth clients (error, error_description) and as the tutorial's clients (detail) read it. */
export const refusedWith = (
  answer: Answer,
  status: number,
  { error, text }: { error: string; text: string },
): Expectation[] => [
  statusIs(answer, status),
  fieldIs(answer, 'error', error),
  fieldIs(answer, 'error_description', text),
  that('detail says the same', answer.body.detail === text, shown(answer.body.detail)),
]

/**
 * RFC 6750 3.1: a 401 or 403 names the scheme, and what was wrong with the token that came. Where the API describes itself (RFC 9728
 * 5.1), and the scheme DPoP beside it (RFC 9449 7.2), are left out of the comparison.
 */
export function challengeIs(answer: Answer, challenge: string): Expectation {
  const sent = answer.headers.get('WWW-Authenticate')
  const bearer = sent
    ?.replace(/, DPoP algs="[^"]*"$/, '')
    .replace(/(?:,|(?<=^Bearer)) resource_metadata="[^"]*"/, '')
  return that(`WWW-Authenticate: ${challenge}`, bearer === challenge, sent ?? 'no WWW-Authenticate header')
}

const shown = (value: unknown): string => (value === undefined ? 'left out' : JSON.stringify(value))

function described({ status, body }: Answer): string {
  const { error, error_description: description } = body
  return typeof error === 'string' ? `${status}, ${error}: ${description}` : String(status)
}
