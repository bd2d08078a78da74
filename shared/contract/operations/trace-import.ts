import { z } from 'zod'
import { command, query } from '../operation.ts'
import { timestamp } from '../values.ts'
import { harFile } from './har.ts'
import { traceSummary } from './traces.ts'

const input = z.strictObject({
  /** The HAR as JSON. */
  har: harFile,
  /** What the file is called: the traces are marked with it, and bear its name where they have none. */
  name: z.string().trim().min(1).max(200).default('HAR'),
})

export const harPreview = z.object({
  /** What wrote the file, such as "WebInspector 537.36"; null where it does not say. */
  creator: z.string().nullable(),
  traces: z.array(
    z.object({
      name: z.string().nullable(),
      clientId: z.string().nullable(),
      exchanges: z.number().int(),
      refusals: z.number().int(),
      startedAt: timestamp,
      /** Whom its requests went to, each once. */
      hosts: z.array(z.string()),
    }),
  ),
  exchanges: z.number().int(),
  /** Entries that become no exchange. */
  leftOut: z.object({
    /** Pictures, fonts, styles, scripts, media. */
    assets: z.number().int(),
    /** Not sent over HTTP: data:, blob:, WebSockets, extensions. */
    other: z.number().int(),
  }),
  /** Distinct tokens in what becomes exchanges. */
  tokens: z.number().int(),
})
export type HarPreview = z.infer<typeof harPreview>

export const traceImportOperations = {
  'traces.previewImport': query(
    'What traces.import would make of a HAR 1.2 file. Nothing is kept.',
    input,
    harPreview,
  ),
  'traces.import': command(
    'Keep the exchanges of a HAR 1.2 file as traces, marked as imported: what state, code, request_uri or a token ties is one trace. Pictures, styles and scripts are left out.',
    input,
    z.object({ traces: z.array(traceSummary) }),
  ),
}
