import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { describe, expect, onTestFinished, test } from 'vitest'
import { answerOf, authorizationQuery, codeFields, openBrowser } from '../support/browser.ts'
import { expectInvalidClient, expectRefusal } from '../support/expect-refusal.ts'
import { basic, type Fields, type Issuer, openIssuer } from '../support/issuer.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

// Pushed authorization requests (RFC 9126).

const push = (issuer: Issuer, fields: Fields = {}, headers: Fields = {}) =>
  issuer.postForm('/par', Object.fromEntries(authorizationQuery(fields)), headers)

async function pushed(fields: Fields = {}) {
  const issuer = await openIssuer()
  const { body } = await push(issuer, fields)
  const query = { client_id: 'demo-spa', request_uri: String(body.request_uri) }
  const browser = openBrowser(issuer)
  const authorize = (more: Fields = {}) =>
    browser.get(`/authorize?${new URLSearchParams({ ...query, ...more })}`)
  return { issuer, browser, query, authorize }
}

describe('pushing a request', () => {
  test('gives a request_uri for a minute', async () => {
    const answer = await push(await openIssuer())
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([201, 'no-store'])
    expect(answer.body).toEqual({
      request_uri: expect.stringMatching(/^urn:ietf:params:oauth:request_uri:[\w-]{43}$/),
      expires_in: 60,
    })
  })

  test('gives another one each time', async () => {
    const issuer = await openIssuer()
    const answers = [await push(issuer), await push(issuer)]
    expect(new Set(answers.map(({ body }) => body.request_uri)).size).toBe(2)
  })

  test('a confidential client has to authenticate', async () => {
    const issuer = await openIssuer()
    const fields = { client_id: 'demo-web' }
    expectInvalidClient(await push(issuer, fields), 'Client authentication is required')
    const right = basic('demo-web', 'demo-web-secret')
    expect((await push(issuer, fields, right)).status).toBe(201)
    expect((await push(issuer, { client_id: '' }, right)).status).toBe(201)
  })

  test('neither the request_uri nor a secret is kept', async () => {
    const folder = await temporaryFolder()
    onTestFinished(() => folder.remove())
    const database = join(folder.path, 'test.db')
    const issuer = await openIssuer({ database })
    const secret = { client_id: 'demo-web', client_secret: 'demo-web-secret' }
    const { body } = await push(issuer, secret)
    const sqlite = new BetterSqlite3(database, { readonly: true })
    const kept = JSON.stringify(sqlite.prepare('SELECT * FROM pushed_requests').all())
    sqlite.close()
    expect(kept).toContain('af0ifjsldkj')
    expect(kept).not.toContain('demo-web-secret')
    expect(kept).not.toContain(String(body.request_uri).split(':').at(-1))
  })

  test.each([
    ['a request_uri', { request_uri: 'urn:x' }, 'invalid_request', 'pushed.no-request-uri'],
    [
      'a foreign redirect_uri',
      { redirect_uri: 'https://x.test/' },
      'invalid_request',
      'authorize.redirect-uri-registered',
    ],
    ['no response_type', { response_type: '' }, 'invalid_request', 'authorize.response-type-present'],
    ['an unknown scope', { scope: 'coffee' }, 'invalid_scope', 'scope.known'],
    ['a short challenge', { code_challenge: 'abc' }, 'invalid_request', 'authorize.challenge-syntax'],
    ['a broken request object', { request: 'a.b.c' }, 'invalid_request_object', 'request-object.readable'],
  ])('with %s is refused at once, as JSON', async (_what, fields, error, check) => {
    const issuer = await openIssuer()
    const answer = await push(issuer, fields)
    expectRefusal(answer, {
      status: 400,
      error,
      description: String(answer.body.error_description),
    })
    expect((await issuer.failedCheck()).check).toBe(check)
  })
})

describe('a pushed request at the authorization endpoint', () => {
  test('is answered as if it had come there', async () => {
    const { issuer, browser, authorize } = await pushed({ scope: 'openid read' })
    await browser.logIn('alice', { scope: 'openid read' })
    const { code, ...rest } = answerOf(await authorize())
    expect(rest).toEqual({ state: 'af0ifjsldkj', iss: 'http://127.0.0.1:4400' })
    expect((await issuer.token(codeFields(code!))).body).toMatchObject({ scope: 'openid read' })
  })

  test('may come by form', async () => {
    const { browser, query } = await pushed()
    const answer = await browser.post('/authorize', query)
    expect(answer.headers.get('location')).toMatch(/^interaction\?id=/)
  })

  test('counts as it was pushed, whatever comes beside it', async () => {
    const { browser, authorize } = await pushed({ scope: 'openid' })
    await browser.logIn()
    const answer = await authorize({ state: 'forged', redirect_uri: 'http://127.0.0.1:9/x', scope: 'admin' })
    expect(answerOf(answer)).toMatchObject({ code: expect.any(String), state: 'af0ifjsldkj' })
  })

  const ending = async ({ issuer, authorize }: Awaited<ReturnType<typeof pushed>>, more: Fields = {}) => {
    const { status, headers } = await authorize(more)
    return [status, headers.get('location'), (await issuer.failedCheck()).check]
  }

  test('ends in a page when it is used again', async () => {
    const request = await pushed()
    expect((await request.authorize()).status).toBe(303)
    expect(await ending(request)).toEqual([400, null, 'pushed.request-uri-unused'])
  })

  test.each([
    ['standard', 'lenient', 303],
    ['lenient', 'standard', 400],
  ] as const)('used again at an issuer that is %s by a client that is %s: %i', async (ours, its, status) => {
    const { issuer, authorize } = await pushed()
    await issuer.call('settings.update', { profile: ours })
    await issuer.call('clients.update', { id: 'demo-spa', changes: { profile: its } })
    await authorize()
    expect((await authorize()).status).toBe(status)
  })

  test('ends in a page when it has expired', async () => {
    const request = await pushed()
    request.issuer.clock.advance(59)
    expect((await request.authorize()).status).toBe(303)
    const late = await pushed()
    late.issuer.clock.advance(60)
    expect(await ending(late)).toEqual([400, null, 'pushed.request-uri-not-expired'])
  })

  test('ends in a page for another client, and is not used up by it', async () => {
    const request = await pushed()
    const another = [400, null, 'pushed.request-uri-of-client']
    expect(await ending(request, { client_id: 'demo-web' })).toEqual(another)
    expect(await ending(request, { client_id: '' })).toEqual([400, null, 'authorize.client-id-present'])
    expect((await request.authorize()).status).toBe(303)
  })

  test('ends in a page when nobody pushed it', async () => {
    const request = await pushed()
    const request_uri = 'urn:ietf:params:oauth:request_uri:made-up'
    expect(await ending(request, { request_uri })).toEqual([400, null, 'pushed.request-uri-known'])
  })

  test('is in one trace with its push, also without a state', async () => {
    const { issuer, authorize } = await pushed({ state: '' })
    await authorize()
    const traces = await issuer.call('traces.list', {})
    const { exchanges } = await issuer.call('traces.get', { id: traces[0]!.id })
    expect(exchanges.map(({ endpoint }) => endpoint)).toEqual(['pushed-authorization', 'authorization'])
  })
})
