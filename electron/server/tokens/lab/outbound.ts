import { ContractError } from '../../../../shared/contract/envelope.ts'
import type { LabAnswer, OutboundCall } from '../../../../shared/contract/operations/lab.ts'
import type { Core } from '../../core.ts'
import { readSome } from '../../read-some.ts'
import { insertOutboundCall } from '../../store/outbound-calls.ts'
import { transmit } from '../../transmit.ts'
import { whyUnreachable } from '../../unreachable.ts'
import { fetchJson } from '../fetch-json.ts'

// Threat: a URL out of a token or a chat that makes this machine call somebody: with a live token in its hand, or into a network
// that only this machine can reach. So: loopback is free, anything else must be confirmed by whoever asked; redirects are not
// followed; time and size are bounded; every call is noted.

const MAX_BYTES = 65_536
const TIMEOUT_MS = 10_000

/** Whether a URL stays on this machine. A name counts only when it is localhost: any other may point anywhere. */
export function isLoopback(url: string): boolean {
  const { hostname } = new URL(url)
  return /^(?:127(?:\.\d{1,3}){3}|\[::1\]|localhost|[a-z0-9-]+\.localhost)$/i.test(hostname)
}

/** @throws ContractError `refused` for a target that is not loopback and was not confirmed */
export function mustBeAllowed(url: string, confirmed: boolean): void {
  if (isLoopback(url) || confirmed) return
  throw new ContractError(
    'refused',
    `${new URL(url).host} is not on this machine. Confirm that the lab may call it.`,
  )
}

/** Carries out a call and notes it, whatever comes of it. `work` says what status came. */
export async function noted<T>(
  core: Core,
  { purpose, method, url }: Pick<OutboundCall, 'purpose' | 'method' | 'url'>,
  work: () => Promise<{ status: number | null; value: T }>,
): Promise<T> {
  // Calls leave this machine in real time, whatever the issuer's clock shows.
  const began = core.clock.real.now()
  let status: number | null = null
  try {
    const done = await work()
    status = done.status
    return done.value
  } finally {
    const { origin, pathname } = new URL(url)
    const call = { purpose, method, url: `${origin}${pathname}`, loopback: isLoopback(url), status }
    const durationMs = core.clock.real.now() - began
    // After the store is closed there is nothing left to write to.
    if (!core.closing.aborted) {
      core.database.write((writer) => insertOutboundCall(writer, { ...call, at: began, durationMs }))
      core.events.publish({ type: 'changed', noun: 'lab' })
    }
  }
}

/** JSON with keys behind a URL. @throws ContractError `unreachable` */
export const notedJson = (core: Core, url: string): Promise<unknown> =>
  noted(core, { purpose: 'keys', method: 'GET', url }, async () => ({
    value: await fetchJson(core, url),
    status: 200,
  }))

interface Target {
  url: string
  token: string
  method: 'GET' | 'POST'
}

/**
 * Sends a token as RFC 6750 2.1 has it.
 *
 * @throws ContractError `unreachable`
 */
export function sendToken(core: Core, { url, token, method }: Target): Promise<LabAnswer> {
  return noted(core, { purpose: 'send', method, url }, async () => {
    const began = core.clock.real.now()
    const limit = AbortSignal.timeout(TIMEOUT_MS)
    const response = await transmit(core, toRequest(url, token, method), limit).catch((error: unknown) => {
      throw new ContractError('unreachable', `${url} cannot be reached: ${whyUnreachable(error)}.`)
    })
    const { bytes, tooLong, broken } = await readSome(response, MAX_BYTES)
    const body = Buffer.from(bytes).toString('utf8')
    const truncated = tooLong || broken
    const { status } = response
    const durationMs = core.clock.real.now() - began
    return { status, value: { status, headers: [...response.headers], body, truncated, durationMs } }
  })
}

function toRequest(url: string, token: string, method: 'GET' | 'POST'): Request {
  const headers = new Headers({ accept: 'application/json, */*' })
  try {
    headers.set('authorization', `Bearer ${token}`)
  } catch {
    throw new ContractError(
      'refused',
      'This token cannot go into a header: it holds a line break or other control character.',
    )
  }
  return new Request(url, { method, headers, redirect: 'manual' })
}
