import { once } from 'node:events'
import http from 'node:http'
import { connect, Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { createHeld } from '../../electron/host/held.ts'
import { type Listener, listen } from '../../electron/host/listen.ts'
import { createGrantscope, type Grantscope } from '../../electron/server/index.ts'
import type { FaultAction } from '../../shared/contract/faults/actions/index.ts'
import { testOptions } from '../support/core.ts'
import { exchangeRaw } from './raw.ts'

// What a client sees of faults that end its connection, on a real socket.

async function serve(action: FaultAction): Promise<{ core: Grantscope; listener: Listener; url: string }> {
  const core = await createGrantscope(testOptions)
  const listener = await listen({ answer: core.answer }, { host: '127.0.0.1', port: 0 })
  onTestFinished(async () => {
    await listener.close()
    await core.close()
  })
  const fault = { name: 'x', match: { endpoints: ['discovery'] }, action }
  expect(await core.dispatch('faults.create', fault)).toMatchObject({ ok: true })
  return { core, listener, url: `http://127.0.0.1:${listener.port}/.well-known/openid-configuration` }
}

const REQUEST = 'GET /.well-known/openid-configuration HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n'

/** `code` of what fetch fails with. */
const causeOf = async (work: Promise<unknown>): Promise<string> => {
  const error = await work.then(
    () => expect.unreachable('it was answered'),
    (failure: Error) => failure,
  )
  return (error.cause as { code: string }).code
}

describe('on a socket', () => {
  test.each(['before', 'after'] as const)('drop %s the work: hung up on without a byte', async (when) => {
    const { listener, url } = await serve({ kind: 'drop', when })
    expect(await exchangeRaw(listener.port, REQUEST)).toBe('')
    expect(await causeOf(fetch(url))).toBe('UND_ERR_SOCKET')
    const others = await fetch(url.replace('openid-configuration', 'oauth-authorization-server'))
    expect(others.status).toBe(200)
  })

  test('cut: the head promises more than comes, and then it is hung up on', async () => {
    const { listener, url } = await serve({ kind: 'cut', percent: 50 })
    const [head = '', body = ''] = (await exchangeRaw(listener.port, REQUEST)).split('\r\n\r\n')
    const promised = Number(/content-length: (\d+)/i.exec(head)![1])
    expect(head).toMatch(/^HTTP\/1\.1 200 OK/)
    expect(body.length).toBe(Math.floor(promised / 2))
    const response = await fetch(url)
    expect(response.status).toBe(200)
    expect(await causeOf(response.text())).toBe('UND_ERR_SOCKET')
  })

  test('cut at nothing: the head alone', async () => {
    const { listener } = await serve({ kind: 'cut', percent: 0 })
    const [head = '', body = ''] = (await exchangeRaw(listener.port, REQUEST)).split('\r\n\r\n')
    expect(Number(/content-length: (\d+)/i.exec(head)![1])).toBeGreaterThan(100)
    expect(body).toBe('')
  })

  test('hang: nothing comes, and the client can give up', async () => {
    const { url, core } = await serve({ kind: 'hang', when: 'before' })
    await expect(fetch(url, { signal: AbortSignal.timeout(200) })).rejects.toThrow('timeout')
    expect(await core.dispatch('exchanges.list', {})).toMatchObject({
      ok: true,
      value: { rows: [{ status: 0 }] },
    })
  })

  test('hang: a client that has gone already is not kept', async () => {
    const gone = new http.ServerResponse(new http.IncomingMessage(new Socket()))
    gone.destroy()
    await once(gone, 'close')
    const destroy = vi.spyOn(gone, 'destroy')
    const held = createHeld()
    held.hold(gone)
    held.letGo()
    expect(destroy).not.toHaveBeenCalled()
  })

  test('closing the server is not held up by those that hang', async () => {
    const { listener } = await serve({ kind: 'hang', when: 'after' })
    const socket = connect(listener.port, '127.0.0.1', () => socket.write(REQUEST))
    const ended = new Promise<string>((resolve) => {
      socket.on('error', () => {})
      socket.on('close', () => resolve('hung up'))
    })
    await sleep(100)
    const began = performance.now()
    await listener.close()
    expect(performance.now() - began).toBeLessThan(500)
    expect(await ended).toBe('hung up')
  })

  test('delay: in real time, and other requests are answered meanwhile', async () => {
    const { url } = await serve({ kind: 'delay', ms: 300, when: 'after' })
    const began = performance.now()
    const late = fetch(url).then(({ status }) => status)
    const other = await fetch(url.replace('openid-configuration', 'oauth-authorization-server'))
    expect([other.status, performance.now() - began < 250]).toEqual([200, true])
    expect(await late).toBe(200)
    expect(performance.now() - began).toBeGreaterThanOrEqual(299)
  })
})
