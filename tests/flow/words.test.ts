import { describe, expect, test } from 'vitest'
import { toSequence } from '../../shared/flow/sequence.ts'
import { specParts } from '../../shared/flow/spec-links.ts'
import {
  durationWords,
  exchangeVerdict,
  exchangeWords,
  grantWords,
  sizeWords,
} from '../../shared/flow/words.ts'
import { aMessage, anExchange, aVerdict, someJson } from './an-exchange.ts'

test('an exchange is one line of words', () => {
  expect(exchangeWords(anExchange({ status: 400, error: 'invalid_grant' }))).toBe(
    'POST /token · password grant · 400 invalid_grant · 61 ms',
  )
  const me = anExchange({ method: 'GET', target: '/me?x=1', grantType: null, durationMs: 1234 })
  expect(exchangeWords(me)).toBe('GET /me · 200 · 1.2 s')
})

test('sizes, durations and grants in words', () => {
  expect([0, 1, 1023, 1434, 2_097_152].map(sizeWords)).toEqual([
    '0 bytes',
    '1 byte',
    '1023 bytes',
    '1.4 KB',
    '2 MB',
  ])
  expect([0.26, 4.57, 61.2, 1500].map(durationWords)).toEqual(['0.3 ms', '4.6 ms', '61 ms', '1.5 s'])
  expect(grantWords('urn:ietf:params:oauth:grant-type:device_code')).toBe('device code grant')
  expect(grantWords('constructor')).toBe('constructor grant')
})

describe('the verdict on an exchange', () => {
  test('names the check that failed, with what was seen and expected', () => {
    const failed = aVerdict({
      outcome: 'failed',
      observed: 'another',
      expected: 'the right one',
      hint: 'Try again.',
    })
    expect(exchangeVerdict(anExchange({ status: 400, verdicts: [aVerdict(), failed] }))).toEqual({
      outcome: 'refused',
      title: 'Check failed: “The password is right”',
      reason: 'Seen: another. Expected: the right one. Try again.',
    })
  })

  test('takes the reason from the answer when no check failed', () => {
    const refused = anExchange({
      status: 404,
      error: 'not_found',
      response: someJson({ detail: 'No such endpoint' }),
    })
    expect(exchangeVerdict(refused)).toEqual({
      outcome: 'refused',
      title: 'Refused with 404 not_found',
      reason: 'No such endpoint',
    })
    const challenged = aMessage({
      headers: [['WWW-Authenticate', 'Bearer error="invalid_token", error_description="Token expired"']],
      body: 'no JSON',
    })
    expect(exchangeVerdict(anExchange({ status: 401, response: challenged })).reason).toBe('Token expired')
  })

  test('says what was let through with a warning, what passed, and what the issuer broke', () => {
    const warned = [aVerdict(), aVerdict({ outcome: 'warned' })]
    expect(exchangeVerdict(anExchange({ verdicts: warned }))).toMatchObject({
      outcome: 'warned',
      title: 'Let through with 1 warning',
    })
    expect(exchangeVerdict(anExchange({ verdicts: [aVerdict(), aVerdict()] }))).toMatchObject({
      outcome: 'accepted',
      reason: 'All 2 checks passed.',
    })
    expect(exchangeVerdict(anExchange({ status: 500 })).outcome).toBe('broken')
  })
})

test('each section of a spec is a link of its own', () => {
  expect(specParts('RFC 6749 3.2, appendix B, RFC 7617 2, OpenID Connect Core 2, 5.2')).toEqual([
    { text: 'RFC 6749 3.2', url: 'https://www.rfc-editor.org/rfc/rfc6749#section-3.2' },
    { text: 'appendix B', url: 'https://www.rfc-editor.org/rfc/rfc6749#appendix-B' },
    { text: 'RFC 7617 2', url: 'https://www.rfc-editor.org/rfc/rfc7617#section-2' },
    { text: 'OpenID Connect Core 2', url: 'https://openid.net/specs/openid-connect-core-1_0.html' },
    { text: '5.2', url: 'https://openid.net/specs/openid-connect-core-1_0.html' },
  ])
  expect(specParts('Our own rule 2, 5.2').map(({ url }) => url)).toEqual([null, null])
  expect(specParts('RFC 8414')).toEqual([{ text: 'RFC 8414', url: 'https://www.rfc-editor.org/rfc/rfc8414' }])
})

test('a trace is arrows between those who took part, from left to right', () => {
  const failed = aVerdict({ outcome: 'failed' })
  const browser = aMessage({ headers: [['Sec-Fetch-Site', 'same-origin']] })
  const { lanes, steps } = toSequence([
    anExchange({ endpoint: 'login', target: '/login', request: browser, grantType: null }),
    anExchange({ status: 400, error: 'invalid_grant', verdicts: [aVerdict(), failed] }),
    anExchange({ endpoint: 'items', method: 'GET', target: '/items?n=1', grantType: null }),
  ])
  expect(lanes).toEqual(['browser', 'app', 'issuer', 'api'])
  expect(
    steps.map(({ from, to, request, response, refused }) => [from, to, request, response, refused]),
  ).toEqual([
    ['browser', 'issuer', 'POST /login', '200', false],
    ['app', 'issuer', 'POST /token', '400 invalid_grant', true],
    ['app', 'api', 'GET /items', '200', false],
  ])
  expect(steps[1]?.failed).toEqual([failed])
})
