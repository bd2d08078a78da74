import { atMost } from '../at-most.ts'
import type { Core } from '../core.ts'
import { listGrantsOfSession } from '../store/grants.ts'
import { endSession, type SessionRecord } from '../store/sessions.ts'
import { revokeFamily } from '../store/token-changes.ts'
import { notifyByBackChannel } from './back-channel.ts'
import { type RelyingParty, relyingParties } from './relying-parties.ts'

const LOGOUT = { by: 'user', reason: 'logout' } as const

/** How long whoever logs out waits for apps that are told. What takes longer goes on behind their back. */
const PATIENCE_MS = 2_000

/**
 * Ends a session, and what was granted in it; but not what was granted for the time the user is away (offline_access). Apps
 * with a back channel are told.
 *
 * @returns the apps the user was logged in to
 */
export async function endLogin(core: Core, session: SessionRecord): Promise<RelyingParty[]> {
  const { clock, database, events } = core
  const parties = relyingParties(core, session)
  const now = clock.now()
  const grants = database.write((writer) => {
    endSession(writer, session.hash, now)
    const own = session.grantId === null ? [] : [session.grantId]
    const all = [...own, ...listGrantsOfSession(writer, session.sid)]
    for (const grantId of all) revokeFamily(writer, grantId, LOGOUT, now)
    return all
  })
  events.publish({ type: 'changed', noun: 'sessions' })
  if (grants.length > 0) events.publish({ type: 'changed', noun: 'tokens' })
  await tell(core, parties)
  return parties
}

/** Tells apps by the back channel, and waits for their answers within reason. */
export const tell = (core: Core, parties: readonly RelyingParty[]): Promise<void> =>
  atMost(PATIENCE_MS, notifyByBackChannel(core, parties))
