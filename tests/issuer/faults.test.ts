import { describe, expect, onTestFinished, test } from 'vitest'
import { createGrantscope } from '../../electron/server/index.ts'
import type { NewFault } from '../../shared/contract/faults/fault.ts'
import { basic, bearer, type Fields, type Issuer, openIssuer, withHelpers } from '../support/issuer.ts'
import { openTwo } from '../support/second-issuer.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

// Which requests a fault strikes, how often, and what is left of it in counters and traces.

const REFUSE = { kind: 'error', code: 'invalid_request' } as const
const login = { grant_type: 'password', username: 'alice', password: 'wonderland' }
const carol = { ...login, username: 'erin', password: 'erindale' }

const arm = (issuer: Issuer, fault: Partial<NewFault> = {}) =>
  issuer.call('faults.create', { name: 'Refused', match: { endpoints: ['token'] }, action: REFUSE, ...fault })

const statusOf = async (issuer: Issuer, fields: Fields = login, headers: Fields = {}) =>
  (await issuer.token(fields, headers)).status

const statuses = async (issuer: Issuer, count: number) => {
  const all: number[] = []
  for (let i = 0; i < count; i++) all.push(await statusOf(issuer))
  return all
}

describe('a fault strikes those requests alone that meet its match', () => {
  const forClient = (clientId: string): NewFault['match'] => ({ endpoints: ['token'], clientId })
  const forUser = (userId: string): NewFault['match'] => ({ endpoints: ['token'], userId })

  test('of its endpoint', async () => {
    const issuer = await openIssuer()
    await arm(issuer)
    expect(await statusOf(issuer)).toBe(400)
    expect((await issuer.get('/jwks')).status).toBe(200)
  })

  test('of its issuer', async () => {
    const issuer = await openTwo()
    await arm(issuer, { match: { issuers: ['acme'], endpoints: ['jwks'] } })
    expect((await issuer.get('/jwks')).status).toBe(200)
    expect((await issuer.get('/acme/jwks')).status).toBe(400)
  })

  test('of its method; the question browsers ask beforehand only if that is what it names', async () => {
    const issuer = await openIssuer()
    const { access_token } = await issuer.login('alice', { scope: 'openid' })
    await arm(issuer, { match: { endpoints: ['userinfo'], method: 'POST' } })
    expect((await issuer.get('/userinfo', bearer(access_token))).status).toBe(200)
    expect((await issuer.postForm('/userinfo', { access_token })).status).toBe(400)
    await arm(issuer, { match: { endpoints: ['me'] } })
    expect((await issuer.send('/me', { method: 'OPTIONS' })).status).toBe(204)
    await arm(issuer, { match: { endpoints: ['me'], method: 'OPTIONS' } })
    expect((await issuer.send('/me', { method: 'OPTIONS' })).status).toBe(400)
  })

  test('of its client: by client_id, by Basic, by the token it shows, by what it takes for granted', async () => {
    const issuer = await openIssuer()
    const secret = { client_secret: 'demo-web-secret' }
    const { refresh_token } = await issuer.login('alice', { client_id: 'demo-web', ...secret })
    await arm(issuer, { match: forClient('demo-web') })
    expect(await statusOf(issuer, { ...login, client_id: 'demo-web', ...secret })).toBe(400)
    expect(await statusOf(issuer, login, basic('demo-web', 'demo-web-secret'))).toBe(400)
    expect(await statusOf(issuer)).toBe(200)
    await arm(issuer, { match: { endpoints: ['refresh'], clientId: 'demo-web' } })
    expect((await issuer.postForm('/refresh', { refresh_token: refresh_token! })).status).toBe(400)
    await arm(issuer, { match: forClient('demo-spa') })
    expect(await statusOf(issuer)).toBe(400)
  })

  test('of its user: by name, by refresh token, by bearer token, by session', async () => {
    const issuer = await openIssuer()
    const alice = await issuer.login('alice')
    const erin = await issuer.login('erin')
    const cookies = await Promise.all(
      ['alice', 'dave'].map(async (username) => {
        const password = username === 'alice' ? 'wonderland' : 'davinci'
        const { headers } = await issuer.postForm('/login', { username, password })
        return headers.get('set-cookie')!.split(';')[0]!
      }),
    )
    await arm(issuer, { match: forUser('alice') })
    await arm(issuer, { match: { endpoints: ['me'], userId: 'alice' } })
    expect(await statusOf(issuer)).toBe(400)
    expect(await statusOf(issuer, carol)).toBe(200)
    const refresh = (token: string) =>
      statusOf(issuer, { grant_type: 'refresh_token', refresh_token: token, client_id: 'demo-spa' })
    expect(await refresh(alice.refresh_token!)).toBe(400)
    expect(await refresh(erin.refresh_token!)).toBe(200)
    expect((await issuer.get('/me', bearer(alice.access_token))).status).toBe(400)
    expect((await issuer.get('/me', bearer(erin.access_token))).status).toBe(200)
    const byCookie = cookies.map(async (cookie) => (await issuer.get('/me', { cookie })).status)
    expect(await Promise.all(byCookie)).toEqual([400, 200])
  })

  test('of its grant type, and with its parameter', async () => {
    const issuer = await openIssuer()
    const { refresh_token } = await issuer.login('alice')
    await arm(issuer, { match: { endpoints: ['token'], grantType: 'refresh_token' } })
    expect(await statusOf(issuer)).toBe(200)
    const refresh = { grant_type: 'refresh_token', client_id: 'demo-spa', refresh_token: refresh_token! }
    expect(await statusOf(issuer, refresh)).toBe(400)
    await arm(issuer, { match: { endpoints: ['token'], parameter: { name: 'scope', value: 'read' } } })
    expect(await statusOf(issuer, { ...login, scope: 'read write' })).toBe(200)
    expect(await statusOf(issuer, { ...login, scope: 'read' })).toBe(400)
    await arm(issuer, { match: { endpoints: ['token'], parameter: { name: 'scope' } } })
    expect(await statusOf(issuer, { ...login, scope: 'read write' })).toBe(400)
  })

  test('a user who is only known once the work is done is struck after it', async () => {
    const issuer = await openIssuer()
    await issuer.call('users.update', { id: 'dave', changes: { username: 'david' } })
    const action = { kind: 'patch', patch: { struck: true } } as const
    await arm(issuer, { match: { endpoints: ['token'], userId: 'dave' }, action })
    const answer = await issuer.token({ ...login, username: 'david', password: 'davinci' })
    expect(answer.body.struck).toBe(true)
    expect((await issuer.token(login)).body.struck).toBeUndefined()
  })
})

