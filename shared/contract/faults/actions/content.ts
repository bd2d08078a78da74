import { z } from 'zod'
import { headerValue } from '../../operations/traces.ts'
import { defineAction } from '../action.ts'

export const contentAction = defineAction({
  kind: 'content',
  title: 'Other content',
  about:
    'Does the work, and puts another content type or body in its answer: HTML instead of JSON, JSON called text.',
  schema: z
    .strictObject({
      kind: z.literal('content'),
      /** Null leaves it as it is. */
      contentType: headerValue.max(200).nullable().default(null),
      body: z.string().max(100_000).nullable().default(null),
    })
    .refine(({ contentType, body }) => contentType !== null || body !== null, {
      path: ['body'],
      message: 'must be given, or a content type: there is nothing to change',
    }),
  phase: () => 'after',
  unfit: (_action, { body }) => (body === 'none' ? 'whose answer has no content to change' : null),
  says: ({ contentType, body }) =>
    body === null ? `calls its answer ${contentType}` : 'puts another body in its answer',
  example: { kind: 'content', contentType: 'text/html', body: '<h1>Bad gateway</h1>' },
})
