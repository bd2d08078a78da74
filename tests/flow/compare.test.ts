import { describe, expect, test } from 'vitest'
import { compareTraces } from '../../shared/flow/compare.ts'
import { aForm, aJwt, anExchange, aVerdict, someJson } from './an-exchange.ts'

const authorize = (query: string, id = 1) =>
  anExchange({
    id,
    method: 'GET',
    endpoint: 'authorization',
    grantType: null,
    url: `http://127.0.0.1:4400/authorize?${query}`,
    request: aForm(''),
  })
const token = (id: number, claims: Record<string, unknown>) =>
  anExchange({ id, response: someJson({ access_token: aJwt(claims), expires_in: 900 }) })

describe('two traces', () => {
  test('steps of the same kind are paired, whatever comes between', () => {
    const jwks = anExchange({ id: 2, method: 'GET', endpoint: 'jwks', grantType: null })
    const pairs = compareTraces([authorize('a=1'), jwks, token(3, {})], [authorize('a=1', 7), token(8, {})])
    expect(pairs.map(({ left, right }) => [left?.id, right?.id])).toEqual([
      [1, 7],
      [2, undefined],
      [3, 8],
    ])
    expect(pairs.flatMap(({ differences }) => differences)).toEqual([])
  })

  test('what is made anew each time differs by its nature, what is left out does not', () => {
    const [step] = compareTraces(
      [authorize('state=a&scope=read&nonce=n')],
      [authorize('state=b&scope=write')],
    )
    expect(step!.differences).toEqual([
      { what: 'request state', left: 'a', right: 'b', natural: true },
      { what: 'request scope', left: 'read', right: 'write', natural: false },
      { what: 'request nonce', left: 'n', right: null, natural: false },
    ])
  })

  test('tokens are compared claim by claim', () => {
    const [step] = compareTraces(
      [token(1, { sub: 'alice', jti: 'a', scope: 'read' })],
      [token(2, { sub: 'bob', jti: 'b', scope: 'read' })],
    )
    const claims = step!.differences.filter(({ what }) => what.startsWith('access_token '))
    expect(claims).toEqual([
      { what: 'access_token sub', left: 'alice', right: 'bob', natural: false },
      { what: 'access_token jti', left: 'a', right: 'b', natural: true },
    ])
  })

  test('a refusal differs by its status, its error, and the checks that did not pass', () => {
    const verdicts = [aVerdict({ outcome: 'failed', title: 'The password is right' })]
    const refused = anExchange({ status: 400, error: 'invalid_grant', verdicts })
    const [step] = compareTraces([anExchange()], [refused])
    expect(step!.differences).toEqual([
      { what: 'status', left: '200', right: '400', natural: false },
      { what: 'error', left: null, right: 'invalid_grant', natural: false },
      { what: 'checks not passed', left: null, right: 'The password is right', natural: false },
    ])
  })
})
