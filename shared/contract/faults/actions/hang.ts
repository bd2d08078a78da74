import { z } from 'zod'
import { anywhere, defineAction } from '../action.ts'
import { when } from './when.ts'

/** Then the connection is dropped, so that a forgotten fault does not collect them for ever. */
export const LONGEST_HANG_MS = 600_000

export const hangAction = defineAction({
  kind: 'hang',
  title: 'Hang',
  about: 'Never answers: until the client gives up, the issuer is stopped, or ten minutes are over.',
  schema: z.strictObject({ kind: z.literal('hang'), when: when.default('before') }),
  phase: ({ when }) => when,
  unfit: anywhere,
  says: ({ when }) =>
    when === 'before' ? 'does nothing, and never answers' : 'does the work, and never answers',
  example: { kind: 'hang' },
})
