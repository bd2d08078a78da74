import { DEFAULT_ISSUER } from '../../../shared/contract/values.ts'
import type { Core } from '../core.ts'
import type { ApiExchange } from '../options.ts'
import { readToken } from '../tokens/read.ts'
import { createTrail, noteToken } from './trail.ts'

/** Records what an API beside the issuer answered, in the trace of the login its token comes from. */
export async function noteApi(core: Core, exchange: ApiExchange): Promise<void> {
  const { endpoint, request, response, token, error, verdicts, durationMs } = exchange
  const trail = createTrail()
  Object.assign(trail, { endpoint, error, verdicts })
  const record = token === null ? null : (await readToken(core, DEFAULT_ISSUER, token, 'access')).record
  if (record) {
    noteToken(trail, record)
    trail.clientId = record.clientId
    trail.userId = record.userId
  }
  core.recorder.record({
    durationMs,
    method: request.method,
    url: new URL(request.url),
    issuer: DEFAULT_ISSUER,
    requestHeaders: request.headers,
    requestBody: request.body,
    requestBytes: request.body.length,
    status: response.status,
    responseHeaders: response.headers,
    responseBody: response.body,
    trail,
  })
}
