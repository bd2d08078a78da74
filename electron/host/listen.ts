import http from 'node:http'
import https from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { bindAddress } from './address.ts'
import { createHeld, type Held } from './held.ts'
import { bodyFor, type Handler, requestListener } from './request-listener.ts'

// Threat model: whatever can open a TCP connection to the port. It may send garbage, trickle bytes, claim a huge body, or
// hang up half way. Each ends in a 4xx or a closed connection; none holds memory, crashes, or writes to stdout.

export type { FetchHandler, Handler } from './request-listener.ts'

export interface ListenOptions {
  host: string
  /** 0 picks a free port. */
  port: number
  /** PEM; serves https when given. */
  tls?: { key: string; cert: string }
  /** Milliseconds a client has to send its whole request; then 408. */
  requestTimeout?: number
}

export interface Listener {
  /** The port that was really bound. */
  readonly port: number
  /** Stops accepting, lets requests in flight finish for up to two seconds, then cuts them off. */
  close(): Promise<void>
}

/** The port could not be bound. `code` is the system's (EADDRINUSE, EACCES, EADDRNOTAVAIL, ...). */
export class ListenError extends Error {
  override readonly name = 'ListenError'
  readonly code: string
  readonly host: string
  readonly port: number

  constructor(code: string, host: string, port: number, cause: unknown) {
    super(`cannot listen on ${host}:${port} (${code})`, { cause })
    this.code = code
    this.host = host
    this.port = port
  }
}

const maxHeaderBytes = 64 * 1024
const graceMs = 2_000

/** @throws ListenError */
export async function listen(handler: Handler, options: ListenOptions): Promise<Listener> {
  const server = createServer(options)
  const responses = trackResponses(server)
  const held = createHeld()
  const origin = { scheme: options.tls ? 'https' : 'http', hostname: bindAddress(options.host) } as const
  server.on('request', requestListener(handler, origin, held))
  server.on('clientError', (error, socket) => refuseConnection(error, socket, responses.get(socket)))
  server.maxConnections = 1_000
  server.keepAliveTimeout = 5_000
  await bind(server, bindAddress(options.host), options.port)
  return { port: (server.address() as AddressInfo).port, close: () => closeGracefully(server, held) }
}

function createServer({ tls, requestTimeout = 15_000 }: ListenOptions): http.Server {
  const limits: http.ServerOptions = {
    maxHeaderSize: maxHeaderBytes,
    headersTimeout: Math.min(10_000, requestTimeout),
    requestTimeout,
    // How often Node looks for requests that are too slow; its default of 30 s would add to the time-out.
    connectionsCheckingInterval: Math.min(1_000, requestTimeout),
  }
  return tls ? https.createServer({ ...limits, ...tls }) : http.createServer(limits)
}

function bind(server: http.Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException) =>
      reject(new ListenError(error.code ?? error.message, host, port, error))
    server.once('error', failed)
    server.listen({ host, port }, () => {
      server.off('error', failed)
      resolve()
    })
  })
}

/** The response each connection is busy with. */
function trackResponses(server: http.Server): WeakMap<Duplex, http.ServerResponse> {
  const current = new WeakMap<Duplex, http.ServerResponse>()
  server.on('request', ({ socket }, outgoing) => {
    current.set(socket, outgoing)
    outgoing.once('close', () => {
      if (current.get(socket) === outgoing) current.delete(socket)
    })
  })
  return current
}

const statusByErrorCode: Record<string, number> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  HPE_HEADER_OVERFLOW: 431,
}

/** The HTTP parser gave up on a connection: say why, unless an answer is already on its way, and hang up. */
function refuseConnection(
  error: NodeJS.ErrnoException,
  socket: Duplex,
  response?: http.ServerResponse,
): void {
  if (!socket.writable || error.code === 'ECONNRESET' || response?.headersSent) {
    socket.destroy()
    return
  }
  const body = bodyFor(statusByErrorCode[error.code ?? ''] ?? 400)
  const head = `HTTP/1.1 ${body.trim()}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: ${body.length}`
  socket.end(`${head}\r\nConnection: close\r\n\r\n${body}`, () => (socket as Socket).destroySoon())
}

function closeGracefully(server: http.Server, held: Held): Promise<void> {
  return new Promise((resolve) => {
    // Connections kept alive become idle one by one as their last request ends.
    const sweep = setInterval(() => server.closeIdleConnections(), 20)
    const cutOff = setTimeout(() => server.closeAllConnections(), graceMs)
    server.close(() => {
      clearInterval(sweep)
      clearTimeout(cutOff)
      resolve()
    })
    server.closeIdleConnections()
    held.letGo()
  })
}
