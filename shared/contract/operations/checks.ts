import { z } from 'zod'
import { query } from '../operation.ts'
import { nothing, profileName } from '../values.ts'

const level = z.enum(['enforce', 'warn', 'off'])

export const check = z.object({
  /** `<endpoint or theme>.<rule>`, as in verdicts and in `checkLevels`. */
  id: z.string(),
  /** The rule as a sentence that is true when the check passes. */
  title: z.string(),
  /** Section of the standard, such as "RFC 6749 4.3.2". */
  spec: z.string(),
  /** Names of the endpoints that run it, as in exchanges. */
  endpoints: z.array(z.string()),
  /** By profile. */
  levels: z.record(profileName, level),
  /** Whether issuers and clients may ease it; if not, it leaves nothing to go on with when broken. */
  changeable: z.boolean(),
})
export type CheckRow = z.infer<typeof check>

export const checkOperations = {
  'checks.list': query('Every rule a client can break, with its levels.', nothing, z.array(check)),
}
