import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, test, vi } from 'vitest'
import {
  type FetchHandler,
  type Handler,
  ListenError,
  type Listener,
  listen,
} from '../../electron/host/listen.ts'
import type { WholeRequest, WholeResponse } from '../../electron/server/index.ts'
import { exchangeRaw, statusOf } from './raw.ts'

const open: Listener[] = []
const start = async (handler: Handler, requestTimeout?: number) => {
  const listener = await listen(handler, {
    host: '127.0.0.1',
    port: 0,
    ...(requestTimeout ? { requestTimeout } : {}),
  })
  open.push(listener)
  return listener
}
const echo: FetchHandler = async (request) => new Response(await request.text())
const describeRequest: FetchHandler = async ({ method, url }) => new Response(`${method} ${url}`)

const text = (body: string | Uint8Array, headers: [string, string][] = []): WholeResponse => ({
  status: 200,
  headers: [['content-type', 'text/plain; charset=utf-8'], ...headers],
  body: Buffer.from(body),
})
const echoWhole: Handler = { answer: async ({ body }) => text(body) }
const describeWhole: Handler = { answer: async ({ method, url }) => text(`${method} ${url}`) }
/** The same by both ways to answer: from Request to Response, and whole. */
const bothWays = [
  { way: 'fetch', echo, describeRequest },
  { way: 'whole', echo: echoWhole, describeRequest: describeWhole },
]

afterEach(async () => {
  await Promise.all(open.splice(0).map((listener) => listener.close()))
})

describe('what reaches the handler', () => {
  test('is a real Request with the URL the client asked for', async () => {
    let seen: Request | undefined
    const { port } = await start(async (request) => {
      seen = new Request(request, { headers: { 'x-copied': 'yes' } })
      return new Response('ok')
    })
    await fetch(`http://127.0.0.1:${port}/token?a=1`, { method: 'POST', body: 'x=1' })
    expect(seen?.url).toBe(`http://127.0.0.1:${port}/token?a=1`)
    expect(seen?.method).toBe('POST')
  })

  test('HEAD answers headers without a body', async () => {
    const { port } = await start(async () => new Response('body', { headers: { 'x-seen': '1' } }))
    const answer = await fetch(`http://127.0.0.1:${port}/`, { method: 'HEAD' })
    expect(answer.headers.get('x-seen')).toBe('1')
    expect(await answer.text()).toBe('')
  })

  test('every Set-Cookie stays a header of its own', async () => {
    const headers = new Headers([
      ['set-cookie', 'a=1; Path=/'],
      ['set-cookie', 'b=2'],
    ])
    const { port } = await start(async () => new Response(null, { headers }))
    expect((await fetch(`http://127.0.0.1:${port}/`)).headers.getSetCookie()).toEqual(['a=1; Path=/', 'b=2'])
  })

  test('a request without Host, as HTTP/1.0 allows, gets the bound address', async () => {
    const { port } = await start(describeRequest)
    expect(await exchangeRaw(port, 'GET /me HTTP/1.0\r\n\r\n')).toContain('GET http://127.0.0.1/me')
  })
})

