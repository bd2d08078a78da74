import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { redirectListener } from '../../electron/host/redirect-listener.ts'
import type { FlowHost, LoginWindow } from '../../electron/server/index.ts'
import type { FlowRun } from '../../shared/contract/operations/flows.ts'
import { allowAll, openBrowser } from '../support/browser.ts'
import { alice, type FlowBench, openFlows, stepOf, textOf, troubles, until } from '../support/flows.ts'
import { unsigned } from '../support/forger.ts'

// Logins by a person: what listens for them, and how they end.

const withListener: FlowHost = { redirects: redirectListener }

async function waitingRun(bench: FlowBench, how: 'flows.run' | 'flows.send' = 'flows.run'): Promise<FlowRun> {
  const run = await bench.start({ kind: 'authorization_code' })
  if (how === 'flows.run') return bench.call('flows.run', { id: run.id })
  await bench.call('flows.send', { id: run.id })
  await bench.call('flows.send', { id: run.id })
  return bench.call('flows.send', { id: run.id })
}

/** What the issuer answers to the run's request once dave has logged in and allowed it. */
async function redirectOf(bench: FlowBench, { waiting }: FlowRun): Promise<string> {
  const browser = openBrowser(bench)
  const page = await browser.follow(await browser.get(waiting!.url))
  const consent = await browser.follow(await browser.fill(page, { username: 'dave', password: 'davinci' }))
  return (await allowAll(browser, consent)).headers.get('location')!
}

