import { z } from 'zod'
import { jsonObject } from '../../values.ts'
import { defineAction } from '../action.ts'

export const someMembers = jsonObject.refine(
  (patch) => Object.keys(patch).length > 0,
  'must name a member to change',
)

export const patchAction = defineAction({
  kind: 'patch',
  title: 'Edit the JSON of the answer',
  about:
    'Lays a merge patch (RFC 7396) over the JSON of a good answer: a null takes a member away. Another issuer, no expires_in, a wrong token_type.',
  schema: z.strictObject({ kind: z.literal('patch'), patch: someMembers }),
  phase: () => 'after',
  unfit: (_action, { body }) => (body === 'json' ? null : 'whose answer is no JSON'),
  says: ({ patch }) => `changes ${Object.keys(patch).join(', ')} in its answer`,
  example: { kind: 'patch', patch: { expires_in: null } },
})
