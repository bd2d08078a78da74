import { z } from 'zod'
import { defineAction } from '../action.ts'

export const cutAction = defineAction({
  kind: 'cut',
  title: 'Cut the body off',
  about: 'Promises the whole body, sends a part of it, and drops the connection.',
  schema: z.strictObject({
    kind: z.literal('cut'),
    /** How much of it is sent, in percent. */
    percent: z.number().int().min(0).max(99).default(50),
  }),
  phase: () => 'after',
  unfit: (_action, { body }) => (body === 'none' ? 'whose answer has no body to cut' : null),
  says: ({ percent }) => `sends ${percent} % of the body, and drops the connection`,
  example: { kind: 'cut' },
})
