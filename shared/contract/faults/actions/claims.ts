import { z } from 'zod'
import { defineAction } from '../action.ts'
import { someMembers } from './patch.ts'
import { lacksToken, tokenMember } from './token-member.ts'

export const claimsAction = defineAction({
  kind: 'claims',
  title: 'Change claims of a token',
  about:
    'Lays a merge patch (RFC 7396) over the claims of one token, and signs it for real: only the claims can give it away. A wrong nonce, another audience.',
  schema: z.strictObject({ kind: z.literal('claims'), token: tokenMember, patch: someMembers }),
  phase: () => 'after',
  unfit: ({ token }, endpoint) => lacksToken(token, endpoint),
  says: ({ token, patch }) =>
    `changes ${Object.keys(patch).join(', ')} in the ${token}, and signs it for real`,
  example: { kind: 'claims', token: 'id_token', patch: { nonce: 'another' } },
})
