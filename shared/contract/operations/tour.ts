import { z } from 'zod'
import { command, query } from '../operation.ts'
import { nothing, timestamp } from '../values.ts'
import { finding } from './findings.ts'

/** `login` works, `break` makes a mistake on purpose, `fix` runs with what the user changed. */
export const tourStep = z.enum(['login', 'break', 'fix'])
export type TourStep = z.infer<typeof tourStep>

export const tourRun = z.object({
  at: timestamp,
  /** The redirect_uri of the token request: what the tour breaks, and the user mends. */
  redirectUri: z.string(),
  succeeded: z.boolean(),
  /** What the app was told: "200", "400 invalid_grant". */
  answer: z.string(),
  /** The trace of the login; null once it is no longer recorded. */
  traceId: z.string().nullable(),
  /** The token request in it. */
  exchangeId: z.number().int(),
  /** What the trace makes of the mistake. */
  finding: finding.pick({ title: true, observed: true, expected: true, hint: true, spec: true }).nullable(),
})
export type TourRun = z.infer<typeof tourRun>

export const tour = z.object({
  /** The app and the user it logs in. */
  clientId: z.string(),
  username: z.string(),
  /** What the authorization request names, and so the right one. */
  redirectUri: z.string(),
  /** The last run of each step; null for one that was not run yet. */
  runs: z.object({ login: tourRun.nullable(), break: tourRun.nullable(), fix: tourRun.nullable() }),
  /** The step that comes next; null when all are done. */
  next: tourStep.nullable(),
  skipped: z.boolean(),
})
export type Tour = z.infer<typeof tour>

export const tourOperations = {
  'tour.get': query('How far the first-run tour has come.', nothing, tour),
  'tour.run': command(
    'Run a step of the tour: a login of the demo app, for real, with the mistake that belongs to the step.',
    z.strictObject({
      step: tourStep,
      /** The redirect_uri of the token request in the step `fix`; the right one when left out. */
      redirectUri: z.string().min(1).max(2_000).optional(),
    }),
    tourRun,
  ),
  'tour.change': command(
    'Skip the tour, or start it again.',
    z.strictObject({
      skipped: z.boolean(),
      /** Forgets what was run. */
      restart: z.boolean().default(false),
    }),
    tour,
  ),
}