describe('how often', () => {
  test('count: so many times, and then it is spent until its counters are reset', async () => {
    const issuer = await openIssuer()
    const { id } = await arm(issuer, { count: 2 })
    expect(await statuses(issuer, 4)).toEqual([400, 400, 200, 200])
    const spent = await issuer.call('faults.get', { id })
    expect(spent).toMatchObject({ state: 'spent', seen: 2, hits: 2, lastHitAt: issuer.clock.now() })
    await issuer.call('faults.reset', { ids: [id] })
    expect(await issuer.call('faults.get', { id })).toMatchObject({
      state: 'armed',
      hits: 0,
      lastHitAt: null,
    })
    expect(await statuses(issuer, 3)).toEqual([400, 400, 200])
  })

  test('skip lets the first pass, every takes one of so many', async () => {
    const issuer = await openIssuer()
    const { id } = await arm(issuer, { skip: 1, every: 3, count: 2 })
    expect(await statuses(issuer, 7)).toEqual([200, 400, 200, 200, 400, 200, 200])
    expect(await issuer.call('faults.get', { id })).toMatchObject({ seen: 5, hits: 2 })
  })

  test('of many requests at once no more are struck than it counts', async () => {
    const issuer = await openIssuer()
    await arm(issuer, { count: 3 })
    const all = await Promise.all(Array.from({ length: 12 }, () => statusOf(issuer)))
    expect(all.filter((status) => status === 400)).toHaveLength(3)
  })

  test('an answer in which it has nothing to change does not count', async () => {
    const issuer = await openIssuer()
    const action = { kind: 'break', token: 'id_token', breakId: 'exp-past' } as const
    const { id } = await arm(issuer, { action, count: 1 })
    expect(await statusOf(issuer, { ...login, scope: 'read' })).toBe(200)
    expect(await issuer.call('faults.get', { id })).toMatchObject({ seen: 0, hits: 0, state: 'armed' })
    await issuer.token({ ...login, scope: 'openid' })
    expect(await issuer.call('faults.get', { id })).toMatchObject({ hits: 1, state: 'spent' })
  })

  test('disarmed it does nothing; armed again it goes on counting', async () => {
    const issuer = await openIssuer()
    const { id } = await arm(issuer, { count: 2 })
    expect(await statuses(issuer, 1)).toEqual([400])
    await issuer.call('faults.disarm', {})
    expect(await statuses(issuer, 1)).toEqual([200])
    await issuer.call('faults.arm', { ids: [id] })
    expect(await statuses(issuer, 2)).toEqual([400, 200])
  })
})

