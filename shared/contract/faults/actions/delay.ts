import { z } from 'zod'
import { anywhere, defineAction, inSeconds } from '../action.ts'
import { when } from './when.ts'

export const delayAction = defineAction({
  kind: 'delay',
  title: 'Delay',
  about:
    'Waits in real time, before the work or between the work and its answer. After it, the work is done all the same.',
  schema: z.strictObject({
    kind: z.literal('delay'),
    ms: z.number().int().min(1).max(600_000),
    when: when.default('before'),
  }),
  phase: ({ when }) => when,
  unfit: anywhere,
  says: ({ ms, when }) =>
    when === 'before'
      ? `waits ${inSeconds(ms)} before the work`
      : `holds the answer back for ${inSeconds(ms)}`,
  example: { kind: 'delay', ms: 5_000 },
})
