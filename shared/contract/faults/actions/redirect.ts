import { z } from 'zod'
import { defineAction } from '../action.ts'

export const redirectAction = defineAction({
  kind: 'redirect',
  title: 'Edit the redirect to the client',
  about:
    'Sets or takes away parameters of the redirect by which the client gets its answer, in query, fragment or form: state, iss, code.',
  schema: z.strictObject({
    kind: z.literal('redirect'),
    /** Null takes the parameter away. */
    set: z
      .record(z.string().min(1).max(100), z.string().max(10_000).nullable())
      .refine((set) => Object.keys(set).length > 0, 'must name a parameter to change'),
  }),
  phase: () => 'after',
  unfit: ({ set }, { redirect }) => {
    if (redirect.length === 0) return 'which redirects nobody to a client'
    const names = Object.keys(set)
    const takesEffect = names.some((name) => set[name] !== null || redirect.includes(name))
    return takesEffect ? null : `whose redirects never carry ${names.join(' or ')}`
  },
  says: ({ set }) => `changes ${Object.keys(set).join(', ')} in the redirect`,
  example: { kind: 'redirect', set: { state: 'another' } },
})