describe('several faults', () => {
  test('strike in their order: one that answers keeps the others from it', async () => {
    const issuer = await openIssuer()
    const first = await arm(issuer, { action: { kind: 'answer', status: 503 }, count: 1 })
    const second = await arm(issuer)
    expect(await statuses(issuer, 2)).toEqual([503, 400])
    const hits = async (id: string) => (await issuer.call('faults.get', { id })).hits
    expect([await hits(first.id), await hits(second.id)]).toEqual([1, 1])
  })

  test('each changes what the one before has left of the answer', async () => {
    const issuer = await openIssuer()
    await arm(issuer, { name: 'a', action: { kind: 'patch', patch: { scope: null, a: 1 } } })
    await arm(issuer, { name: 'b', action: { kind: 'patch', patch: { a: 2 } } })
    const { body } = await issuer.token(login)
    expect([body.scope, body.a]).toEqual([undefined, 2])
    expect((await issuer.lastExchange()).faults.map(({ name }) => name)).toEqual(['a', 'b'])
  })
})

describe('the work', () => {
  const family = async (issuer: Issuer) =>
    (await issuer.call('tokens.list', { filter: { kind: 'refresh' } })).rows.map(({ state }) => state).sort()

  test('is not done where a fault stands before it', async () => {
    const issuer = await openIssuer()
    const { refresh_token } = await issuer.login('alice')
    await arm(issuer, { action: { kind: 'drop', when: 'before' }, count: 1 })
    const refresh = { grant_type: 'refresh_token', client_id: 'demo-spa', refresh_token: refresh_token! }
    await expect(issuer.token(refresh)).rejects.toThrow()
    expect(await family(issuer)).toEqual(['active'])
    expect(await statusOf(issuer, refresh)).toBe(200)
  })

  test('is done and stored where its answer is lost: the next try with the same token ends the family', async () => {
    const issuer = await openIssuer()
    const { refresh_token } = await issuer.login('alice')
    await issuer.call('faults.addPreset', { preset: 'refresh-lost' })
    const refresh = { grant_type: 'refresh_token', client_id: 'demo-spa', refresh_token: refresh_token! }
    await expect(issuer.token(refresh)).rejects.toThrow('fetch failed')
    expect(await family(issuer)).toEqual(['active', 'consumed'])
    expect((await issuer.token(refresh)).body.error).toBe('invalid_grant')
    expect(await family(issuer)).not.toContain('active')
  })
})

