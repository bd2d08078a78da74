import { z } from 'zod'

/** `error`: broken or unsafe; `warning`: will break or is unwise; `info`: allowed, and worth knowing. */
export const severity = z.enum(['error', 'warning', 'info'])
export type Severity = z.infer<typeof severity>

/** What a rule over a whole trace has to say. */
export const finding = z.object({
  /** The rule's id, such as `code-replayed`. */
  rule: z.string(),
  severity,
  title: z.string(),
  observed: z.string(),
  expected: z.string(),
  hint: z.string(),
  /** Section of the standard, such as "RFC 6749 10.5". */
  spec: z.string(),
  /** The exchanges it was seen in, oldest first; at least one is of this trace. */
  exchanges: z.array(z.number().int()),
})
export type Finding = z.infer<typeof finding>
