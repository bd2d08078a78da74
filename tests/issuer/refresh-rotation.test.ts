import { decodeJwt } from 'jose'
import { describe, expect, test } from 'vitest'
import type { RefreshRotation } from '../../shared/contract/values.ts'
import { openListening } from '../recipes/listening.ts'
import { expectInvalidToken, expectRefusal } from '../support/expect-refusal.ts'
import { type Answer, bearer, type Fields, type Issuer, openIssuer } from '../support/issuer.ts'

const refresh = ({ token }: Issuer, refreshToken: unknown, fields: Fields = {}) =>
  token({ grant_type: 'refresh_token', refresh_token: String(refreshToken), ...fields })

const openWith = (refreshRotation: RefreshRotation) =>
  openIssuer({ workspace: { settings: { refreshRotation, refreshGracePeriod: 10 } } })

const revoked = { status: 400, error: 'invalid_grant', description: 'Refresh token revoked' }
const active = async ({ call }: Issuer, kind: 'access' | 'refresh') =>
  (await call('tokens.list', { filter: { state: 'active', kind } })).total
const succeeded = ({ status }: Answer) => status === 200
const twentyOf = <T>(one: () => Promise<T>) => Promise.all(Array.from({ length: 20 }, one))

describe('strict', () => {
  test('of 20 at the same time exactly one wins, and the trace says what the others came after', async () => {
    const issuer = await openWith('strict')
    const { refresh_token } = await issuer.login('alice')
    const answers = await twentyOf(() => refresh(issuer, refresh_token))
    const [winner, ...others] = answers.filter(succeeded)
    expect(others).toEqual([])
    for (const loser of answers.filter((answer) => !succeeded(answer))) expectRefusal(loser, revoked)
    expect(await active(issuer, 'refresh')).toBe(0)

    const successor = decodeJwt(String(winner!.body.refresh_token)).jti!
    const { rows } = await issuer.call('exchanges.list', { limit: 100 })
    expect(new Set(rows.map(({ traceId }) => traceId)).size).toBe(1)
    const exchanges = await Promise.all(rows.map(({ id }) => issuer.call('exchanges.get', { id })))
    const raced = exchanges.flatMap(({ verdicts }) =>
      verdicts.filter(({ check, outcome }) => check === 'refresh.token-unused' && outcome === 'failed'),
    )
    expect(raced.length).toBeGreaterThan(0)
    for (const { observed } of raced) expect(observed).toContain(`gave the refresh token ${successor}`)
    const winning = exchanges.filter(({ jtis }) => jtis.includes(successor))
    expect(winning.filter(({ status }) => status === 200)).toHaveLength(1)
  })

  test('on sockets, too', async () => {
    const { issuer, core } = await openListening()
    const send = async (fields: Fields) => {
      const answer = await fetch(`${issuer}/token`, { method: 'POST', body: new URLSearchParams(fields) })
      return { status: answer.status, body: (await answer.json()) as Record<string, string> }
    }
    const login = await send({ grant_type: 'password', username: 'alice', password: 'wonderland' })
    const fields = { grant_type: 'refresh_token', refresh_token: login.body.refresh_token! }
    const answers = await twentyOf(() => send(fields))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(answers.filter(({ body }) => body.error === 'invalid_grant')).toHaveLength(19)
    expect(core.settings().refreshRotation).toBe('strict')
  })
})

describe('grace', () => {
  test('of 20 at the same time each gets a pair of its own, and the family lives', async () => {
    const issuer = await openWith('grace')
    const { refresh_token } = await issuer.login('alice')
    const answers = await twentyOf(() => refresh(issuer, refresh_token))
    expect(answers.filter(succeeded)).toHaveLength(20)
    expect(new Set(answers.map(({ body }) => body.refresh_token)).size).toBe(20)
    expect(await active(issuer, 'refresh')).toBe(20)
    expect((await refresh(issuer, answers[7]!.body.refresh_token)).status).toBe(200)
  })

  test('a second use gets another pair until the period ends, and then revokes the family', async () => {
    const issuer = await openWith('grace')
    const { refresh_token } = await issuer.login('alice')
    const first = await refresh(issuer, refresh_token)
    issuer.clock.advance(9)
    const second = await refresh(issuer, refresh_token)
    expect(second.status).toBe(200)
    expect((await issuer.lastExchange()).verdicts).toContainEqual(
      expect.objectContaining({
        check: 'refresh.token-unused',
        outcome: 'passed',
        observed: expect.stringContaining('9000 ms ago'),
      }),
    )
    // The period counts from the first use, not from the last.
    issuer.clock.advance(1)
    expectRefusal(await refresh(issuer, refresh_token), revoked)
    for (const { body } of [first, second]) {
      expectRefusal(await refresh(issuer, body.refresh_token), revoked)
      expectInvalidToken(await issuer.get('/me', bearer(String(body.access_token))), 'Token revoked')
    }
  })

  test('a revoked token has no grace', async () => {
    const issuer = await openWith('grace')
    const { refresh_token } = await issuer.login('alice')
    await refresh(issuer, refresh_token)
    await issuer.call('tokens.revoke', { jtis: [decodeJwt(refresh_token!).jti!] })
    expectRefusal(await refresh(issuer, refresh_token), revoked)
  })
})

describe('none', () => {
  test('the token goes on until it expires, and the answer brings no other', async () => {
    const issuer = await openWith('none')
    const { refresh_token } = await issuer.login('alice')
    for (const answer of await twentyOf(() => refresh(issuer, refresh_token))) {
      expect(answer.status).toBe(200)
      expect(answer.body).not.toHaveProperty('refresh_token')
    }
    expect(await active(issuer, 'access')).toBe(21)
    expect(await active(issuer, 'refresh')).toBe(1)
    issuer.clock.advance(604_800)
    expect((await refresh(issuer, refresh_token)).body.error).toBe('invalid_grant')
  })

  test('for a public client it is warned of, and under strict refused (RFC 9700 4.14.2)', async () => {
    const issuer = await openWith('none')
    const { refresh_token } = await issuer.login('alice')
    await refresh(issuer, refresh_token)
    const outcomes = async () =>
      (await issuer.lastExchange()).verdicts.find(({ check }) => check === 'refresh.rotation-safe')?.outcome
    expect(await outcomes()).toBe('warned')
    await issuer.call('settings.update', { profile: 'strict' })
    expect((await refresh(issuer, refresh_token)).body.error).toBe('unauthorized_client')
    expect(await outcomes()).toBe('failed')
  })

  test('a logout while it refreshes leaves no live token', async () => {
    const issuer = await openWith('none')
    const { access_token, refresh_token } = await issuer.login('alice')
    await Promise.all([refresh(issuer, refresh_token), issuer.postForm('/logout', {}, bearer(access_token))])
    expect(await active(issuer, 'access')).toBe(0)
  })
})

test("a client's own policy comes before the issuer's", async () => {
  const issuer = await openWith('none')
  await issuer.call('clients.update', { id: 'demo-spa', changes: { refreshRotation: 'strict' } })
  const { refresh_token } = await issuer.login('alice')
  expect((await refresh(issuer, refresh_token)).body.refresh_token).toBeTypeOf('string')
  expectRefusal(await refresh(issuer, refresh_token), revoked)
})
