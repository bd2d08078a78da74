import { z } from 'zod'
import { command } from '../operation.ts'
import { issuerName, seconds, timestamp } from '../values.ts'

export const registrationOperations = {
  'registration.token': command(
    'Make an initial access token, which lets its holder register clients while registration is protected.',
    z.strictObject({
      /** Left out, the default issuer. */
      issuer: issuerName.optional(),
      lifetime: seconds.default(3_600),
    }),
    z.object({ token: z.string(), expiresAt: timestamp }),
  ),
}
