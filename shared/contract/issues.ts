import type { z } from 'zod'
import { ContractError, type ContractErrorBody } from './envelope.ts'

export type Issue = NonNullable<ContractErrorBody['issues']>[number]

/**
 * Parses at the border: what comes back has the schema's type.
 *
 * @throws ContractError `invalid_input` with one issue for each thing that is wrong, and the first of them as message
 */
export function parseInput<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const result = schema.safeParse(input, { error: inWords })
  if (result.success) return result.data
  throw invalidInput(result.error.issues.flatMap((issue) => toIssues(issue, [])))
}

/** The refusal that belongs to issues, which are at least one. */
export function invalidInput(issues: Issue[]): ContractError {
  const { path, message } = issues[0]!
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : ''
  return new ContractError('invalid_input', `${path || 'The input'} ${message}${more}.`, issues)
}

function toIssues(issue: z.core.$ZodIssue, above: PropertyKey[]): Issue[] {
  const path = [...above, ...issue.path]
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: dotted([...path, key]), message: 'is not a known key' }))
  }
  if (issue.code === 'invalid_union') {
    // Of several forms the one that is more than a fixed word says best what was meant.
    const form = issue.errors.find((errors) => errors.some(({ code }) => code !== 'invalid_value'))
    if (form) return form.flatMap((inner) => toIssues(inner, path))
  }
  return [{ path: dotted(path), message: issue.message }]
}

const dotted = (path: PropertyKey[]): string => path.map(String).join('.')

const typeNames: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
}

/** What is wrong, as the end of a sentence that begins with the path. Undefined leaves it to zod. */
function inWords(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? 'is required'
        : `must be ${typeNames[issue.expected] ?? issue.expected}`
    case 'invalid_value':
      return `must be ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}`
    case 'too_small':
      return issue.minimum === 1 && issue.origin !== 'number' ? 'must not be empty' : bounded(issue, 'least')
    case 'too_big':
      return bounded(issue, 'most')
    case 'invalid_format':
      return issue.format === 'email' ? 'must be an email address' : undefined
    default:
      return undefined
  }
}

const units: Record<string, string> = { string: ' characters', array: ' entries' }

function bounded(
  issue: z.core.$ZodRawIssue<z.core.$ZodIssueTooSmall> | z.core.$ZodRawIssue<z.core.$ZodIssueTooBig>,
  side: 'least' | 'most',
): string {
  const limit = 'minimum' in issue ? issue.minimum : issue.maximum
  if (issue.inclusive === false) return `must be ${side === 'least' ? 'more' : 'less'} than ${limit}`
  return `must be at ${side} ${limit}${units[issue.origin] ?? ''}`
}
