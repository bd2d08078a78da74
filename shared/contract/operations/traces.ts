import { z } from 'zod'
import { command, query } from '../operation.ts'
import { nothing, timestamp } from '../values.ts'

export const verdict = z.object({
  /** The check's id, such as `token.password-is-right`. */
  check: z.string(),
  title: z.string(),
  /** Section of the standard, such as "RFC 6749 4.3.2". */
  spec: z.string(),
  /** `warned`: the check failed, but its level let the request pass. */
  outcome: z.enum(['passed', 'failed', 'warned']),
  observed: z.string().nullable(),
  expected: z.string().nullable(),
  hint: z.string().nullable(),
})
export type Verdict = z.infer<typeof verdict>

const message = z.object({
  headers: z.array(z.tuple([z.string(), z.string()])),
  body: z.string(),
  /** `base64` when the body is not UTF-8 text. */
  encoding: z.enum(['utf8', 'base64']),
  /** Size on the wire; larger than `body` when it was cut. */
  bytes: z.number().int(),
})
export type Message = z.infer<typeof message>

export const exchangeSummary = z.object({
  id: z.number().int(),
  traceId: z.string(),
  /** Issuer's clock. */
  at: timestamp,
  durationMs: z.number(),
  /** Name of the endpoint, such as `token`; null when no route took it. */
  endpoint: z.string().nullable(),
  method: z.string(),
  /** Path and query. */
  target: z.string(),
  status: z.number().int(),
  /** OAuth error code of a refusal. */
  error: z.string().nullable(),
  grantType: z.string().nullable(),
  clientId: z.string().nullable(),
  userId: z.string().nullable(),
  failedChecks: z.number().int(),
})
export type ExchangeSummary = z.infer<typeof exchangeSummary>

export const exchange = exchangeSummary.extend({
  url: z.string(),
  request: message,
  response: message,
  verdicts: z.array(verdict),
  /** Tokens this exchange issued, consumed or was asked about. */
  jtis: z.array(z.string()),
})
export type Exchange = z.infer<typeof exchange>

export const traceSummary = z.object({
  id: z.string(),
  startedAt: timestamp,
  lastAt: timestamp,
  exchangeCount: z.number().int(),
  /** Exchanges with a failed check or a 4xx answer. */
  refusals: z.number().int(),
  clientId: z.string().nullable(),
  userId: z.string().nullable(),
})
export type TraceSummary = z.infer<typeof traceSummary>

export const traceOperations = {
  'exchanges.list': query(
    'Recorded exchanges, newest first.',
    z.strictObject({
      /** Only exchanges older than this id: the way to the next page. */
      before: z.number().int().optional(),
      limit: z.number().int().min(1).max(1000).default(200),
      traceId: z.string().optional(),
      outcome: z.enum(['ok', 'refused']).optional(),
      endpoint: z.string().optional(),
      /** Part of target, body, client, user or error. */
      search: z.string().max(200).optional(),
    }),
    z.object({ total: z.number().int(), rows: z.array(exchangeSummary) }),
  ),
  'exchanges.get': query(
    'One exchange, raw, with its verdicts.',
    z.strictObject({ id: z.number().int() }),
    exchange,
  ),
  'traces.list': query(
    'Traces, latest activity first.',
    z.strictObject({ limit: z.number().int().min(1).max(1000).default(200) }),
    z.array(traceSummary),
  ),
  'traces.get': query(
    'One trace with its exchanges, oldest first.',
    z.strictObject({ id: z.string() }),
    traceSummary.extend({ exchanges: z.array(exchange) }),
  ),
  'traces.clear': command('Forget every recorded exchange.', nothing, nothing),
}
