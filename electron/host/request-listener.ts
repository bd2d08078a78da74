import http from 'node:http'
import { getRequestListener, RequestError } from '@hono/node-server'
import type { Held } from './held.ts'
import { type Origin, send, type WholeHandler, wholeRequest } from './whole-request.ts'

/** From Request to Response, which may stream. */
export type FetchHandler = (request: Request) => Promise<Response>

export type Handler = FetchHandler | WholeHandler

const maxBodyBytes = 10 * 1024 * 1024

type Answerer = (incoming: http.IncomingMessage, outgoing: http.ServerResponse, body: Buffer | null) => void

/** Refuses by the head, reads the body, and has the handler answer. */
export function requestListener(handler: Handler, origin: Origin, held: Held): http.RequestListener {
  const answer =
    typeof handler === 'function' ? answerByFetch(handler, origin) : answerWhole(handler, origin, held)
  return (incoming, outgoing) => {
    const refusal = refusalByHead(incoming)
    if (refusal !== null) return refuse(refusal, incoming, outgoing)
    if (!hasBody(incoming)) return answer(incoming, outgoing, null)
    collectBody(incoming, (body) => {
      if (body.length > maxBodyBytes) return refuse(413, incoming, outgoing)
      answer(incoming, outgoing, body)
    })
  }
}

/** Body of an answer that says no more than its status. */
export const bodyFor = (status: number) => `${status} ${http.STATUS_CODES[status]}\n`
const PLAIN_TEXT = 'text/plain; charset=utf-8'

function refuse(status: number, incoming: http.IncomingMessage, outgoing: http.ServerResponse): void {
  outgoing.writeHead(status, { 'content-type': PLAIN_TEXT, connection: 'close' })
  outgoing.end(bodyFor(status), () => incoming.socket.destroySoon())
}

const EMPTY = new Uint8Array(0)

function answerWhole(handler: WholeHandler, origin: Origin, held: Held): Answerer {
  const plainText = (status: number) => ({
    status,
    headers: [['content-type', PLAIN_TEXT]] as [string, string][],
    body: Buffer.from(bodyFor(status)),
  })
  return async (incoming, outgoing, body) => {
    try {
      const request = wholeRequest(incoming, body ?? EMPTY, origin)
      send(outgoing, request === null ? plainText(400) : await handler.answer(request), held)
    } catch {
      if (!outgoing.headersSent) send(outgoing, plainText(500), held)
    }
  }
}

function answerByFetch(handler: FetchHandler, { hostname }: Origin): Answerer {
  const plainText = (status: number) =>
    new Response(bodyFor(status), { status, headers: { 'content-type': PLAIN_TEXT } })
  const options = {
    hostname,
    // The globals belong to whoever embeds us: Electron's main process has its own use for Response.
    overrideGlobalObjects: false,
    errorHandler: (error: unknown) => plainText(error instanceof RequestError ? 400 : 500),
  }
  const bodies = new WeakMap<http.IncomingMessage, Buffer>()
  const answer = getRequestListener((light, { incoming }) => {
    const request = nativeRequest(light, bodies.get(incoming as http.IncomingMessage) ?? null)
    return request === null ? plainText(400) : handler(request)
  }, options)
  return (incoming, outgoing, body) => {
    if (body !== null) bodies.set(incoming, body)
    void answer(incoming, outgoing)
  }
}

/**
 * The adapter hands out a stand-in that only looks like a Request: `new Request(standIn)` throws. What the handler gets is
 * the real thing; null when there can be none.
 */
function nativeRequest({ url, method, headers }: Request, body: Buffer | null): Request | null {
  try {
    return new Request(url, { method, headers, body: body as Buffer<ArrayBuffer> | null })
  } catch {
    return null
  }
}

/** RFC 9112 6: a request has a body when a header says so. A GET's is read past, since `Request` cannot hold it. */
const hasBody = ({ method, headers }: http.IncomingMessage): boolean =>
  method !== 'GET' &&
  method !== 'HEAD' &&
  (headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0)

/**
 * Calls `done` once the whole body is there, or more than the limit of it; not at all when the client breaks off. In one piece
 * it costs a third of what a stream of it costs the core.
 */
function collectBody(incoming: http.IncomingMessage, done: (body: Buffer) => void): void {
  const chunks: Buffer[] = []
  let size = 0
  const onData = (chunk: Buffer) => {
    chunks.push(chunk)
    size += chunk.length
    if (size > maxBodyBytes) finish()
  }
  const finish = () => {
    incoming.off('data', onData)
    incoming.off('end', finish)
    done(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks))
  }
  incoming.on('data', onData)
  incoming.on('end', finish)
  // Nobody is left to answer.
  incoming.on('error', () => {})
}

/** A status when the request line and headers alone are reason to refuse, without reading the body. */
function refusalByHead({ method, headers }: http.IncomingMessage): number | null {
  // `Request` cannot hold these methods, and nothing here answers them.
  if (method === 'TRACE' || method === 'TRACK') return 405
  if (Number(headers['content-length'] ?? 0) > maxBodyBytes) return 413
  return null
}
