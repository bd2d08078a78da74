import { describe, expect, test } from 'vitest'
import { findTokens, jtiOf } from '../../shared/flow/tokens.ts'
import { aForm, aJwt, aMessage, anExchange, someJson } from './an-exchange.ts'

const token = aJwt({ sub: 'alice', jti: 'j1' })
const named = (exchange: Parameters<typeof anExchange>[0]) =>
  findTokens(anExchange(exchange)).map(({ name, places }) => [name, ...places])

test('tokens of a token response are found by name, request first, opaque ones too', () => {
  const found = named({
    request: aForm(`grant_type=refresh_token&refresh_token=${token}`),
    response: someJson({
      access_token: 'opaque-1',
      token_type: 'Bearer',
      refresh_token: aJwt({ jti: 'j2' }),
    }),
  })
  expect(found).toEqual([
    ['refresh_token', 'request body'],
    ['access_token', 'response body'],
    ['refresh_token', 'response body'],
  ])
})

test('a token that is sent and answered is one token in two places', () => {
  const found = findTokens(
    anExchange({
      request: aMessage({ headers: [['authorization', `bearer ${token}`]] }),
      response: someJson({ token }),
    }),
  )
  expect(found).toHaveLength(1)
  expect(found[0]).toMatchObject({ places: ['request header Authorization', 'response body'] })
})

test('the Authorization header gives Bearer and DPoP tokens, and no Basic credentials', () => {
  const withHeader = (value: string) => named({ request: aMessage({ headers: [['Authorization', value]] }) })
  expect(withHeader('Bearer opaque')).toEqual([['Bearer', 'request header Authorization']])
  expect(withHeader(`DPoP ${token}`)).toEqual([['DPoP', 'request header Authorization']])
  expect(withHeader('Basic ZGVtbzpzZWNyZXQ=')).toEqual([])
})

test('tokens in the URL, in a redirect and in cookies are found', () => {
  expect(named({ url: `http://app/cb?id_token_hint=${token}` })).toEqual([['id_token_hint', 'request URL']])
  expect(
    named({ response: aMessage({ headers: [['location', `http://app/cb#access_token=${token}&state=1`]] }) }),
  ).toEqual([['access_token', 'response header Location']])
  expect(named({ request: aMessage({ headers: [['cookie', `session=${token}`]] }) })).toEqual([
    ['JWT', 'request header Cookie'],
  ])
})

test('a JWT under any other name is found by its shape', () => {
  expect(named({ response: someJson({ data: { credential: `see ${token}` } }) })).toEqual([
    ['credential', 'response body'],
  ])
})

describe('what peers get wrong', () => {
  test('base64url and UTF-8: emoji, umlauts, and bytes that give - and _', () => {
    const claims = { name: 'Zoë 🎉 日本', odd: '\u03ff\u03ff>>>???' }
    const tricky = aJwt(claims)
    expect(tricky).toMatch(/[-_]/)
    const [found] = findTokens(anExchange({ response: someJson({ access_token: tricky }) }))
    expect(found?.decoded).toMatchObject({ form: 'jws', claims, problems: [] })
  })

  test('a body that was cut: whole tokens are decoded, the last one says that it was cut', () => {
    const body = JSON.stringify({ access_token: token, refresh_token: aJwt({ jti: 'j2' }) }).slice(0, -40)
    const response = aMessage({ headers: [['content-type', 'application/json']], body, bytes: 5000 })
    const found = findTokens(anExchange({ response }))
    expect(found.map(({ name }) => name)).toEqual(['access_token', 'refresh_token'])
    expect(found[0]?.decoded.claims).toEqual({ sub: 'alice', jti: 'j1' })
    expect(found[1]?.decoded.form).toBe('malformed')
    expect(found[1]?.decoded.problems).not.toEqual([])
  })

  test('a binary body holds no tokens', () => {
    expect(named({ response: aMessage({ body: 'AP8=', encoding: 'base64', bytes: 2 }) })).toEqual([])
  })
})

test('a jti is only what is a string', () => {
  const [first, second] = [aJwt({ jti: 'j1' }), aJwt({ jti: 7 })].map(
    (text) => findTokens(anExchange({ response: someJson({ token: text }) }))[0],
  )
  expect(first && jtiOf(first.decoded)).toBe('j1')
  expect(second && jtiOf(second.decoded)).toBeNull()
})
