import type { IncomingMessage } from 'node:http'
import https from 'node:https'
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import type { SendRequest } from '../server/index.ts'

/**
 * `fetch` for the core's own client side under `--https`: trusts our self-signed certificate for our own origin, and
 * leaves every other request to plain `fetch`. Like `redirect: "manual"` it never follows a redirect of our own issuer: a client
 * of the protocol wants to see it.
 */
export function createTrustingFetch(origin: string, cert: string): SendRequest {
  const agent = new https.Agent({ ca: cert, keepAlive: false })
  return (request, { signal = request.signal } = {}) =>
    new URL(request.url).origin === origin ? send(request, agent, signal) : fetch(request, { signal })
}

function send(request: Request, agent: https.Agent, signal: AbortSignal): Promise<Response> {
  return new Promise((resolve, reject) => {
    const outgoing = https.request(request.url, {
      agent,
      method: request.method,
      headers: Object.fromEntries(request.headers),
      signal,
    })
    outgoing.once('error', reject)
    outgoing.once('response', (incoming) => resolve(toResponse(incoming)))
    const body = request.body as ReadableStream | null
    if (body) Readable.fromWeb(body).on('error', reject).pipe(outgoing)
    else outgoing.end()
  })
}

const bodiless = new Set([101, 204, 205, 304])

function toResponse(incoming: IncomingMessage): Response {
  const status = incoming.statusCode ?? 500
  const headers = new Headers()
  for (let i = 0; i + 1 < incoming.rawHeaders.length; i += 2)
    headers.append(incoming.rawHeaders[i]!, incoming.rawHeaders[i + 1]!)
  if (bodiless.has(status)) incoming.resume()
  const body = bodiless.has(status)
    ? null
    : (Readable.toWeb(incoming) as ConstructorParameters<typeof Response>[0])
  return new Response(body, { status, statusText: incoming.statusMessage, headers })
}
