import { z } from 'zod'
import { command, query } from '../operation.ts'
import { nothing, timestamp } from '../values.ts'

export const status = z.object({
  version: z.string(),
  /** The default issuer's public URL, without a trailing slash. */
  issuer: z.string(),
  /** Where the control API and the browser workbench listen; null when they do not. */
  control: z.string().nullable(),
  host: z.enum(['desktop', 'cli', 'embedded']),
  /** Database file, or ":memory:". */
  database: z.string(),
  runtime: z.string(),
  /** Wall-clock time the core was opened. */
  startedAt: timestamp,
  /** Things a user should know, such as being bound wider than loopback. */
  warnings: z.array(z.string()),
  counts: z.object({
    users: z.number().int(),
    clients: z.number().int(),
    activeTokens: z.number().int(),
    exchanges: z.number().int(),
  }),
})
export type Status = z.infer<typeof status>

export const clock = z.object({
  /** The issuer's time now. */
  now: timestamp,
  /** Wall-clock time now. */
  realNow: timestamp,
  offsetMs: z.number().int(),
  frozen: z.boolean(),
})
export type ClockState = z.infer<typeof clock>

export const statusOperations = {
  'status.get': query('Where the issuer listens, what it holds and what to watch out for.', nothing, status),
  'clock.get': query("The issuer's clock.", nothing, clock),
  'clock.set': command(
    "Move, freeze or reset the issuer's clock.",
    z.strictObject({
      /** Distance from wall-clock time; ten years either way at the most. */
      offsetMs: z.number().int().min(-315_360_000_000).max(315_360_000_000).optional(),
      frozen: z.boolean().optional(),
    }),
    clock,
  ),
}
