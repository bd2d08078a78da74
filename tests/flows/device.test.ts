import { describe, expect, test } from 'vitest'
import { allowAll, openBrowser } from '../support/browser.ts'
import { openFlows, stepOf, textOf, until } from '../support/flows.ts'
import { FORGED } from '../support/forger.ts'
import { START } from '../support/issuer.ts'

// The device flow: how it polls, and for how long.

describe('a device', () => {
  test('polls no faster than it may, until its user is done', async () => {
    const bench = await openFlows()
    const { id } = await bench.start({ kind: 'device' })
    const polling = await bench.call('flows.run', { id })
    expect(polling.state).toBe('polling')
    const browser = openBrowser(bench)
    const entry = textOf(polling, 'user_code')
    const page = await browser.follow(await browser.post('/device', { user_code: entry }))
    const consent = await browser.follow(await browser.fill(page, { username: 'dave', password: 'davinci' }))
    await allowAll(browser, consent)
    await bench.call('clock.set', { stepMs: 4_000 })
    expect(stepOf(await bench.call('flows.get', { id }), 'token').attempts).toHaveLength(1)
    await bench.call('clock.set', { stepMs: 2_000 })
    const done = await until(bench, id, ({ state }) => state === 'done')
    expect(stepOf(done, 'token').attempts.map(({ outcome }) => outcome)).toEqual(['pending', 'passed'])
  })

  test('that is asked too often becomes slower', async () => {
    const bench = await openFlows()
    const { id } = await bench.start({ kind: 'device' })
    await bench.call('flows.run', { id })
    const after = await bench.call('flows.send', { id })
    expect(stepOf(after, 'token').attempts.at(-1)!.summary).toContain('every 10 seconds')
    expect(after.state).toBe('polling')
    expect((await bench.call('flows.cancel', { id })).state).toBe('open')
  })

  test('says when its code ends and when it asks next, on the clock of the issuer; a new code is asked for anew', async () => {
    const bench = await openFlows()
    const { id } = await bench.start({ kind: 'device' })
    const polling = await bench.call('flows.run', { id })
    const now = bench.clock.now()
    expect(polling.polling).toEqual({ at: now + 5_000, clock: 'issuer' })
    const { expires_in } = JSON.parse(
      stepOf(polling, 'device_authorization').attempts[0]!.hops[0]!.response!.body,
    ) as { expires_in: number }
    expect(Number(textOf(polling, 'user_code_expires_at')) * 1000).toBe(now + expires_in * 1000)
    const slower = await bench.call('flows.send', { id })
    expect([slower.polling?.at, textOf(slower, 'interval')]).toEqual([now + 10_000, '10'])
    await bench.call('clock.set', { stepMs: expires_in * 1000 + 1000 })
    const over = await until(bench, id, ({ state }) => state === 'failed')
    expect(stepOf(over, 'token').attempts.at(-1)!.summary).toContain('expired_token')
    expect(over.polling).toBeNull()
    const step = stepOf(over, 'device_authorization').index
    const again = await bench.call('flows.send', { id, step })
    expect(textOf(again, 'user_code')).not.toBe(textOf(over, 'user_code'))
    expect(textOf(again, 'interval')).toBe('5')
  })

  test('asks every five seconds where the issuer does not say how often (RFC 8628 3.2)', async () => {
    const device = { device_code: 'd', user_code: 'U', verification_uri: `${FORGED}/device`, expires_in: 600 }
    const metadata = {
      issuer: FORGED,
      token_endpoint: `${FORGED}/token`,
      device_authorization_endpoint: `${FORGED}/device_authorization`,
    }
    const answers: Record<string, [number, object]> = {
      '/.well-known/openid-configuration': [200, metadata],
      '/device_authorization': [200, device],
      '/token': [400, { error: 'authorization_pending' }],
    }
    const bench = await openFlows({
      elsewhere: async ({ url }) => {
        const [status, body] = answers[new URL(url).pathname]!
        return Response.json(body, { status })
      },
    })
    const profile = { name: 'Other', issuer: { kind: 'discovery', url: FORGED } as const, clientId: 'tv' }
    const { id: profileId } = await bench.call('flowProfiles.save', { profile })
    const { id } = await bench.start({ kind: 'device', profileId })
    const run = await bench.call('flows.run', { id })
    expect(run.polling).toEqual({ at: START + 5_000, clock: 'real' })
    expect(Number(textOf(run, 'user_code_expires_at')) * 1000).toBe(START + 600_000)
  })
})
