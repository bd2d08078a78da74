import { answered, type ClientCheck, worded } from '../check.ts'
import { headerOf } from '../context.ts'
import type { FlowAnswer } from '../types.ts'

/** The endpoint did what it was asked. */
export const checkStatus = (
  spec: string,
  wanted: readonly number[] = [200],
): ClientCheck<{ answer: FlowAnswer }> => ({
  id: 'client.answer-is-success',
  title: 'The endpoint did what it was asked.',
  spec,
  judge: ({ answer }) => ({
    holds: wanted.includes(answer.status),
    observed: answered(answer),
    expected: wanted.join(' or '),
  }),
})

export const checkJson = (spec: string): ClientCheck<{ answer: FlowAnswer }> => ({
  id: 'client.answer-is-json',
  title: 'The answer is a JSON object.',
  spec,
  judge({ answer }) {
    const type = headerOf(answer.headers, 'content-type')
    const right = /^application\/(?:[\w.-]+\+)?json\b/i.test(type ?? '')
    if (answer.json !== null) {
      return {
        holds: right || 'warn',
        observed: worded(type),
        expected: 'application/json',
        hint: 'The body is JSON, but does not say so.',
      }
    }
    return {
      holds: false,
      observed: `${worded(type)}, ${answer.body.length} characters`,
      expected: 'a JSON object',
    }
  },
})

/** A member that has to be a text with something in it. */
export const checkMember = (
  name: string,
  spec: string,
  type: 'string' | 'boolean' | 'number' = 'string',
): ClientCheck<{ answer: FlowAnswer }> => ({
  id: `client.has-${name.replaceAll('_', '-')}`,
  title: `The answer has ${name}.`,
  spec,
  judge({ answer: { json } }) {
    const value = json?.[name]
    const holds = typeof value === type && value !== ''
    return { holds, observed: holds ? null : worded(value), expected: `a ${type}` }
  },
})

export const checkNotCached: ClientCheck<{ answer: FlowAnswer }> = {
  id: 'client.answer-is-not-cached',
  title: 'What carries a token is not to be kept by any cache.',
  spec: 'RFC 6749 5.1',
  judge({ answer: { headers } }) {
    const control = headerOf(headers, 'cache-control')
    return {
      holds: /\bno-store\b/i.test(control ?? '') || 'warn',
      observed: control === null ? 'no Cache-Control' : control,
      expected: 'Cache-Control: no-store',
    }
  },
}
