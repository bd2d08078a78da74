import { ContractError } from '../../../shared/contract/envelope.ts'
import { invalidInput } from '../../../shared/contract/issues.ts'
import type { ParsedInputOf } from '../../../shared/contract/operations/index.ts'
import type { Exchange, Message } from '../../../shared/contract/operations/traces.ts'
import { readBody } from '../../../shared/flow/body.ts'
import { SAMPLE_API } from '../../../shared/flow/sequence.ts'

type Changes = ParsedInputOf<'exchanges.replay'>

/** Of one connection, or counted from the body that is sent now. */
const dropped = new Set([
  'connection',
  'content-length',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

const BODYLESS = ['GET', 'HEAD']

/**
 * The request of an exchange once more, with changes. It goes to the address it was recorded at, and that is the issuer.
 *
 * @throws ContractError `refused` when the log has not all of the body, or the request did not come to the issuer, `invalid_input` for a body where there can be none
 */
export function toReplay(exchange: Exchange, changes: Changes): Request {
  if (exchange.direction === 'outbound') {
    throw new ContractError('refused', 'The issuer sent this to an app. Log out again to have it sent again.')
  }
  if (exchange.endpoint === SAMPLE_API) {
    throw new ContractError('refused', 'The sample app sent this to its own API. Send it again from there.')
  }
  if (exchange.between !== null) {
    throw new ContractError(
      'refused',
      'This exchange was imported: it was never sent to this issuer. Copy it as cURL to send it where it went.',
    )
  }
  const method = changes.method ?? exchange.method
  const body = changes.body ?? keptBody(exchange.request, changes)
  if (BODYLESS.includes(method) && body.length > 0) {
    throw invalidInput([{ path: 'body', message: `must be empty: a ${method} request carries no body` }])
  }
  const headers = new Headers()
  for (const [name, value] of changes.headers ?? exchange.request.headers) {
    if (!dropped.has(name.toLowerCase())) headers.append(name, value)
  }
  const url = new URL(exchange.url).origin + (changes.target ?? exchange.target)
  return new Request(url, { method, headers, body: body.length > 0 ? body : null, redirect: 'manual' })
}

function keptBody(request: Message, { method }: Changes): string | Uint8Array<ArrayBuffer> {
  // Whoever turns a POST into a GET wants it without the body.
  if (method !== undefined && BODYLESS.includes(method)) return ''
  if (readBody(request).cut) {
    throw new ContractError('refused', 'Only a part of the body was kept. Write the body to send.')
  }
  return request.encoding === 'utf8' ? request.body : new Uint8Array(Buffer.from(request.body, 'base64'))
}
