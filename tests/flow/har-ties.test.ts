import { describe, expect, test } from 'vitest'
import { archive, entry, read } from './a-har.ts'

describe('what belongs together', () => {
  const ISSUER = 'https://id.example.test'
  const APP = 'https://shop.example.test'
  const login = (state: string, code: string) => [
    entry({
      url: `${ISSUER}/authorize?client_id=shop&response_type=code&state=${state}&redirect_uri=${APP}/cb`,
      status: 302,
      location: `${APP}/cb?code=${code}&state=${state}`,
    }),
    entry({ url: `${APP}/cb?code=${code}&state=${state}`, headers: { Accept: 'text/html' } }),
    entry({
      method: 'POST',
      url: `${ISSUER}/token`,
      form: { grant_type: 'authorization_code', code, client_id: 'shop' },
      answer: { access_token: `at-${state}` },
    }),
    entry({
      url: 'https://api.example.test/orders',
      headers: { Authorization: `Bearer at-${state}` },
      answer: [],
    }),
  ]
  const start = entry({ url: `${APP}/`, headers: { Accept: 'text/html' } })
  const sizes = (har: object) => read(har).traces.map(({ exchanges }) => exchanges.map(({ id }) => id))

  test('one login takes everything', () => {
    expect(sizes(archive(start, ...login('s1', 'c1')))).toEqual([[1, 2, 3, 4, 5]])
  })

  test('two logins are two traces, also when they overlap, and the rest is a third', () => {
    const [a1, a2, a3, a4] = login('s1', 'c1')
    const [b1, b2, b3, b4] = login('s2', 'c2')
    expect(sizes(archive(start, a1!, b1!, a2!, b2!, b3!, a3!, a4!, b4!))).toEqual([
      [1],
      [2, 4, 7, 8],
      [3, 5, 6, 9],
    ])
  })

  test('a pushed request goes with the login it was made for', () => {
    const pushed = (uri: string) => [
      entry({
        method: 'POST',
        url: `${ISSUER}/par`,
        form: { client_id: 'shop', response_type: 'code', state: uri },
        status: 201,
        answer: { request_uri: uri, expires_in: 60 },
      }),
      entry({ url: `${ISSUER}/authorize?client_id=shop&request_uri=${uri}` }),
    ]
    const har = archive(...pushed('urn:1'), ...pushed('urn:2'))
    expect(sizes(har)).toEqual([
      [1, 2],
      [3, 4],
    ])
    expect(read(har).traces[0]!.exchanges.map(({ endpoint }) => endpoint)).toEqual([
      'pushed-authorization',
      'authorization',
    ])
  })

  test('a preflight goes with the request it was made for', () => {
    const url = 'https://api.example.test/orders'
    const [a1, , a3, a4] = login('s1', 'c1')
    const [b1, , b3, b4] = login('s2', 'c2')
    const preflight = entry({ method: 'OPTIONS', url, status: 204 })
    expect(sizes(archive(a1!, a3!, b1!, b3!, preflight, b4!, preflight, a4!))).toEqual([
      [1, 2, 7, 8],
      [3, 4, 5, 6],
    ])
  })

  test('values that were taken out tie nothing', () => {
    const redacted = (id: string) =>
      entry({
        method: 'POST',
        url: `${ISSUER}/token`,
        form: { grant_type: 'x', client_id: id, code: 'REDACTED' },
      })
    expect(sizes(archive(redacted('a'), redacted('b')))).toEqual([[1], [2]])
  })
})

describe('who is who', () => {
  const placesOf = (...entries: object[]) =>
    read(archive(...entries))
      .traces.flatMap(({ exchanges }) => exchanges)
      .sort((a, b) => a.id - b.id)
      .map(({ endpoint, between, clientId }) => [endpoint, between?.from, between?.to, clientId])

  test('endpoints are those the metadata names, wherever they are', () => {
    expect(
      placesOf(
        entry({
          url: 'https://id.example.test/.well-known/openid-configuration',
          answer: { issuer: 'https://id.example.test', token_endpoint: 'https://sts.example.test/x/t' },
        }),
        entry({ method: 'POST', url: 'https://sts.example.test/x/t', answer: {} }),
        entry({ method: 'OPTIONS', url: 'https://sts.example.test/x/t', status: 204 }),
      ),
    ).toEqual([
      ['discovery', 'app', 'issuer', null],
      ['token', 'app', 'issuer', null],
      ['token', 'app', 'issuer', null],
    ])
  })

  test('an app at the same host as its issuer is still the app, and a preflight goes where its request does', () => {
    const HOST = 'https://example.test'
    expect(
      placesOf(
        entry({
          url: `${HOST}/auth/authorize?client_id=a&response_type=code&state=s&redirect_uri=${HOST}/cb`,
          headers: { 'User-Agent': 'Mozilla/5.0' },
        }),
        entry({ url: `${HOST}/auth/theme`, headers: { Accept: 'text/html', 'User-Agent': 'Mozilla/5.0' } }),
        entry({ url: `${HOST}/cb?code=c&state=s`, headers: { 'User-Agent': 'Mozilla/5.0' } }),
        entry({
          method: 'OPTIONS',
          url: `${HOST}/api`,
          status: 204,
          headers: { 'User-Agent': 'Mozilla/5.0' },
        }),
        entry({
          url: `${HOST}/api`,
          headers: { Authorization: 'Bearer t', 'User-Agent': 'Mozilla/5.0' },
          answer: {},
        }),
      ).map(([endpoint, from, to]) => [endpoint, from, to]),
    ).toEqual([
      ['authorization', 'browser', 'issuer'],
      [null, 'browser', 'issuer'],
      [null, 'browser', 'app'],
      [null, 'browser', 'api'],
      [null, 'browser', 'api'],
    ])
  })

  test('a server names its client by HTTP Basic', () => {
    const authorization = `Basic ${Buffer.from('web%3A1:s').toString('base64')}`
    expect(
      placesOf(
        entry({
          method: 'POST',
          url: 'https://id.example.test/t',
          headers: { authorization },
          form: { grant_type: 'client_credentials' },
        }),
      ),
    ).toEqual([['token', 'app', 'issuer', 'web:1']])
  })
})
