import { afterEach, describe, expect, it } from 'vitest'
import { createHttpTransport } from '../../renderer/transport/http.ts'
import { createSseParser } from '../../renderer/transport/sse.ts'
import { takeToken } from '../../renderer/transport/token.ts'
import type { SequencedEvent } from '../../shared/contract/events.ts'

describe('the token in the URL fragment', () => {
  it.each([
    ['#token=abc', 'abc', ''],
    ['#token=abc&/users/alice', 'abc', '#/users/alice'],
    ['#/users/alice&token=abc', 'abc', '#/users/alice'],
    ['#token=a%2Bb', 'a+b', ''],
    ['#/tokens/x', null, '#/tokens/x'],
    ['#token=', null, ''],
    ['', null, ''],
  ])('%s', (fragment, token, rest) => {
    expect(takeToken(fragment)).toEqual({ token, rest })
  })
})

describe('the SSE parser', () => {
  const parse = (...chunks: string[]) => {
    const events: { event: string; data: string }[] = []
    const parser = createSseParser((event) => events.push(event))
    for (const chunk of chunks) parser.feed(chunk)
    return { events, id: parser.lastEventId() }
  }

  it('gives the same events wherever the text is cut', () => {
    const text = ': hello\r\nid: l:1\r\nevent: tick\r\ndata: a\r\ndata: b\r\n\r\ndata:c\n\ndata: d\r\r'
    const whole = parse(`${text}\n`).events
    expect(whole).toEqual([
      { event: 'tick', data: 'a\nb' },
      { event: 'message', data: 'c' },
      { event: 'message', data: 'd' },
    ])
    for (let cut = 0; cut <= text.length; cut++)
      expect(parse(text.slice(0, cut), `${text.slice(cut)}\n`).events).toEqual(whole)
  })

  it('drops comments and blocks without data, but keeps their id', () => {
    expect(parse('retry: 1000\nid: l:7\n\n: still here\n\n')).toEqual({ events: [], id: 'l:7' })
  })

  it('holds back a block that is not finished', () => {
    expect(parse('data: half').events).toEqual([])
    expect(parse('data: half\n').events).toEqual([])
  })
})

describe('the HTTP transport', () => {
  const stops: (() => void)[] = []
  afterEach(() => {
    for (const stop of stops.splice(0)) stop()
  })

  /** Answers requests one after the other, and keeps what was sent. */
  function server(...answers: (() => Response | Promise<Response>)[]) {
    const requests: Request[] = []
    const send: typeof fetch = async (url, init) => {
      requests.push(new Request(new URL(String(url), 'http://core.test'), init))
      const answer = answers[requests.length - 1]
      return answer ? answer() : new Promise(() => {})
    }
    return { requests, send }
  }

  const stream = (text: string) => () =>
    new Response(text, { headers: { 'content-type': 'text/event-stream' } })

  const eventText = (seq: number) => {
    const event: SequencedEvent = { launch: 'l', seq, type: 'changed', noun: 'users' }
    return `id: l:${seq}\ndata: ${JSON.stringify(event)}\n\n`
  }

  function follow(send: typeof fetch) {
    const seen: unknown[] = []
    const transport = createHttpTransport({
      base: '',
      token: 't',
      fetch: send,
      backoff: () => 0,
      onRefused: () => seen.push('refused'),
    })
    stops.push(
      transport.subscribe({ onEvent: (event) => seen.push(event.seq), onState: (state) => seen.push(state) }),
    )
    return { seen, until: (count: number) => waitFor(() => seen.length >= count) }
  }

  it('posts a call with the token and gives back the envelope', async () => {
    const { requests, send } = server(() => Response.json({ ok: true, value: [1] }))
    const transport = createHttpTransport({ base: '', token: 't', onRefused() {}, fetch: send })
    expect(await transport.call('users.list', { a: 1 })).toEqual({ ok: true, value: [1] })
    expect(requests[0]!.url).toBe('http://core.test/api/call/users.list')
    expect(requests[0]!.headers.get('authorization')).toBe('Bearer t')
    expect(await requests[0]!.json()).toEqual({ a: 1 })
  })

  it('gives a refusal of the core as an envelope, and tells of a refused token', async () => {
    const refusal = { ok: false, error: { code: 'unauthorized', message: 'unknown token' } }
    let refused = 0
    const { send } = server(() => Response.json(refusal, { status: 401 }))
    const transport = createHttpTransport({ base: '', token: 't', onRefused: () => refused++, fetch: send })
    expect(await transport.call('users.list', {})).toEqual(refusal)
    expect(refused).toBe(1)
  })

  it('rejects a call when nobody answers', async () => {
    const { send } = server(() => Promise.reject(new TypeError('fetch failed')))
    const transport = createHttpTransport({ base: '', token: 't', onRefused() {}, fetch: send })
    await expect(transport.call('users.list', {})).rejects.toThrow()
  })

  it.each([
    ['a page', new Response('<h1>It works!</h1>', { headers: { 'content-type': 'text/html' } })],
    ['a failure in words', new Response('Internal Server Error', { status: 500 })],
    ['JSON of somebody else', Response.json({ error: 'not found' }, { status: 404 })],
    ['null', Response.json(null)],
  ])('takes %s for the answer of another program', async (_what, answer) => {
    const { send } = server(() => answer)
    const transport = createHttpTransport({ base: '', token: 't', onRefused() {}, fetch: send })
    expect(await transport.call('users.list', {})).toMatchObject({
      ok: false,
      error: { code: 'internal', message: expect.stringContaining(`(HTTP ${answer.status})`) },
    })
  })

  it('rejects a call whose answer breaks off', async () => {
    const body = new ReadableStream({ pull: (controller) => controller.error(new TypeError('reset')) })
    const { send } = server(() => new Response(body))
    const transport = createHttpTransport({ base: '', token: 't', onRefused() {}, fetch: send })
    await expect(transport.call('users.list', {})).rejects.toThrow('reset')
  })

  it('is not connected by a page in the place of the stream', async () => {
    const { send } = server(
      () => new Response('<h1>It works!</h1>', { headers: { 'content-type': 'text/html' } }),
    )
    const { seen, until } = follow(send)
    await until(1)
    expect(seen).toEqual(['closed'])
  })

  it('comes back after the stream ended, from the last event it saw', async () => {
    const { requests, send } = server(
      stream(eventText(4) + eventText(5)),
      () => Promise.reject(new TypeError('fetch failed')),
      stream(eventText(6)),
    )
    const { seen } = follow(send)
    await waitFor(() => requests.length === 4)
    expect(seen).toEqual(['open', 4, 5, 'closed', 'closed', 'open', 6, 'closed'])
    expect(requests.map((request) => request.headers.get('last-event-id'))).toEqual([
      null,
      'l:5',
      'l:5',
      'l:6',
    ])
  })

  it('stops asking once the token is refused', async () => {
    const { requests, send } = server(() => Response.json({}, { status: 401 }))
    const { seen, until } = follow(send)
    await until(1)
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(seen).toEqual(['refused'])
    expect(requests).toHaveLength(1)
  })
})

async function waitFor(condition: () => boolean) {
  for (let tries = 0; !condition(); tries++) {
    if (tries > 400) throw new Error('waited for two seconds in vain')
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