describe('a login by browser', () => {
  test('comes back to a free port, once, and the run goes on by itself', async () => {
    const bench = await openFlows({ flows: withListener })
    const run = await waitingRun(bench)
    expect([run.state, run.waiting?.listening, run.waiting?.opened]).toEqual(['waiting', true, false])
    expect(run.waiting!.redirectUri).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/callback$/)
    const location = await redirectOf(bench, run)
    const response = await fetch(location)
    expect([response.status, await response.text()]).toEqual([200, expect.stringContaining('close this tab')])
    const done = await until(bench, run.id, ({ state }) => state === 'done')
    expect(troubles(done)).toEqual([])
    expect(textOf(done, 'sub')).toBe('dave')
    expect(stepOf(done, 'authorize').attempts[0]).toMatchObject({ redirect: location, login: 'browser' })
    await expect(fetch(location)).rejects.toThrow()
  })

  test('comes back as a form too', async () => {
    const bench = await openFlows({ flows: withListener })
    const run = await waitingRun(bench, 'flows.send')
    const [address, query] = (await redirectOf(bench, run)).split('?')
    const response = await fetch(address!, { method: 'POST', body: new URLSearchParams(query) })
    expect(response.status).toBe(200)
    const after = await until(bench, run.id, ({ waiting }) => waiting === null)
    // Sent step by step, the run stops where it was.
    expect([after.state, stepOf(after, after.steps[after.next!]!.id).id]).toEqual(['open', 'token'])
  })

  test.each(['query.jwt', 'form_post.jwt'])('comes back as a JWT by %s', async (response_mode) => {
    const bench = await openFlows({ flows: withListener })
    const { id } = await bench.start({ kind: 'authorization_code', parameters: { response_mode } })
    const run = await bench.call('flows.run', { id })
    const browser = openBrowser(bench)
    const page = await browser.follow(await browser.get(run.waiting!.url))
    const consent = await browser.follow(await browser.fill(page, { username: 'dave', password: 'davinci' }))
    const answer = await allowAll(browser, consent)
    const location = answer.headers.get('location')
    const response = /name="response" value="([^"]+)"/.exec(answer.text)?.[1]
    const { redirectUri } = run.waiting!
    const forged = `${redirectUri}?${new URLSearchParams({ response: unsigned({ code: 'x', state: 'y' }) })}`
    expect((await fetch(forged)).status).toBe(400)
    const arrived = location
      ? await fetch(location)
      : await fetch(redirectUri!, { method: 'POST', body: new URLSearchParams({ response: response! }) })
    expect(arrived.status).toBe(200)
    const done = await until(bench, id, ({ state }) => state === 'done')
    expect(troubles(done)).toEqual([])
  })

  test('of which a fragment is the answer gets a page that sends it along', async () => {
    const bench = await openFlows({ flows: withListener })
    const run = await waitingRun(bench)
    const [address, query] = (await redirectOf(bench, run)).split('?')
    const relay = await fetch(`${address}#${query}`)
    const script = /<script>([\s\S]*)<\/script>/.exec(await relay.text())![1]!
    const hash = createHash('sha256').update(script).digest('base64')
    expect(relay.headers.get('content-security-policy')).toContain(`script-src 'sha256-${hash}'`)
    expect((await bench.call('flows.get', { id: run.id })).waiting?.refused).toEqual([])
    // What the script sends where there is no fragment.
    const nothing = await fetch(address!, { method: 'POST', body: new URLSearchParams() })
    expect(nothing.status).toBe(400)
  })

  test('takes one of two answers that come at once', async () => {
    const bench = await openFlows({ flows: withListener })
    const location = await redirectOf(bench, await waitingRun(bench))
    const statuses = (await Promise.all([fetch(location), fetch(location)])).map(({ status }) => status)
    expect(statuses.sort()).toEqual([200, 410])
  })

  test('goes on waiting after another path, another state, none, or another method', async () => {
    const bench = await openFlows({ flows: withListener })
    const run = await waitingRun(bench)
    const location = await redirectOf(bench, run)
    const [address] = location.split('?')
    const statuses = [
      (await fetch(location.replace('/callback', '/callback/'))).status,
      (await fetch(`${address}?code=stolen&state=another`)).status,
      (await fetch(`${address}?code=stolen`)).status,
      (await fetch(location, { method: 'PUT' })).status,
      (await fetch(location, { method: 'HEAD' })).status,
    ]
    expect(statuses).toEqual([404, 400, 400, 405, 200])
    const still = await until(bench, run.id, ({ waiting }) => waiting?.refused.length === 2)
    expect(still.waiting!.refused[0]).toBe('Its state is of another login.')
    await fetch(location)
    expect(troubles(await until(bench, run.id, ({ state }) => state === 'done'))).toEqual([])
  })

  test('that is cancelled stops listening', async () => {
    const bench = await openFlows({ flows: withListener })
    const run = await waitingRun(bench)
    const after = await bench.call('flows.cancel', { id: run.id })
    expect([after.state, after.waiting, stepOf(after, 'authorize').attempts[0]!.outcome]).toEqual([
      'cancelled',
      null,
      'cancelled',
    ])
    await expect(fetch(run.waiting!.redirectUri!)).rejects.toThrow()
  })

  test('takes another port when the free one is taken after all, and a chosen one not', async () => {
    const squatter = createServer()
    await new Promise<void>((resolve) => squatter.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void squatter.close())
    const { port } = squatter.address() as AddressInfo
    const ports = [port]
    const redirects = {
      ...redirectListener,
      freePort: async () => ports.pop() ?? redirectListener.freePort(),
    }
    const bench = await openFlows({ flows: { redirects } })
    const moved = await waitingRun(bench)
    expect(moved.waiting!.redirectUri).not.toContain(`:${port}/`)
    expect(new URL(moved.waiting!.url).searchParams.get('redirect_uri')).toBe(moved.waiting!.redirectUri)

    const { id: profileId } = await bench.call('flowProfiles.save', {
      profile: {
        name: 'Fixed',
        issuer: { kind: 'built-in', name: 'default' },
        clientId: 'demo-spa',
        redirect: { kind: 'loopback', port },
      },
    })
    const run = await bench.start({ kind: 'authorization_code', profileId })
    const stuck = await bench.call('flows.run', { id: run.id })
    expect(stepOf(stuck, 'authorize').attempts[0]!.summary).toContain(`127.0.0.1:${port} (EADDRINUSE)`)
  })

  test('is opened by the host, in the browser or in a window of its own', async () => {
    const opened: [string, string, unknown?][] = []
    const flows: FlowHost = {
      ...withListener,
      openExternal: async (url) => opened.push(['browser', url]) > 0,
      loginWindow: async (url, { partition }) => opened.push(['window', url, partition]) > 0,
    }
    const bench = await openFlows({ flows })
    expect((await bench.call('flows.abilities', {})).logins).toEqual(['browser', 'window', 'robot'])
    const run = await waitingRun(bench)
    const { url } = run.waiting!
    expect(run.waiting!.opened).toBe(true)
    const again = await bench.call('flows.openLogin', { id: run.id, by: 'window' })
    expect(again.waiting!.by).toBe('window')
    expect(opened).toEqual([
      ['browser', url],
      ['window', url, run.id],
    ])
  })

  test.each([
    ['https://app.example.test/callback', 'in the query'],
    ['com.example.app:/callback', 'in the query'],
    ['https://app.example.test', 'as a form'],
  ])('by a window is caught on its way to %s, %s', async (uri, how) => {
    let window: LoginWindow | undefined
    const flows: FlowHost = {
      ...withListener,
      loginWindow: async (_url, options) => {
        window = options
        return true
      },
    }
    const bench = await openFlows({ flows })
    await bench.call('clients.update', { id: 'demo-spa', changes: { redirectUris: [uri] } })
    const { id: profileId } = await bench.call('flowProfiles.save', {
      profile: {
        name: 'Of an app',
        issuer: { kind: 'built-in', name: 'default' },
        clientId: 'demo-spa',
        redirect: { kind: 'other', uri },
      },
    })
    const { id } = await bench.start({ kind: 'authorization_code', profileId, login: { by: 'window' } })
    const waiting = await bench.call('flows.run', { id })
    expect([waiting.waiting?.listening, window!.signal.aborted]).toEqual([false, false])
    expect(window!.arriving(waiting.waiting!.url)).toBe(false)
    expect(window!.arriving('https://app.example.test/callback/other?code=stolen')).toBe(false)
    const location = await redirectOf(bench, waiting)
    const { search } = new URL(location)
    const arrive = () =>
      how === 'as a form' ? window!.arriving(`${uri}/`, search.slice(1)) : window!.arriving(location)
    expect([arrive(), arrive()]).toEqual([true, true])
    const done = await until(bench, id, ({ state }) => state === 'done')
    expect(troubles(done)).toEqual([])
    expect(stepOf(done, 'authorize').attempts).toHaveLength(1)
    await expect.poll(() => window!.signal.aborted).toBe(true)
  })

  test('by a window closes it when it is cancelled, deleted, or opened anew; a listener alone takes the redirect', async () => {
    const windows: LoginWindow[] = []
    const flows: FlowHost = {
      ...withListener,
      loginWindow: async (_url, options) => windows.push(options) > 0,
    }
    const bench = await openFlows({ flows })
    const open = async () => {
      const { id } = await bench.start({ kind: 'authorization_code', login: { by: 'window' } })
      return bench.call('flows.run', { id })
    }
    const [first, second] = [await open(), await open()]
    expect(windows[0]!.arriving(`${first.waiting!.redirectUri}?code=x`)).toBe(false)
    await bench.call('flows.openLogin', { id: first.id })
    const closed = () => windows.map(({ signal }) => signal.aborted)
    expect(closed()).toEqual([true, false, false])
    await bench.call('flows.cancel', { id: first.id })
    expect(closed()).toEqual([true, false, true])
    await bench.call('flows.delete', { ids: [second.id] })
    expect(closed()).toEqual([true, true, true])
  })

  test('is over after five minutes', async () => {
    const bench = await openFlows({ flows: withListener })
    const run = await waitingRun(bench)
    bench.clock.advance(301)
    // A core that starts looks at what waited; so does every change of the run.
    await bench.call('flows.edit', { id: run.id, changes: { label: 'late' } })
    const after = await until(bench, run.id, ({ state }) => state === 'cancelled')
    expect(stepOf(after, 'authorize').attempts[0]!.summary).toBe('Nobody came back in time.')
  })
})