describe('a whole request', () => {
  test('has the URL, method, body and headers the client sent', async () => {
    let seen: WholeRequest | undefined
    const { port } = await start({
      answer: async (request) => {
        seen = request
        return text('ok')
      },
    })
    const bytes = [
      'POST /token?a=1 HTTP/1.1\r\nHost: 127.0.0.1\r\nX-One: 1\r\nx-one: 2\r\nCookie: a=1\r\nCookie: b=2\r\n',
      'Content-Length: 3\r\nConnection: close\r\n\r\nx=1',
    ]
    expect(statusOf(await exchangeRaw(port, bytes.join('')))).toBe(200)
    expect(seen).toMatchObject({ method: 'POST', body: Buffer.from('x=1') })
    expect(seen?.url.href).toBe('http://127.0.0.1/token?a=1')
    expect(seen?.headers.get('X-ONE')).toBe('1, 2')
    expect(seen?.headers.get('cookie')).toBe('a=1; b=2')
    expect(seen?.headers.has('x-one')).toBe(true)
    expect(seen?.headers.get('x-two')).toBeNull()
    expect([...seen!.headers].sort()).toEqual([...new Headers([...seen!.headers])])
  })

  test.each([
    ['an absolute target', 'GET http://other.test/me HTTP/1.1\r\nHost: a\r\n', 'http://other.test/me'],
    ['no Host, as HTTP/1.0 allows', 'GET /me HTTP/1.0\r\n', 'http://127.0.0.1/me'],
    ['IPv6', 'GET /me HTTP/1.1\r\nHost: [::1]:4400\r\n', 'http://[::1]:4400/me'],
    ['capitals', 'GET /Me HTTP/1.1\r\nHost: LOCALHOST\r\n', 'http://localhost/Me'],
  ])('of %s has the URL it means', async (_what, head, url) => {
    const { port } = await start(describeWhole)
    expect(await exchangeRaw(port, `${head}Connection: close\r\n\r\n`)).toContain(`GET ${url}`)
  })

  test('is answered with each byte and every Set-Cookie', async () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte)
    const headers: [string, string][] = [
      ['set-cookie', 'a=1; Path=/'],
      ['set-cookie', 'b=2'],
    ]
    const { port } = await start({ answer: async () => text(bytes, headers) })
    const answer = await fetch(`http://127.0.0.1:${port}/`)
    expect(answer.headers.getSetCookie()).toEqual(['a=1; Path=/', 'b=2'])
    expect(await answer.bytes()).toEqual(bytes)
    const large = await start({ answer: async () => text('é'.repeat(100_000)) })
    expect(await (await fetch(`http://127.0.0.1:${large.port}/`)).text()).toBe('é'.repeat(100_000))
  })

  test('HEAD answers headers without a body, and 204 without a length', async () => {
    const { port } = await start({
      answer: async ({ method }) =>
        method === 'HEAD'
          ? text('body', [['x-seen', '1']])
          : { status: 204, headers: [], body: new Uint8Array(0) },
    })
    const head = await fetch(`http://127.0.0.1:${port}/`, { method: 'HEAD' })
    expect(head.headers.get('x-seen')).toBe('1')
    expect(await head.text()).toBe('')
    const empty = await fetch(`http://127.0.0.1:${port}/`)
    expect(empty.status).toBe(204)
    expect(empty.headers.get('content-length')).toBeNull()
  })
})

