import { z } from 'zod'
import type { OAuthErrorCode } from '../../../protocol/errors.ts'
import { defineAction } from '../action.ts'
import { faultEndpoints } from '../endpoints.ts'

const codes = [...new Set(faultEndpoints.flatMap(({ errors }) => errors))] as [
  OAuthErrorCode,
  ...OAuthErrorCode[],
]

/** Leaves as any refusal of the endpoint does: as JSON, with a challenge, or by redirect to the client. */
export const errorAction = defineAction({
  kind: 'error',
  title: 'Answer with an OAuth error',
  about: 'Refuses in place of the work, with any code the standard has for this endpoint.',
  schema: z.strictObject({
    kind: z.literal('error'),
    code: z.enum(codes),
    /** RFC 6749 5.2: printable ASCII without " and \ */
    description: z
      .string()
      .max(500)
      .regex(/^[\x20\x21\x23-\x5B\x5D-\x7E]*$/, 'must be printable ASCII without " or \\')
      .default('A fault of Grantscope'),
  }),
  phase: () => 'before',
  unfit: ({ code }, { errors }) => {
    return errors.includes(code) ? null : `which may not answer ${code}`
  },
  says: ({ code }) => `answers ${code} in place of the work`,
  example: { kind: 'error', code: 'invalid_request' },
})
