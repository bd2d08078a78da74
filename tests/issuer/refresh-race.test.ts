import { setTimeout as after } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test, vi } from 'vitest'
import { type Issuer, openIssuer } from '../support/issuer.ts'

async function open(settings: object = {}) {
  const issuer = await openIssuer({ workspace: { settings } })
  issuer.grantscope.listening({ issuer: 'http://127.0.0.1:4400', control: null, warnings: [] })
  return issuer
}

async function refreshToken(issuer: Issuer, clientId = 'demo-spa') {
  const { refresh_token } = await issuer.call('tokens.issue', { userId: 'alice', clientId, scopes: ['read'] })
  const { rows } = await issuer.call('tokens.list', { filter: { kind: 'refresh' }, limit: 1 })
  return { jti: rows[0]!.jti, token: refresh_token! }
}

test('under strict exactly one of 20 wins, the family is revoked, and the trace shows the race', async () => {
  const issuer = await open({ refreshRotation: 'strict' })
  const { jti } = await refreshToken(issuer)
  const race = await issuer.call('tokens.refreshRace', { jti, count: 20 })
  expect(race.runs.filter(({ won }) => won)).toHaveLength(1)
  expect(race).toMatchObject({
    policy: 'strict',
    request: 'POST /token as demo-spa, a public client',
    expected: { winners: 1, familyRevoked: true },
    asExpected: true,
  })
  const losers = race.runs.filter(({ won }) => !won)
  expect(new Set(losers.map(({ status, error }) => `${status} ${error}`))).toEqual(
    new Set(['400 invalid_grant']),
  )
  expect(race.family.every(({ state, revokedBy }) => state === 'revoked' && revokedBy === 'issuer')).toBe(
    true,
  )
  expect(race.family.filter(({ reusedAt }) => reusedAt !== null).map((row) => row.jti)).toEqual([jti])

  const trace = await issuer.call('traces.get', { id: race.traceId! })
  expect(trace.exchanges.map(({ id }) => id).sort()).toEqual(
    race.runs.map(({ exchangeId }) => exchangeId).sort(),
  )
  const finding = trace.findings.find(({ rule }) => rule === 'refresh-parallel')
  expect(finding).toMatchObject({ severity: 'error' })
  expect(finding!.observed).toBe('20 refreshes with the same token at once, of which 1 got tokens')
  expect(issuer.log).toEqual([])
})

test('within a grace period each gets tokens of its own, and the family lives', async () => {
  const issuer = await open({ refreshRotation: 'grace', refreshGracePeriod: 10 })
  const { jti } = await refreshToken(issuer)
  const race = await issuer.call('tokens.refreshRace', { jti, count: 4 })
  expect(race).toMatchObject({ observed: { winners: 4, familyRevoked: false }, asExpected: true })
  expect(new Set(race.runs.flatMap(({ jtis }) => jtis)).size).toBe(8)
  const trace = await issuer.call('traces.get', { id: race.traceId! })
  expect(trace.findings.find(({ rule }) => rule === 'refresh-parallel')?.severity).toBe('warning')
})

test('without rotation all get an access token and the refresh token stays', async () => {
  const issuer = await open({ refreshRotation: 'none' })
  const { jti } = await refreshToken(issuer)
  const race = await issuer.call('tokens.refreshRace', { jti, count: 3 })
  expect(race).toMatchObject({ observed: { winners: 3, familyRevoked: false }, asExpected: true })
  expect(race.family.find((row) => row.jti === jti)?.state).toBe('active')
})

test('a confidential client proves who it is', async () => {
  const issuer = await open()
  const { jti } = await refreshToken(issuer, 'demo-web')
  const race = await issuer.call('tokens.refreshRace', { jti, count: 2 })
  expect(race.request).toBe('POST /token as demo-web, by client_secret_basic')
  expect(race.asExpected).toBe(true)
})

test('a token used before, revoked or expired wins nothing, as its state says', async () => {
  const issuer = await open({ refreshRotation: 'strict' })
  const race = (jti: string) => issuer.call('tokens.refreshRace', { jti, count: 2 })
  const used = await refreshToken(issuer)
  await issuer.token({ grant_type: 'refresh_token', refresh_token: used.token, client_id: 'demo-spa' })
  expect(await race(used.jti)).toMatchObject({
    expected: { winners: 0, familyRevoked: true },
    asExpected: true,
  })
  const expired = await refreshToken(issuer)
  await issuer.call('tokens.expire', { jtis: [expired.jti] })
  expect(await race(expired.jti)).toMatchObject({
    expected: { winners: 0, familyRevoked: false },
    asExpected: true,
  })
  await issuer.call('tokens.revoke', { jtis: [expired.jti] })
  expect(await race(expired.jti)).toMatchObject({
    expected: { winners: 0, familyRevoked: false },
    asExpected: true,
  })
})

test('a token whose key is revoked cannot be made out again', async () => {
  const issuer = await open()
  const { jti } = await refreshToken(issuer)
  const { header } = await issuer.call('tokens.get', { jti })
  const { kid } = await issuer.call('keys.generate', { alg: 'HS256', use: 'refresh' })
  await issuer.call('keys.activate', { kid })
  await issuer.call('keys.revoke', { kid: String(header.kid) })
  const refused = await issuer.grantscope.dispatch('tokens.refreshRace', { jti, count: 2 })
  expect(refused).toMatchObject({ ok: false, error: { code: 'refused' } })
})

test('requests that a fault hangs are given up in time, also when garbage is collected meanwhile', async () => {
  setFlagsFromString('--expose-gc')
  const collectGarbage = runInNewContext('gc') as () => void
  const issuer = await open()
  const { jti } = await refreshToken(issuer)
  await issuer.call('faults.create', {
    name: 'Silence',
    match: { endpoints: ['token'] },
    action: { kind: 'hang' },
  })
  const { timeout } = AbortSignal
  const soon = vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => timeout.call(AbortSignal, ms / 50))
  try {
    const racing = issuer.call('tokens.refreshRace', { jti, count: 2 })
    for (let round = 0; round < 4; round++) {
      await after(100)
      collectGarbage()
    }
    const race = await Promise.race([racing, after(1000, null)])
    expect(race?.runs.map(({ won, status }) => ({ won, status }))).toEqual([
      { won: false, status: 0 },
      { won: false, status: 0 },
    ])
  } finally {
    soon.mockRestore()
  }
})
