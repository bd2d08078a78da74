import { z } from 'zod'
import { command, query } from '../operation.ts'
import { nothing, timestamp } from '../values.ts'
import { serverState } from './host.ts'

export const status = z.object({
  version: z.string(),
  /** The default issuer's public URL, without a trailing slash. */
  issuer: z.string(),
  /** Where the control API and the browser workbench listen; null when they do not. */
  control: z.string().nullable(),
  /** Where the sample app answers; null when it does not. */
  sampleApp: z.string().nullable(),
  /** Whether the issuer's port answers; null where the host cannot switch it. */
  server: serverState,
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
    /** Faults that may strike. */
    armedFaults: z.number().int(),
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

/** Ten years. */
export const MOST_OFFSET_MS = 315_360_000_000

/** Distance of the issuer's clock from wall-clock time; ten years either way at the most. */
export const clockOffset = z.number().int().min(-MOST_OFFSET_MS).max(MOST_OFFSET_MS)

export const statusOperations = {
  'status.get': query('Where the issuer listens, what it holds and what to watch out for.', nothing, status),
  'clock.get': query("The issuer's clock.", nothing, clock),
  'clock.set': command(
    "Move, freeze or reset the issuer's clock.",
    z
      .strictObject({
        offsetMs: clockOffset.optional(),
        /** The time it is to show, within the same bounds. */
        at: timestamp.optional(),
        /** How far to move it from where it is; it stops at the same bounds. */
        stepMs: z.number().int().optional(),
        frozen: z.boolean().optional(),
      })
      .refine(
        ({ offsetMs, at, stepMs }) => [offsetMs, at, stepMs].filter((one) => one !== undefined).length < 2,
        {
          error: 'names more than one of offsetMs, at and stepMs',
        },
      ),
    clock,
  ),
}
