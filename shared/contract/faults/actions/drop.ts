import { z } from 'zod'
import { anywhere, defineAction } from '../action.ts'
import { when } from './when.ts'

export const dropAction = defineAction({
  kind: 'drop',
  title: 'Drop the connection',
  about:
    'Closes the connection without an answer. After the work, what was issued or used up stays so: that is how a refresh is lost in the wild.',
  schema: z.strictObject({ kind: z.literal('drop'), when: when.default('before') }),
  phase: ({ when }) => when,
  unfit: anywhere,
  says: ({ when }) =>
    when === 'before' ? 'drops the connection' : 'does the work, and drops the connection before the answer',
  example: { kind: 'drop', when: 'after' },
})
