import { z } from 'zod'
import { command, query } from '../operation.ts'
import { nothing, timestamp } from '../values.ts'
import { finding, severity } from './findings.ts'

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

/** Who takes part in a login. The sample API is a role of its own, though the same process answers for it. */
export const participant = z.enum(['browser', 'app', 'issuer', 'api'])
export type Participant = z.infer<typeof participant>

export const parties = z.object({ from: participant, to: participant })
export type Parties = z.infer<typeof parties>

const message = z.object({
  headers: z.array(z.tuple([z.string(), z.string()])),
  body: z.string(),
  /** `base64` when the body is not UTF-8 text. */
  encoding: z.enum(['utf8', 'base64']),
  /** Size on the wire; larger than `body` when it was cut. */
  bytes: z.number().int(),
})
export type Message = z.infer<typeof message>

/** What a fault did to an exchange; its name is that of the moment. */
export const struckFault = z.object({
  id: z.string(),
  name: z.string(),
  /** In the present tense: "answers invalid_grant in place of the work". */
  did: z.string(),
})
export type StruckFault = z.infer<typeof struckFault>

export const exchangeSummary = z.object({
  id: z.number().int(),
  traceId: z.string(),
  /** Issuer's clock. */
  at: timestamp,
  durationMs: z.number(),
  /** Name of the issuer it came to, or left from. */
  issuer: z.string(),
  /** `outbound`: the issuer asked an app, as in a back-channel logout. Its status is 0 when no answer came. */
  direction: z.enum(['inbound', 'outbound']),
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
  /** The exchange that was sent again from the workbench, perhaps changed; null for what an app sent. */
  replayOf: z.number().int().nullable(),
  /** Faults that struck it, in their order. A status of 0 then means that no answer was sent. */
  faults: z.array(struckFault),
})
export type ExchangeSummary = z.infer<typeof exchangeSummary>

export const exchange = exchangeSummary.extend({
  url: z.string(),
  request: message,
  response: message,
  verdicts: z.array(verdict),
  /** Tokens this exchange issued, consumed or was asked about. */
  jtis: z.array(z.string()),
  /** Who sent it to whom, of an imported exchange; null for what was recorded here, where endpoint and headers tell. */
  between: parties.nullable(),
})
export type Exchange = z.infer<typeof exchange>

export const traceSummary = z.object({
  id: z.string(),
  /** Name of the issuer it began at. */
  issuer: z.string(),
  startedAt: timestamp,
  lastAt: timestamp,
  exchangeCount: z.number().int(),
  /** Exchanges with a failed check or a 4xx answer. */
  refusals: z.number().int(),
  clientId: z.string().nullable(),
  userId: z.string().nullable(),
  /** Given by hand. */
  name: z.string().nullable(),
  /** Kept when older traces are dropped. */
  pinned: z.boolean(),
  /** Name of the file it came from; null when it was recorded here. */
  imported: z.string().nullable(),
  /** Findings over the whole trace, those that are only worth knowing left out. */
  problems: z.number().int(),
  /** Of all findings. */
  worst: severity.nullable(),
})
export type TraceSummary = z.infer<typeof traceSummary>

/** Of a trace, at most this many exchanges are read at once: the latest. */
export const EXCHANGES_READ = 500

const ids = z.array(z.string()).min(1).max(1000)

/** RFC 9110 9.1; CONNECT and TRACE are not for HTTP APIs. */
export const method = z
  .string()
  .regex(/^(?!CONNECT$|TRACE$|TRACK$)[A-Z][A-Z0-9_-]{0,19}$/, 'must be an HTTP method in capitals')
export const headerName = z
  .string()
  .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/, 'must be a header name (RFC 9110 5.1)')
export const headerValue = z
  .string()
  .max(20_000)
  .regex(/^[\t\x20-\x7e\x80-\xff]*$/, 'must be one line of Latin text (RFC 9110 5.5)')

export const replayInput = z.strictObject({
  /** The exchange whose request is sent again. What is left out is as it was there. */
  id: z.number().int(),
  method: method.optional(),
  /** Path and query at the issuer's own address. */
  target: z
    .string()
    .max(16_000)
    .regex(/^\/(?!\/)[\x21-\x7e]*$/, 'must be a path, with a query perhaps')
    .optional(),
  headers: z
    .array(z.tuple([headerName, headerValue]))
    .max(100)
    .optional(),
  body: z.string().max(300_000).optional(),
})

export const traceOperations = {
  'exchanges.list': query(
    'Recorded exchanges, newest first.',
    z.strictObject({
      /** Only exchanges older than this id: the way to the next page. */
      before: z.number().int().optional(),
      limit: z.number().int().min(1).max(1000).default(200),
      traceId: z.string().optional(),
      issuer: z.string().optional(),
      /** `struck`: a fault had a hand in it, whatever came of it. */
      outcome: z.enum(['ok', 'refused', 'struck']).optional(),
      /** Id of a fault that struck them. */
      faultId: z.string().max(100).optional(),
      endpoint: z.string().optional(),
      clientId: z.string().optional(),
      userId: z.string().optional(),
      /** Only those of pinned traces. */
      pinned: z.literal(true).optional(),
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
  'exchanges.replay': command(
    'Send the request of an exchange to this issuer again, with changes. What comes of it is recorded like any other.',
    replayInput,
    exchange,
  ),
  'traces.list': query(
    'Traces, latest activity first.',
    z.strictObject({ limit: z.number().int().min(1).max(1000).default(200) }),
    z.array(traceSummary),
  ),
  'traces.get': query(
    `One trace with its exchanges, oldest first (the latest ${EXCHANGES_READ}), and what the rules over whole traces found in them.`,
    z.strictObject({ id: z.string() }),
    traceSummary.extend({ exchanges: z.array(exchange), findings: z.array(finding) }),
  ),
  'traces.update': command(
    'Name a trace, or pin it: pinned traces are kept when older ones are dropped.',
    z.strictObject({
      id: z.string(),
      changes: z
        .strictObject({ name: z.string().trim().min(1).max(200).nullable(), pinned: z.boolean() })
        .partial(),
    }),
    traceSummary,
  ),
  'traces.delete': command('Forget some traces.', z.strictObject({ ids }), nothing),
  'traces.prune': command(
    'Forget all but the latest traces and those that are pinned.',
    z.strictObject({ keep: z.number().int().min(0) }),
    z.object({ deleted: z.number().int() }),
  ),
  'traces.export': query(
    'Traces as a HAR 1.2 or Markdown file, latest 1000 without ids. Passwords, secrets, codes and tokens are taken out unless asked for.',
    z.strictObject({
      ids: ids.optional(),
      format: z.enum(['har', 'markdown']),
      includeSecrets: z.boolean().default(false),
    }),
    z.object({ fileName: z.string(), mediaType: z.string(), text: z.string() }),
  ),
  'traces.clear': command(
    'Forget every recorded exchange.',
    z.strictObject({
      /** Those of pinned traces too. */
      pinned: z.boolean().default(true),
    }),
    nothing,
  ),
}
