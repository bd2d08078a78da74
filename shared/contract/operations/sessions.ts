import { z } from 'zod'
import { command, query } from '../operation.ts'
import { nothing, timestamp } from '../values.ts'

export const session = z.object({
  /** Its name towards clients, in ID tokens and logout tokens. */
  sid: z.string(),
  issuer: z.string(),
  userId: z.string(),
  username: z.string(),
  /** When and how the user proved who they are (RFC 8176). */
  authTime: timestamp,
  amr: z.array(z.string()),
  createdAt: timestamp,
  expiresAt: timestamp,
  /** Clients that got an ID token in it, by client_id. */
  clients: z.array(z.string()),
})
export type Session = z.infer<typeof session>

export const sessionOperations = {
  'sessions.list': query(
    'Browser sessions of users who are logged in, newest first.',
    nothing,
    z.array(session),
  ),
  'sessions.end': command(
    'End a session as a logout does: its tokens are revoked, and its clients told by the back channel.',
    z.strictObject({ sid: z.string() }),
    /** Clients that were told, or tried to be; the traces show what they answered. */
    z.object({ told: z.array(z.string()) }),
  ),
}
