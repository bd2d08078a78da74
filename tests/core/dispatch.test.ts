import { describe, expect, test } from 'vitest'
import { createDispatch } from '../../electron/server/dispatch.ts'
import type { Handlers } from '../../electron/server/operations/handlers.ts'
import { ContractError } from '../../shared/contract/envelope.ts'
import { mergeDistinct } from '../../shared/contract/merge.ts'
import { type OperationName, operations } from '../../shared/contract/operations/index.ts'

/** A dispatch with one handler of the test's own, and what it tells the operator. */
function withHandler(name: OperationName, handler: (input: never) => unknown) {
  const log: string[] = []
  const handlers = { [name]: handler } as unknown as Handlers
  return { dispatch: createDispatch({ log: (line) => log.push(line) }, handlers), log }
}

describe('dispatch', () => {
  test('a handler gets parsed input, defaults filled in', async () => {
    const inputs: unknown[] = []
    const { dispatch } = withHandler('tokens.list', (input) => {
      inputs.push(input)
      return { total: 0, rows: [] }
    })
    expect(await dispatch('tokens.list', {})).toEqual({ ok: true, value: { total: 0, rows: [] } })
    expect(inputs).toEqual([{ filter: {}, offset: 0, limit: 200 }])
  })

  test('a refusal passes through with its issues', async () => {
    const issues = [{ path: 'jti', message: 'is odd' }]
    const { dispatch, log } = withHandler('tokens.get', () => {
      throw new ContractError('refused', 'No.', issues)
    })
    const error = { code: 'refused', message: 'No.', issues }
    expect(await dispatch('tokens.get', { jti: 'x' })).toEqual({ ok: false, error })
    expect(log).toEqual([])
  })

  test.each([
    [
      'thrown',
      () => {
        throw new Error('secret detail\nof two lines')
      },
    ],
    [
      'rejected',
      async () => {
        throw new TypeError('secret detail')
      },
    ],
    [
      'no error at all',
      () => {
        throw 'secret detail'
      },
    ],
  ])('a mistake (%s) is told to the operator on one line, and not to the caller', async (_how, handler) => {
    const { dispatch, log } = withHandler('clock.get', handler)
    const envelope = await dispatch('clock.get', {})
    expect(envelope).toMatchObject({ ok: false, error: { code: 'internal' } })
    expect(JSON.stringify(envelope)).not.toMatch(/secret|dispatch\.test/)
    expect(log).toHaveLength(1)
    expect(log[0]).toMatch(/^clock\.get failed: .*secret detail/)
    expect(log[0]).not.toContain('\n')
  })

  test('what the contract does not name never leaves', async () => {
    const { dispatch } = withHandler('keys.secret', () => ({
      secret: 'shared',
      privateJwk: { d: 'private' },
    }))
    expect(await dispatch('keys.secret', { kid: 'k' })).toEqual({ ok: true, value: { secret: 'shared' } })
  })

  test('output of a wrong form is a mistake of ours, not an answer', async () => {
    const { dispatch, log } = withHandler('keys.secret', () => ({ secret: 7 }))
    expect(await dispatch('keys.secret', { kid: 'k' })).toMatchObject({ error: { code: 'internal' } })
    expect(log[0]).toContain('keys.secret failed')
  })

  test('issues name what is wrong in words', async () => {
    const { dispatch } = withHandler('clients.create', () => ({}))
    const input = { id: '', name: 7, redirectUris: ['/cb'], profile: 'loose', colour: 'red' }
    expect(await dispatch('clients.create', input)).toEqual({
      ok: false,
      error: {
        code: 'invalid_input',
        message: 'id must be 1 to 200 printable ASCII characters (and 4 more).',
        issues: [
          { path: 'id', message: 'must be 1 to 200 printable ASCII characters' },
          { path: 'name', message: 'must be text' },
          { path: 'redirectUris.0', message: 'must be an absolute URI without a fragment (RFC 6749 3.1.2)' },
          { path: 'profile', message: 'must be "strict" or "standard" or "lenient"' },
          { path: 'colour', message: 'is not a known key' },
        ],
      },
    })
  })
})

describe('the operation table', () => {
  test('refuses a name that is defined twice', () => {
    expect(() => mergeDistinct({ a: 1, b: 2 }, { b: 3 })).toThrow('"b" is defined twice')
    expect(mergeDistinct({ a: 1 }, { b: 2 })).toEqual({ a: 1, b: 2 })
  })

  test('names every operation noun.verb and describes it in one sentence', () => {
    for (const [name, { summary }] of Object.entries(operations)) {
      expect(name).toMatch(/^[a-z][a-zA-Z]*\.[a-zA-Z]+$/)
      expect(summary).toMatch(/^[A-Z].*\.$/)
    }
  })
})