describe('automatic refresh', () => {
  const refreshes = (run: FlowRun) => stepOf(run, 'refresh').attempts

  async function refreshing(): Promise<{ bench: FlowBench; run: FlowRun }> {
    const bench = await openFlows()
    const login = await bench.play({ kind: 'authorization_code', login: alice })
    const run = await bench.call('flows.autoRefresh', { id: login.id, on: true })
    return { bench, run }
  }

  test('comes shortly before the token ends, on the clock of the issuer, each time', async () => {
    const { bench, run } = await refreshing()
    const lifetime = Number(textOf(run, 'expires_in')) * 1000
    expect(run.refresh).toMatchObject({
      on: true,
      clock: 'issuer',
      at: bench.clock.now() + lifetime - 30_000,
    })
    expect(refreshes(run)).toEqual([])
    for (const count of [1, 2]) {
      await bench.call('clock.set', { stepMs: lifetime - 29_000 })
      const after = await until(bench, run.id, (one) => refreshes(one).length === count)
      expect(refreshes(after).at(-1)).toMatchObject({ by: 'auto', outcome: 'passed' })
    }
  })

  test('is no storm, however the clock jumps', async () => {
    const { bench, run } = await refreshing()
    await bench.call('clock.set', { stepMs: 86_400_000 })
    const after = await until(bench, run.id, (one) => refreshes(one).length === 1)
    expect(after.refresh.at! - (await bench.call('clock.get', {})).now).toBeGreaterThanOrEqual(10_000)
    await bench.call('clock.set', { stepMs: 1_000 })
    expect(refreshes(await bench.call('flows.get', { id: run.id }))).toHaveLength(1)
  })

  test('stops at a refusal, with the reason', async () => {
    const { bench, run } = await refreshing()
    await bench.postForm(
      '/revoke',
      { token: textOf(run, 'refresh_token') },
      { authorization: `Basic ${btoa('demo-web:demo-web-secret')}` },
    )
    await bench.call('clock.set', { stepMs: 86_400_000 })
    const after = await until(bench, run.id, (one) => !one.refresh.on)
    expect(after.refresh).toMatchObject({
      on: false,
      at: null,
      stopped: expect.stringContaining('invalid_grant'),
    })
    await bench.call('clock.set', { stepMs: 86_400_000 })
    expect(refreshes(await bench.call('flows.get', { id: run.id }))).toHaveLength(1)
  })

  test('is off when that is said, and cannot be on without a refresh token', async () => {
    const { bench, run } = await refreshing()
    await bench.call('flows.autoRefresh', { id: run.id, on: false })
    await bench.call('clock.set', { stepMs: 86_400_000 })
    expect(refreshes(await bench.call('flows.get', { id: run.id }))).toEqual([])
    const service = await bench.play({ kind: 'client_credentials' })
    const after = await bench.call('flows.autoRefresh', { id: service.id, on: true })
    expect(after.refresh).toMatchObject({ on: false, stopped: 'The run has no refresh token.' })
  })
})
