import { randomBytes } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import { listen } from '../../electron/host/listen.ts'
import { openIssuer } from '../support/issuer.ts'

const REQUEST_TIMEOUT = 700

/** The issuer on a real socket, with little patience. */
async function listening() {
  const issuer = await openIssuer()
  const where = { host: '127.0.0.1', port: 0, requestTimeout: REQUEST_TIMEOUT }
  const listener = await listen(issuer.grantscope.provider, where)
  onTestFinished(() => listener.close())
  const answers = async () => {
    const body = new URLSearchParams({ grant_type: 'password', username: 'alice', password: 'wonderland' })
    const response = await fetch(`http://127.0.0.1:${listener.port}/token`, { method: 'POST', body })
    await response.text()
    return response.status === 200
  }
  return { issuer, port: listener.port, answers }
}

const open = (port: number): Promise<Socket> =>
  new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true }, () => resolve(socket))
    socket.on('error', () => {})
  })

/** Everything that comes until the other side ends. */
async function readAll(socket: Socket): Promise<string> {
  const chunks: Buffer[] = []
  socket.on('data', (chunk) => chunks.push(chunk))
  await new Promise((resolve) => {
    socket.once('end', resolve)
    socket.once('close', resolve)
  })
  socket.destroy()
  return Buffer.concat(chunks).toString('latin1')
}

const statusesOf = (text: string) => [...text.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, code]) => Number(code))
const head = (path: string, length: number, more = '') =>
  `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${length}\r\n${more}\r\n`
const loginBody = 'grant_type=password&username=alice&password=wonderland'

describe('over a socket', () => {
  test('a body that comes slowly, but in time, is answered', async () => {
    const { port } = await listening()
    const socket = await open(port)
    const read = readAll(socket)
    socket.write(head('/token', loginBody.length, 'Connection: close\r\n'))
    for (const part of loginBody.match(/.{1,20}/g)!) {
      socket.write(part)
      await sleep(20)
    }
    expect(statusesOf(await read)).toEqual([200])
  })

  test.each(['/token', '/refresh', '/login', '/items'])(
    'a body that stops coming at %s ends with 408, and others are served meanwhile',
    async (path) => {
      const { issuer, port, answers } = await listening()
      const sockets = await Promise.all(Array.from({ length: 10 }, () => open(port)))
      const reads = sockets.map(readAll)
      for (const socket of sockets) socket.write(`${head(path, 1_000)}username=al`)
      expect(await answers()).toBe(true)
      for (const text of await Promise.all(reads)) expect(statusesOf(text)).toEqual([408])
      expect(await answers()).toBe(true)
      expect(issuer.log).toEqual([])
    },
  )

  test.each(['/token', '/refresh', '/me', '/nowhere'])(
    'a body of a megabyte at %s is refused in full, without reading on for ever',
    async (path) => {
      const { issuer, port, answers } = await listening()
      const response = await fetch(`http://127.0.0.1:${port}${path}`, {
        method: 'POST',
        body: 'x'.repeat(1_048_576),
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      })
      expect([404, 405, 413]).toContain(response.status)
      expect(await response.json()).toMatchObject({ error: expect.any(String), detail: expect.any(String) })
      expect(await answers()).toBe(true)
      expect(issuer.log).toEqual([])
    },
  )

  test('a chunked body without end is cut off', async () => {
    const { port, answers } = await listening()
    const socket = await open(port)
    const read = readAll(socket)
    socket.write('POST /token HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n')
    const chunk = `1000\r\n${'x'.repeat(4_096)}\r\n`
    for (let count = 0; count < 400 && socket.writable; count++) socket.write(chunk)
    const [status] = statusesOf(await read)
    expect(status).toBeGreaterThanOrEqual(400)
    expect(status).toBeLessThan(500)
    expect(await answers()).toBe(true)
  })

  test('a client that closes its side behind the request gets a whole answer or, as Node has it, none', async () => {
    const { issuer, port, answers } = await listening()
    for (let count = 0; count < 10; count++) {
      const socket = await open(port)
      const read = readAll(socket)
      socket.end(head('/token', loginBody.length) + loginBody)
      const text = await read
      if (text !== '') expect(JSON.parse(text.split('\r\n\r\n')[1]!)).toHaveProperty('access_token')
    }
    expect(await answers()).toBe(true)
    expect(issuer.log).toEqual([])
  })

  test('a client that closes its side amid its body gets no tokens', async () => {
    const { issuer, port, answers } = await listening()
    const socket = await open(port)
    const read = readAll(socket)
    socket.end(head('/token', loginBody.length + 10) + loginBody)
    expect(statusesOf(await read)).not.toContain(200)
    expect((await issuer.call('tokens.list', {})).total).toBe(0)
    expect(await answers()).toBe(true)
    expect(issuer.log).toEqual([])
  })

  test('a client that is gone before its answer leaves nothing in the log', async () => {
    const { issuer, port, answers } = await listening()
    for (let count = 0; count < 20; count++) {
      const socket = await open(port)
      socket.write(head('/token', loginBody.length) + loginBody)
      socket.resetAndDestroy()
    }
    expect(await answers()).toBe(true)
    expect(issuer.log).toEqual([])
  })

  test('requests sent one behind the other are answered in order', async () => {
    const { port } = await listening()
    const socket = await open(port)
    const read = readAll(socket)
    const get = (path: string, more = '') => `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n${more}\r\n`
    const requests = [get('/jwks'), get('/me'), head('/token', loginBody.length) + loginBody, get('/nowhere')]
    socket.write(requests.join('') + get('/docs', 'Connection: close\r\n'))
    expect(statusesOf(await read)).toEqual([200, 401, 200, 404, 200])
  })

  test('raw garbage never ends the server, and is never a 5xx', { timeout: 60_000 }, async () => {
    const { issuer, port, answers } = await listening()
    const start = fc.constantFrom(
      '',
      'GET ',
      'GET / HTTP/1.1\r\n',
      'POST /token HTTP/1.1\r\nHost: a\r\n',
      'PRI * HTTP/2.0\r\n\r\n',
    )
    const noise = fc.tuple(start, fc.uint8Array({ maxLength: 300 }), fc.constantFrom('', '\r\n\r\n', '\0'))
    await fc.assert(
      fc.asyncProperty(noise, async ([before, bytes, after]) => {
        const socket = await open(port)
        const read = readAll(socket)
        socket.end(Buffer.concat([Buffer.from(before), bytes, Buffer.from(after)]))
        for (const status of statusesOf(await read)) expect(status).toBeLessThan(500)
      }),
      { numRuns: 150 },
    )
    expect(await answers()).toBe(true)
    expect(issuer.log).toEqual([])
  })

  test('two hundred connections that say nothing keep nobody out', async () => {
    const { port, answers } = await listening()
    const idle = await Promise.all(Array.from({ length: 200 }, () => open(port)))
    expect(await answers()).toBe(true)
    for (const socket of idle) socket.destroy()
  })

  test('a head of random bytes beside a real request disturbs nobody', async () => {
    const { port, answers } = await listening()
    const noisy = await open(port)
    noisy.write(randomBytes(100_000))
    expect(await answers()).toBe(true)
    noisy.destroy()
  })
})