describe.each(bothWays)('what is refused at the socket ($way)', ({ echo, describeRequest }) => {
  const rows: [string, string, number][] = [
    ['bytes that are not HTTP', 'hello there\r\n\r\n', 400],
    ['a TLS hello on a plain port', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', 400],
    ['a garbage Host', 'GET / HTTP/1.1\r\nHost: a b<>\r\nConnection: close\r\n\r\n', 400],
    ['a Host with a user', 'GET / HTTP/1.1\r\nHost: u:p@a\r\nConnection: close\r\n\r\n', 400],
    ['a target with a user', 'GET http://u:p@a/ HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n', 400],
    ['a backslash in the path', 'GET /a\\b HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n', 400],
    ['a Host with a path', 'GET / HTTP/1.1\r\nHost: a/b\r\nConnection: close\r\n\r\n', 400],
    ['no Host', 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n', 400],
    ['two lengths', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx', 400],
    [
      'length and chunked',
      'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
    ],
    ['a target that is no path', 'GET nowhere HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n', 400],
    ['OPTIONS *', 'OPTIONS * HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n', 400],
    ['an unknown method', 'BREW / HTTP/1.1\r\nHost: a\r\n\r\n', 400],
    ['TRACE', 'TRACE / HTTP/1.1\r\nHost: a\r\n\r\n', 405],
    ['headers over 64 KB', `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(70_000)}\r\n\r\n`, 431],
    ['a claim of 11 MB', `POST / HTTP/1.1\r\nHost: a\r\nContent-Length: ${11 * 1024 * 1024}\r\n\r\n`, 413],
  ]
  test.each(rows)('%s', async (_what, bytes, status) => {
    const { port } = await start(describeRequest)
    expect(statusOf(await exchangeRaw(port, bytes))).toBe(status)
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toContain('GET')
  })

  test('CONNECT is hung up on', async () => {
    const { port } = await start(describeRequest)
    expect(await exchangeRaw(port, 'CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n')).not.toContain('200')
  })

  test('a body that trickles in ends with 408', async () => {
    const { port } = await start(echo, 300)
    const answer = await exchangeRaw(port, 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nslow')
    expect(statusOf(answer)).toBe(408)
  })

  test('headers that trickle in end with 408', async () => {
    const { port } = await start(echo, 300)
    expect(statusOf(await exchangeRaw(port, 'GET / HTTP/1.1\r\nHo'))).toBe(408)
  })
})

describe('what must not crash or talk', () => {
  test('a client that hangs up half way leaves no line in any log', async () => {
    const lines = ['log', 'info', 'warn', 'error'].map((name) => vi.spyOn(console, name as 'log'))
    const failures: unknown[] = []
    const onRejection = (reason: unknown) => failures.push(reason)
    process.on('unhandledRejection', onRejection)
    const { port } = await start(async (request) => {
      const text = await request.text().catch(() => 'cut off')
      await sleep(20)
      return new Response(new Blob([text, 'x'.repeat(3_000_000)]).stream())
    })
    for (const bytes of [
      'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nhalf',
      'GET / HTTP/1.1\r\nHost: a\r\n\r\n',
    ])
      await new Promise<void>((resolve) => {
        const socket = connect(port, '127.0.0.1', () => {
          socket.write(bytes)
          setTimeout(() => socket.resetAndDestroy(), 30)
        })
        socket.on('error', () => {})
        socket.on('close', () => resolve())
      })
    await sleep(100)
    process.off('unhandledRejection', onRejection)
    expect(failures).toEqual([])
    for (const line of lines) expect(line).not.toHaveBeenCalled()
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toContain('x')
  })

  const fail = async () => {
    throw new Error('private detail')
  }
  test.each([
    ['from Request to Response', fail],
    ['of whole requests', { answer: fail }],
  ])('a handler %s that throws answers 500 with nothing of the error', async (_what, handler) => {
    const { port } = await start(handler)
    const answer = await fetch(`http://127.0.0.1:${port}/`)
    expect(answer.status).toBe(500)
    expect(await answer.text()).not.toContain('private')
  })
})

describe('ports and closing', () => {
  test('a port in use is a ListenError that names it', async () => {
    const { port } = await start(echo)
    const failure = await listen(echo, { host: '127.0.0.1', port }).catch((error) => error)
    expect(failure).toBeInstanceOf(ListenError)
    expect(failure).toMatchObject({ code: 'EADDRINUSE', host: '127.0.0.1', port })
  })

  test('close waits for a request in flight and ends connections kept alive', async () => {
    const listener = await start(async ({ url }) => {
      if (url.endsWith('/slow')) await sleep(200)
      return new Response('done')
    })
    await (await fetch(`http://127.0.0.1:${listener.port}/fast`)).text()
    const slow = fetch(`http://127.0.0.1:${listener.port}/slow`)
    await sleep(50)
    const began = performance.now()
    await listener.close()
    expect(performance.now() - began).toBeLessThan(1_500)
    expect(await (await slow).text()).toBe('done')
    await expect(fetch(`http://127.0.0.1:${listener.port}/`)).rejects.toThrow()
  })

  test('close cuts off after two seconds what does not end', async () => {
    const listener = await start(() => new Promise<Response>(() => {}))
    const stuck = fetch(`http://127.0.0.1:${listener.port}/`).catch((error: Error) => error.message)
    await sleep(50)
    await listener.close()
    expect(await stuck).toBe('fetch failed')
  })
})
