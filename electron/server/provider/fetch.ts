import type { WholeRequest, WholeResponse } from '../message.ts'
import type { Replayed } from '../recorder/trail.ts'
import type { Answer } from './provider.ts'

/** The issuer as a function of the Fetch standard. Answers every request, never rejects. */
export type Provider = (request: Request, replayOf?: Replayed) => Promise<Response>

/** Puts `Request` and `Response` around what answers. */
export const byFetch =
  (answer: Answer): Provider =>
  async (request, replayOf) =>
    toResponse(request.method, await answer(await readRequest(request), replayOf))

async function readRequest(request: Request): Promise<WholeRequest> {
  const { method, url, headers } = request
  const bodyless = method === 'GET' || method === 'HEAD'
  const body = bodyless ? new Uint8Array(0) : new Uint8Array(await request.arrayBuffer())
  return { method, url: new URL(url), headers, body }
}

export function toResponse(method: string, { status, headers, body }: WholeResponse): Response {
  const bodyless = method === 'HEAD' || body.length === 0
  return new Response(bodyless ? null : (body as Uint8Array<ArrayBuffer>), { status, headers })
}
