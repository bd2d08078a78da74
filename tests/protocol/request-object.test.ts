import { describe, expect, test } from 'vitest'
import { type Parameters, pairsOf, parametersOf } from '../../shared/protocol/form.ts'
import { filledUp, objectParameters, parametersBeside } from '../../shared/protocol/request-object.ts'

const pairs = (parameters: Parameters) => pairsOf(parameters)
const inside = (claims: Record<string, unknown>) => {
  const { parameters, problem } = objectParameters(claims)
  expect(problem).toBeNull()
  return pairs(parameters)
}

describe('the parameters of a request object', () => {
  test('are its members but for those of every JWT', () => {
    const jwt = { iss: 'app', sub: 'x', aud: 'y', exp: 1, nbf: 1, iat: 1, jti: 'z' }
    expect(inside({ ...jwt, scope: 'openid', state: 'af0ifjsldkj' })).toEqual([
      ['scope', 'openid'],
      ['state', 'af0ifjsldkj'],
    ])
  })

  test('are text, whatever JSON they were', () => {
    // The claims are those of OpenID Connect Core 1.0 6.1.
    const claims = { userinfo: { given_name: { essential: true }, nickname: null } }
    expect(inside({ max_age: 86400, flag: true, claims, authorization_details: [{ type: 'x' }] })).toEqual([
      ['max_age', '86400'],
      ['flag', 'true'],
      ['claims', '{"userinfo":{"given_name":{"essential":true},"nickname":null}}'],
      ['authorization_details', '[{"type":"x"}]'],
    ])
  })

  test('come as often as the array of one that may be repeated has values (RFC 8707 2)', () => {
    const resource = ['https://cal.example.com/', 'https://contacts.example.com/']
    expect(inside({ resource })).toEqual(resource.map((uri) => ['resource', uri]))
  })

  test('are left out when null or empty', () => {
    expect(inside({ state: null, nonce: '', resource: ['', null] })).toEqual([])
  })

  test('may be called as members of every object are', () => {
    expect(inside(JSON.parse('{"__proto__":"x","constructor":"y"}'))).toEqual([
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ])
  })

  const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)])
  test.each([
    ['a NUL', { state: 'a\0' }],
    ['a NUL in a name', { 'a\0': 'x' }],
    ['half a character', { state: '\ud83d' }],
    ['a deep value', { claims: nested(25) }],
    ['too many', Object.fromEntries(Array.from({ length: 201 }, (_, index) => [`p${index}`, 'x']))],
  ])('%s cannot be one', (_what, claims) => {
    const { parameters, problem } = objectParameters(claims)
    expect(problem).toEqual(expect.any(String))
    expect(parameters.size).toBe(0)
  })
})

describe('what stands beside a request object', () => {
  const outside = parametersOf([
    ['scope', 'openid'],
    ['state', 'outside'],
    ['resource', 'https://a.test/'],
    ['resource', 'https://b.test/'],
  ])
  const object = parametersOf([
    ['scope', 'openid'],
    ['state', 'inside'],
    ['resource', 'https://a.test/'],
  ])

  test('is told where it differs, or is missing inside', () => {
    expect(parametersBeside(outside, object)).toEqual(['state', 'resource'])
    expect(parametersBeside(outside, parametersOf([]))).toEqual(['scope', 'state', 'resource'])
    expect(parametersBeside(parametersOf([]), object)).toEqual([])
  })

  test('fills in what is missing, and changes nothing', () => {
    expect(
      pairs(
        filledUp(
          object,
          parametersOf([
            ['state', 'outside'],
            ['nonce', 'n'],
          ]),
        ),
      ),
    ).toEqual([...pairs(object), ['nonce', 'n']])
  })
})
