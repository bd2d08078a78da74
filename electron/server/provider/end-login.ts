import type { Core } from '../core.ts'
import { listGrantsOfSession } from '../store/grants.ts'
import { endSession, type SessionRecord } from '../store/sessions.ts'
import { revokeFamily } from '../store/tokens.ts'

/** Ends a session, and what was granted in it; but not what was granted for the time the user is away (offline_access). */
export function endLogin({ clock, database, events }: Core, session: SessionRecord): void {
  const now = clock.now()
  const grants = database.write((writer) => {
    endSession(writer, session.hash, now)
    const own = session.grantId === null ? [] : [session.grantId]
    const all = [...own, ...listGrantsOfSession(writer, session.sid)]
    for (const grantId of all) revokeFamily(writer, grantId, 'logout', now)
    return all
  })
  if (grants.length > 0) events.publish({ type: 'changed', noun: 'tokens' })
}
