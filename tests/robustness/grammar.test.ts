import assert from 'node:assert/strict'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Endpoint } from '../../electron/server/provider/endpoint.ts'
import { endpoints } from '../../electron/server/provider/routes.ts'
import { legalErrors } from '../../shared/protocol/legal-errors.ts'
import { type Answer, bySocket, ISSUER, openIssuer } from '../support/issuer.ts'
import { giveOut, grammaticalRequest, pathOf } from './grammar.ts'
import type { WildRequest } from './requests.ts'

/** Per endpoint. */
const RUNS = 2_000
/** No answer takes this long on any machine; one that hangs would. */
const SLOWEST_MS = 5_000

/** What the grammar does not know: a code of this moment, a registration access token, the browser that began a login. */
const needSecrets = ['2fa-verify', 'client-configuration', 'interaction']

/** Files of a page look at nothing but their path. */
const runsOf = ({ unrecorded }: Endpoint): number => (unrecorded ? 20 : RUNS)

const legal = (name: string): readonly unknown[] => legalErrors[name]!

/** Of the answers' headers and bodies, by what they are for. By `assert`: an `expect` takes as long as many a request. */
function assertWellFormed(name: string, answer: Answer, { target }: WildRequest): void {
  const { status, headers, text, body } = answer
  assert.ok(status >= 200 && status < 500, `${status}`)
  const type = headers.get('content-type')
  if (status >= 300 && status < 400) assertRedirect(name, headers.get('location')!, target)
  else if (type?.startsWith('text/html')) assertPage(answer)
  else if (status >= 400) assertError(name, answer)
  else if (type === 'application/json') assert.ok(text !== '' && typeof body === 'object', text)
}

/** The demo clients' URIs are loopback ones, and the issuer is there, too. */
function assertRedirect(name: string, location: string, target: string): void {
  const url = new URL(location, target)
  assert.equal(url.protocol, 'http:')
  assert.ok(['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname), location)
  const answer = new URLSearchParams(url.hash.slice(1) || url.search)
  const error = url.origin === ISSUER ? null : answer.get('error')
  if (error !== null) assert.ok([...legal(name), ...legal('authorization')].includes(error), error)
}

function assertPage({ headers, text }: Answer): void {
  assert.match(text, /^<!doctype html>/i)
  assert.match(text, /<\/html>\s*$/i)
  assert.ok(headers.get('content-security-policy'), 'no content security policy')
}

/** RFC 6749 5.2, RFC 6750 3 */
function assertError(name: string, { status, headers, body }: Answer): void {
  assert.equal(headers.get('content-type'), 'application/json')
  assert.ok(legal(name).includes(body.error), `${name} says ${body.error}`)
  assert.match(body.error_description as string, /^[\x20\x21\x23-\x5B\x5D-\x7E]+$/)
  if (status !== 401) return
  const expected = body.error === 'invalid_client' ? /^(Basic|Bearer|DPoP) / : /^(Bearer|DPoP|Basic)\b/
  assert.match(headers.get('www-authenticate') ?? '', expected)
}

// Else most requests after the first twenty wrong secrets would end there.
const settings = {
  exchangesKept: 100,
  checkLevels: { 'throttle.secret': 'off', 'throttle.password': 'off' },
} as const

describe('requests by the grammar of each endpoint', () => {
  test.each(endpoints.map((endpoint) => [pathOf(endpoint), endpoint] as const))(
    '%s answers all of them, and each in form',
    { timeout: 120_000 },
    async (_path, endpoint) => {
      const issuer = bySocket(await openIssuer({ workspace: { settings } }))
      const given = await giveOut(issuer)
      const statuses = new Set<number>()
      await fc.assert(
        fc.asyncProperty(grammaticalRequest(endpoint, given), async (request) => {
          const began = performance.now()
          const answer = await issuer.send(request.target, request.init)
          assert.ok(performance.now() - began < SLOWEST_MS)
          assertWellFormed(endpoint.name, answer, request)
          statuses.add(answer.status)
        }),
        { numRuns: runsOf(endpoint) },
      )
      expect(issuer.log).toEqual([])
      const succeeded = [...statuses].some((status) => status < 400)
      expect(succeeded || needSecrets.includes(endpoint.name), 'some of them are right').toBe(true)
    },
  )
})

test('every endpoint has its list of errors', () => {
  expect(Object.keys(legalErrors).sort()).toEqual([...new Set(endpoints.map(({ name }) => name))].sort())
})
