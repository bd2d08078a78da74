import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { endpoints } from '../../electron/server/provider/routes.ts'
import { type Answer, bearer, ISSUER, type Issuer, openIssuer } from '../support/issuer.ts'
import { pathOf } from './grammar.ts'
import { megabyteBody, mutated, paths, type WildRequest, wildRequest } from './requests.ts'

const RUNS = 150
const SLOWEST_MS = 1_500

async function realTokens(issuer: Issuer): Promise<string[]> {
  const tokens: string[] = []
  // Several logins, for some of the requests end one.
  for (const username of ['alice', 'dave', 'erin', 'carol', 'alice', 'dave']) {
    const { access_token, refresh_token } = await issuer.login(username, { scope: 'read write' })
    tokens.push(access_token, ...(refresh_token ? [refresh_token] : []))
  }
  return tokens
}

/** Where people look, a refusal is a page; it says as much, and lets nothing in that was sent. */
const pages = ['/authorize', '/interaction', '/device', '/end_session']

function expectPage({ headers, text }: Answer): void {
  expect(headers.get('content-type')).toBe('text/html; charset=utf-8')
  expect(headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(text).toMatch(/<div class="alert" role="alert"><p>[^<]+<\/p><\/div>/)
  expect(text).not.toContain('<script')
}

/** Never a 5xx, always a body of the type it says, and an error that says what is wrong. */
function expectWellFormed(answer: Answer, { target, init }: WildRequest): void {
  const { status } = answer
  expect(status).toBeGreaterThanOrEqual(200)
  expect(status).toBeLessThan(500)
  if (status < 400 || init.method === 'HEAD') return
  const { pathname } = new URL(target, ISSUER)
  if (status !== 405 && pages.includes(pathname)) expectPage(answer)
  else expectErrorBody(answer)
}

function expectErrorBody({ status, headers, text }: Answer): void {
  expect(headers.get('content-type')).toBe('application/json')
  const body = JSON.parse(text)
  expect(body).toMatchObject({ error: expect.any(String), detail: expect.any(String) })
  expect(body.error_description).toBe(body.detail)
  expect(body.detail).toMatch(/^[\x20\x21\x23-\x5B\x5D-\x7E]+$/)
  expect(text.length).toBeLessThan(20_000)
  if (status === 401) expect(headers.get('www-authenticate')).toMatch(/^(Bearer|DPoP|Basic)\b/)
}

async function sendAndJudge(issuer: Issuer, request: WildRequest): Promise<Answer> {
  const began = performance.now()
  const answer = await issuer.send(request.target, request.init)
  expect(performance.now() - began).toBeLessThan(SLOWEST_MS)
  expectWellFormed(answer, request)
  return answer
}

describe('bad input never gives a 5xx', () => {
  test('it is sent to every route', () => {
    const routes = endpoints.filter(({ unrecorded }) => !unrecorded).map(pathOf)
    expect(paths).toEqual(expect.arrayContaining(routes))
  })

  test.each(paths)('at %s', { timeout: 60_000 }, async (path) => {
    const issuer = await openIssuer()
    const request = wildRequest(path, await realTokens(issuer))
    await fc.assert(
      fc.asyncProperty(request, async (wild) => void (await sendAndJudge(issuer, wild))),
      { numRuns: RUNS },
    )
    expect(issuer.log).toEqual([])
  })

  test.each(paths)('nor does a body of a megabyte at %s', async (path) => {
    const issuer = await openIssuer()
    await fc.assert(
      fc.asyncProperty(
        megabyteBody,
        fc.constantFrom('application/json', 'application/x-www-form-urlencoded'),
        async (body, type) => {
          const headers = new Headers({ 'content-type': type })
          const request = { target: path, init: { method: 'POST', headers, body } }
          const { status } = await sendAndJudge(issuer, request)
          expect(status).toBeGreaterThanOrEqual(400)
        },
      ),
      { numRuns: 8 },
    )
    expect(issuer.log).toEqual([])
  })
})

describe('what was bad leaves nothing behind', () => {
  test('after it all an honest client logs in as ever, and every exchange can be read', async () => {
    const issuer = await openIssuer()
    const tokens = await realTokens(issuer)
    const any = fc.constantFrom(...paths).chain((path) => wildRequest(path, tokens))
    for (const wild of fc.sample(any, 150)) await issuer.send(wild.target, wild.init)
    const { access_token } = await issuer.login('dave', { scope: 'read' })
    expect((await issuer.get('/items', bearer(access_token))).status).toBe(200)
    const { rows } = await issuer.call('exchanges.list', { limit: 1000 })
    expect(rows.length).toBeGreaterThanOrEqual(150)
    for (const { id } of rows) await issuer.call('exchanges.get', { id })
  })

  test('nothing reaches Object.prototype', async () => {
    const issuer = await openIssuer()
    const before = Object.getOwnPropertyNames(Object.prototype).sort()
    const bodies = ['{"__proto__":{"polluted":1}}', '{"constructor":{"prototype":{"polluted":1}}}']
    for (const path of paths) for (const body of bodies) await issuer.send(path, { method: 'POST', body })
    await issuer.postForm('/token', { __proto__polluted: '1', '__proto__[polluted]': '1' })
    expect(Object.getOwnPropertyNames(Object.prototype).sort()).toEqual(before)
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })

  test('no broken token is ever taken for the one it was made from', async () => {
    const issuer = await openIssuer()
    const tokens = await realTokens(issuer)
    await fc.assert(
      fc.asyncProperty(mutated(tokens), async (token) => {
        fc.pre(token !== '' && !tokens.includes(token))
        const answers = [
          await issuer.get('/me', bearer(token)),
          await issuer.get('/items', bearer(token)),
          await issuer.postJson('/refresh', { refresh_token: token }),
        ]
        expect(answers.map(({ status }) => status)).toEqual([401, 401, 401])
      }),
      { numRuns: 400 },
    )
  })

  test('every single bit of an access token counts', { timeout: 60_000 }, async () => {
    const issuer = await openIssuer()
    const { access_token } = await issuer.login('alice')
    for (let at = 0; at < access_token.length; at++) {
      for (const bit of [0, 3]) {
        const flipped = String.fromCharCode(access_token.charCodeAt(at) ^ (1 << bit))
        if (!/[\x21-\x7e]/.test(flipped)) continue
        const token = access_token.slice(0, at) + flipped + access_token.slice(at + 1)
        expect((await issuer.get('/me', bearer(token))).status, `bit ${bit} of character ${at}`).toBe(401)
      }
    }
  })
})
