import { ContractError } from '../../../../shared/contract/envelope.ts'
import type { FlowHop, FlowRequest, FlowResponse } from '../../../../shared/contract/operations/flows.ts'
import { ownHeaders } from '../../../../shared/flow/request-parts.ts'
import type { Core } from '../../core.ts'
import { randomId } from '../../random.ts'
import { readSome } from '../../read-some.ts'
import { isLoopback, noted } from '../../tokens/lab/outbound.ts'
import { transmit } from '../../transmit.ts'
import { whyUnreachable } from '../../unreachable.ts'
import { cookieHeader, withCookies } from './jar.ts'
import type { RunRecord } from './record.ts'
import { isOurs } from './target.ts'

// The one place requests of flows leave from. Threat: as in the lab's outbound.ts, with live secrets in the requests. So the same
// rules: loopback is free, anything else is confirmed; no redirect is followed here; time and size are bounded; every call is noted.

const MAX_BYTES = 262_144
const TIMEOUT_MS = 15_000

/**
 * @throws ContractError `refused` for a target on another machine that was not confirmed; the issue at `confirmOutbound` names the
 * host
 */
export function mustBeConfirmed(url: string, confirmed: boolean): void {
  if (isLoopback(url) || confirmed) return
  const { host } = new URL(url)
  throw new ContractError('refused', `${host} is not on this machine. Confirm that it may be called.`, [
    { path: 'confirmOutbound', message: host },
  ])
}

export interface Sending {
  confirmed: boolean
  /** Ends the request early. */
  signal: AbortSignal
}

/**
 * Sends a request with the cookies of the run, which keeps those of the answer. Never rejects for what happens on the way: that is
 * the hop's `problem`.
 *
 * @throws ContractError `refused` when the target was not confirmed
 */
export async function sendHop(
  core: Core,
  run: RunRecord,
  request: FlowRequest,
  { confirmed, signal }: Sending,
): Promise<FlowHop> {
  mustBeConfirmed(request.url, confirmed)
  const at = core.clock.real.now()
  const requestId = isOurs(core, request.url) ? `flow-${randomId(core.random)}` : null
  const sent = { ...request, headers: headersToSend(run, request, requestId, at) }
  const hop = (response: FlowResponse | null, problem: string | null): FlowHop => ({
    at,
    durationMs: core.clock.real.now() - at,
    request: sent,
    response,
    problem,
    exchangeId: requestId === null ? null : (core.recorder.exchangeOf(requestId) ?? null),
  })
  const call = { purpose: 'flow', method: request.method, url: request.url } as const
  try {
    const response = await noted(core, call, async () => {
      const value = await exchange(core, sent, signal)
      return { status: value.status, value }
    })
    const cookies = response.headers.flatMap(([name, value]) => (name === 'set-cookie' ? [value] : []))
    run.cookies = withCookies(run.cookies, request.url, cookies, at)
    return hop(response, null)
  } catch (error) {
    return hop(
      null,
      signal.aborted ? 'It was cancelled.' : `${new URL(request.url).host}: ${reasonOf(error)}.`,
    )
  }
}

function headersToSend(
  { cookies }: RunRecord,
  { url, headers }: FlowRequest,
  requestId: string | null,
  now: number,
): [string, string][] {
  // Those of one connection are the client's own to set; whatever an edited request says of them is not sent.
  const kept = headers.filter(([name]) => !ownHeaders.has(name.toLowerCase()))
  const has = (wanted: string) => kept.some(([name]) => name.toLowerCase() === wanted)
  const cookie = has('cookie') ? null : cookieHeader(cookies, url, now)
  if (cookie !== null) kept.push(['cookie', cookie])
  if (requestId !== null && !has('x-request-id')) kept.push(['x-request-id', requestId])
  return kept
}

async function exchange(core: Core, request: FlowRequest, signal: AbortSignal): Promise<FlowResponse> {
  const { method, url, headers, body } = request
  const sent = new Request(url, {
    method,
    headers: headers.map(([name, value]): [string, string] => [name, value]),
    body: body === '' || method === 'GET' || method === 'HEAD' ? null : body,
    redirect: 'manual',
  })
  const response = await transmit(core, sent, AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]))
  const { bytes, tooLong, broken } = await readSome(response, MAX_BYTES)
  const text = Buffer.from(bytes).toString('utf8')
  return { status: response.status, headers: [...response.headers], body: text, truncated: tooLong || broken }
}

const reasonOf = (error: unknown): string =>
  error instanceof Error && error.name === 'TimeoutError'
    ? `no answer within ${TIMEOUT_MS / 1000} seconds`
    : whyUnreachable(error)