describe('what is left of it', () => {
  test('the exchange says what struck it, by the name of that moment', async () => {
    const issuer = await openIssuer()
    const { id } = await arm(issuer)
    await issuer.token(login)
    await issuer.call('faults.update', { id, changes: { name: 'Another name' } })
    const did = 'answers invalid_request in place of the work'
    const exchange = await issuer.lastExchange()
    expect(exchange).toMatchObject({
      status: 400,
      error: 'invalid_request',
      clientId: 'demo-spa',
      userId: 'alice',
    })
    expect(exchange.faults).toEqual([{ id, name: 'Refused', did }])
    await issuer.call('faults.disarm', {})
    await issuer.token(login)
    expect((await issuer.lastExchange()).faults).toEqual([])
  })

  test('what was never sent is recorded as no answer, and what was cut as what was sent', async () => {
    const issuer = await openIssuer()
    await arm(issuer, { action: { kind: 'hang', when: 'after' }, count: 1 })
    const aborted = new AbortController()
    const hanging = issuer.send('/token', {
      method: 'POST',
      body: new URLSearchParams(login),
      signal: aborted.signal,
    })
    await expect.poll(async () => (await issuer.call('exchanges.list', {})).total).toBe(1)
    expect(await issuer.lastExchange()).toMatchObject({ status: 0, response: { body: '', headers: [] } })
    aborted.abort()
    await expect(hanging).rejects.toThrow('aborted')
    await arm(issuer, { action: { kind: 'cut', percent: 10 } })
    await expect(issuer.token(login)).rejects.toThrow('terminated')
    const { status, response } = await issuer.lastExchange()
    expect([status, response.body.startsWith('{"access_token"')]).toEqual([200, true])
    expect(response.body.length).toBeLessThan(200)
  })

  test('a replay and a refresh race go through faults as well, and end', async () => {
    const issuer = await openIssuer()
    await issuer.token(login)
    const { id } = await issuer.lastExchange()
    await arm(issuer, { action: { kind: 'hang' }, count: 1 })
    const replayed = await issuer.call('exchanges.replay', { id })
    expect(replayed).toMatchObject({ status: 0, faults: [{ name: 'Refused' }] })
    await arm(issuer, { action: { kind: 'content', body: 'no JSON' } })
    const { rows } = await issuer.call('tokens.list', { filter: { kind: 'refresh' } })
    const race = await issuer.call('tokens.refreshRace', { jti: rows[0]!.jti })
    expect(race.runs.length).toBeGreaterThan(1)
  })

  test('faults and their counters are there after a restart', async () => {
    const folder = await temporaryFolder()
    onTestFinished(() => folder.remove())
    const database = `${folder.path}/faults.db`
    const first = await openIssuer({ database })
    const { id } = await arm(first, { count: 3 })
    expect(await statuses(first, 2)).toEqual([400, 400])
    const before = await first.call('faults.list', {})
    await first.grantscope.close()
    const grantscope = await createGrantscope({
      database,
      host: 'embedded',
      version: '0',
      clock: first.clock,
    })
    const again = withHelpers(grantscope, first.clock, [])
    expect(await again.call('faults.list', {})).toEqual(before)
    expect(await statuses(again, 2)).toEqual([400, 200])
    expect((await again.call('faults.get', { id })).state).toBe('spent')
    await grantscope.close()
  })

  test('closing waits for no delay', async () => {
    const issuer = await openIssuer()
    await arm(issuer, { action: { kind: 'delay', ms: 600_000 } })
    const waiting = issuer.token(login)
    const refused = expect(waiting).rejects.toThrow('fetch failed')
    await new Promise((resolve) => setTimeout(resolve, 20))
    const began = performance.now()
    await issuer.grantscope.close()
    expect(performance.now() - began).toBeLessThan(1_000)
    await refused
  })
})
