import { z } from 'zod'
import { headerName, headerValue } from '../../operations/traces.ts'
import { anywhere, defineAction } from '../action.ts'

/** They say how the message is cut into pieces, which is for whoever sends it. */
const FRAMING = ['content-length', 'transfer-encoding', 'connection', 'keep-alive', 'upgrade', 'trailer']

const BODILESS = [204, 205, 304]

const field = z.tuple([
  headerName.refine((name) => !FRAMING.includes(name.toLowerCase()), 'is for the server to set'),
  headerValue,
])

export const answerAction = defineAction({
  kind: 'answer',
  title: 'Answer anything',
  about:
    'Any status, headers and body in place of the work: 429 with Retry-After, 503, a page of some proxy.',
  schema: z
    .strictObject({
      kind: z.literal('answer'),
      status: z.number().int().min(200).max(599),
      headers: z.array(field).max(50).default([]),
      body: z.string().max(100_000).default(''),
    })
    .refine(({ status, body }) => body === '' || !BODILESS.includes(status), {
      path: ['body'],
      message: 'must be empty for a status that has none (RFC 9110 15.3.5, 15.3.6, 15.4.5)',
    }),
  phase: () => 'before',
  unfit: anywhere,
  says: ({ status }) => `answers ${status} in place of the work`,
  example: { kind: 'answer', status: 503, headers: [['retry-after', '30']] },
})
