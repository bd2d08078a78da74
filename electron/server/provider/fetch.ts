import type { WholeRequest, WholeResponse } from '../message.ts'
import type { Replayed } from '../recorder/trail.ts'
import type { Answer } from './provider.ts'

/**
 * The issuer as a function of the Fetch standard. Answers every request.
 *
 * @throws TypeError as `fetch` does, when a fault has the answer broken off; what `signal` (that of the request, when left out)
 *   aborts with, while the answer is not there
 */
export type Provider = (
  request: Request,
  how?: { signal?: AbortSignal; replayOf?: Replayed },
) => Promise<Response>

/**
 * Puts `Request` and `Response` around what answers.
 *
 * @param tracked is given the work of each request, which is over when there is an answer: it may never be whole
 */
export const byFetch =
  (answer: Answer, tracked = <T>(work: Promise<T>): Promise<T> => work): Provider =>
  (request, { signal = request.signal, replayOf } = {}) =>
    unlessAborted(signal, async () =>
      toResponse(request, await tracked(readRequest(request).then((whole) => answer(whole, replayOf)))),
    )

async function readRequest(request: Request): Promise<WholeRequest> {
  const { method, url, headers } = request
  const bodyless = method === 'GET' || method === 'HEAD'
  const body = bodyless ? new Uint8Array(0) : new Uint8Array(await request.arrayBuffer())
  return { method, url: new URL(url), headers, body }
}

export async function toResponse(
  { method }: Request,
  { status, headers, body, breakOff }: WholeResponse,
): Promise<Response> {
  if (breakOff === 'drop') throw new TypeError('fetch failed', { cause: new Error(BROKEN_OFF) })
  // Until whoever waits gives up.
  if (breakOff === 'hang') return new Promise<never>(() => {})
  const bodyless = method === 'HEAD' || body.length === 0
  if (breakOff !== undefined) return new Response(brokenOff(body.slice(0, breakOff)), { status, headers })
  return new Response(bodyless ? null : (body as Uint8Array<ArrayBuffer>), { status, headers })
}

const BROKEN_OFF = 'the connection was closed before the answer was whole'

/** Rejects as soon as the signal aborts; the work itself goes on. */
async function unlessAborted<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  signal.throwIfAborted()
  let giveUp = () => {}
  const aborted = new Promise<never>((_resolve, reject) => {
    giveUp = () => reject(signal.reason)
  })
  signal.addEventListener('abort', giveUp)
  try {
    return await Promise.race([aborted, work()])
  } finally {
    signal.removeEventListener('abort', giveUp)
  }
}

const brokenOff = (part: Uint8Array): ReadableStream =>
  new ReadableStream({
    start: (controller) => controller.enqueue(part),
    pull: (controller) => controller.error(new TypeError('terminated', { cause: new Error(BROKEN_OFF) })),
  })
