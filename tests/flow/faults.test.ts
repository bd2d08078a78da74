import { describe, expect, test } from 'vitest'
import { findingsOf } from '../../shared/flow/findings/index.ts'
import { toHar } from '../../shared/flow/har.ts'
import { readHar } from '../../shared/flow/har-import/read-har.ts'
import { toMarkdown } from '../../shared/flow/markdown.ts'
import { toSequence } from '../../shared/flow/sequence.ts'
import { exchangeVerdict, exchangeWords } from '../../shared/flow/words.ts'
import { aForm, aMessage, anExchange, aTrace, someJson } from './an-exchange.ts'

const lost = {
  id: 'f1',
  name: 'Refresh is lost',
  did: 'does the work, and drops the connection before the answer',
}
const refresh = aForm('grant_type=refresh_token&refresh_token=old')
const unanswered = anExchange({
  id: 1,
  status: 0,
  grantType: 'refresh_token',
  faults: [lost],
  request: refresh,
  response: aMessage(),
})

describe('an exchange that a fault struck', () => {
  test('says so, in words, verdict and diagram', () => {
    expect(exchangeWords(unanswered)).toBe('POST /token · refresh token grant · no answer · 61 ms')
    expect(exchangeVerdict(unanswered)).toEqual({
      outcome: 'broken',
      title: 'Struck by 1 fault',
      reason: '“Refresh is lost” does the work, and drops the connection before the answer.',
    })
    expect(exchangeVerdict({ ...unanswered, status: 200 }).outcome).toBe('warned')
    expect(toSequence([unanswered]).steps[0]).toMatchObject({ response: 'no answer', refused: true })
  })

  test('says so in Markdown', () => {
    const text = toMarkdown(aTrace([unanswered]), { includeSecrets: false })
    expect(text).toContain('Struck by 1 fault: “Refresh is lost” does the work, and drops')
    expect(text).toContain('No answer was sent.')
    expect(toMarkdown(aTrace([anExchange()]), { includeSecrets: false })).not.toContain('Struck')
  })

  test('keeps that through a HAR', () => {
    const page = { id: 't1', title: 'x', startedAt: 0, exchanges: [unanswered, anExchange({ id: 2 })] }
    const har = JSON.parse(JSON.stringify(toHar([page], { includeSecrets: true, version: '1' })))
    const { traces } = readHar(har)
    expect(traces.flatMap(({ exchanges }) => exchanges.map(({ faults }) => faults))).toEqual([[lost], []])
  })
})

describe('the client is not blamed for what a fault did', () => {
  const rulesOf = (...exchanges: Parameters<typeof anExchange>[0][]) =>
    findingsOf({ exchanges: exchanges.map(anExchange), earlier: [], clients: [] }).map(({ rule }) => rule)
  const at = 1_700_000_000_000
  const given = someJson({ access_token: 'a', refresh_token: 'new', expires_in: 900 })
  const uses = (first: Parameters<typeof anExchange>[0]) =>
    rulesOf(
      { id: 1, at, durationMs: 10, grantType: 'refresh_token', request: refresh, response: given, ...first },
      {
        id: 2,
        at: at + 2_000,
        durationMs: 10,
        grantType: 'refresh_token',
        request: refresh,
        status: 400,
        error: 'invalid_grant',
      },
    )

  test('an old refresh token is kept where the new one never came', () => {
    expect(uses({})).toEqual(['refresh-token-kept'])
    expect(uses({ status: 0, response: aMessage(), faults: [lost] })).toEqual([])
  })

  test('a code is sent again where its answer never came', () => {
    const code = { grantType: 'authorization_code', request: aForm('grant_type=authorization_code&code=c') }
    const replay = { id: 2, ...code, status: 400, error: 'invalid_grant' }
    expect(rulesOf({ id: 1, ...code }, replay)).toEqual(['code-replayed'])
    expect(rulesOf({ id: 1, ...code, status: 0, faults: [lost] }, replay)).toEqual([])
  })

  test('metadata lie, and less scope is granted than was asked for', () => {
    const url = 'http://127.0.0.1:4400/.well-known/openid-configuration'
    const metadata = { endpoint: 'discovery', url, response: someJson({ issuer: 'https://another.example' }) }
    expect(rulesOf(metadata)).toEqual(['discovery-issuer-mismatch'])
    expect(rulesOf({ ...metadata, faults: [lost] })).toEqual([])
    const asked = aForm('grant_type=password&scope=openid+read')
    const granted = { request: asked, response: someJson({ access_token: 'a', scope: 'openid' }) }
    expect(rulesOf(granted)).toEqual(['scope-not-granted'])
    expect(rulesOf({ ...granted, faults: [lost] })).toEqual([])
  })

  test('but for what it makes of a refusal: a token is sent again after invalid_grant', () => {
    const refused = { ...lost, did: 'answers invalid_grant in place of the work' }
    expect(uses({ status: 400, error: 'invalid_grant', response: aMessage(), faults: [refused] })).toEqual([
      'refresh-after-invalid-grant',
    ])
  })
})
