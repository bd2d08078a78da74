import type http from 'node:http'
import type { HeaderFields, WholeRequest, WholeResponse } from '../server/index.ts'
import type { Held } from './held.ts'

/** Answers whole requests with whole responses: nothing is built of either but what is read. */
export interface WholeHandler {
  answer(request: WholeRequest): Promise<WholeResponse>
}

/** What a request is read with that does not stand in it. */
export interface Origin {
  scheme: 'http' | 'https'
  /** Host of a request that names none, as HTTP/1.0 allows. */
  hostname: string
}

/** The request, or null when its target and Host name no URL (RFC 9112 3.2, 3.3). */
export function wholeRequest(
  incoming: http.IncomingMessage,
  body: Uint8Array,
  origin: Origin,
): WholeRequest | null {
  const url = targetUrl(incoming, origin)
  return url && { method: incoming.method!, url, headers: headerFields(incoming.rawHeaders), body }
}

function targetUrl(
  { url: target = '', headers }: http.IncomingMessage,
  { scheme, hostname }: Origin,
): URL | null {
  // `URL` would take a backslash for a slash, which no client means.
  if (target.split('?', 1)[0]!.includes('\\')) return null
  if (/^https?:\/\//.test(target)) return withoutUser(URL.parse(target))
  const host = headers.host || hostname
  if (!target.startsWith('/')) return null
  const url = withoutUser(URL.parse(`${scheme}://${host}${target}`))
  // A Host that is more than a host, or says one in another way, is not what we would name ourselves after.
  return url?.hostname === host.replace(/:\d+$/, '').toLowerCase() ? url : null
}

const withoutUser = (url: URL | null): URL | null =>
  url?.username === '' && url.password === '' ? url : null

/** RFC 9110 5.2, and RFC 9113 8.2.3 for cookies. */
function headerFields(raw: readonly string[]): HeaderFields {
  const fields = new Map<string, string>()
  for (let i = 0; i < raw.length; i += 2) {
    const name = raw[i]!.toLowerCase()
    const before = fields.get(name)
    const separator = name === 'cookie' ? '; ' : ', '
    fields.set(name, before === undefined ? raw[i + 1]! : before + separator + raw[i + 1]!)
  }
  return {
    get: (name) => fields.get(name.toLowerCase()) ?? null,
    has: (name) => fields.has(name.toLowerCase()),
    [Symbol.iterator]: () => fields.entries(),
  }
}

/** Node sends a string together with the head; bytes would cost a second buffer on the wire. Latin-1 keeps each byte. */
const IN_ONE_PIECE = 64 * 1024

export function send(outgoing: http.ServerResponse, response: WholeResponse, held: Held): void {
  const { breakOff } = response
  if (breakOff === 'drop') outgoing.destroy()
  else if (breakOff === 'hang') held.hold(outgoing)
  else sendAnswer(outgoing, response, breakOff)
}

/** @param sent how many bytes of the body, which the head promises whole; all of them when left out */
function sendAnswer(
  outgoing: http.ServerResponse,
  { status, headers, body }: WholeResponse,
  sent: number | undefined,
): void {
  const fields = headers.flat()
  // RFC 9110 8.6
  if (status !== 204 && status !== 304) fields.push('content-length', String(body.length))
  outgoing.writeHead(status, fields)
  if (sent !== undefined) breakOffAfter(outgoing, body.subarray(0, sent))
  else if (body.length > IN_ONE_PIECE) outgoing.end(body)
  else outgoing.end(Buffer.from(body.buffer, body.byteOffset, body.length).toString('latin1'), 'latin1')
}

function breakOffAfter(outgoing: http.ServerResponse, part: Uint8Array): void {
  outgoing.flushHeaders()
  outgoing.write(part, () => outgoing.socket?.destroySoon())
}
