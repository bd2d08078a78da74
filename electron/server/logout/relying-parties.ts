import type { Core } from '../core.ts'
import { publicUrl } from '../issuers.ts'
import { type ClientRecord, findClient } from '../store/clients.ts'
import { listLoginsOfSession } from '../store/grants.ts'
import { listLiveSessions, type SessionRecord } from '../store/sessions.ts'
import { lastIssuerUrl } from '../store/tokens.ts'

/** A client the user logged in to in a session, which is to hear when that ends. */
export interface RelyingParty {
  client: ClientRecord
  session: SessionRecord
  /** The user, as the client was told. */
  sub: string
  /** The issuer, as the client was told: one socket has several names. */
  iss: string
}

/** Everybody who got an ID token in this session. */
export function relyingParties(core: Core, session: SessionRecord): RelyingParty[] {
  const { read } = core.database
  const latest = new Map(listLoginsOfSession(read, session).map(({ clientId, id }) => [clientId, id]))
  return [...latest].flatMap(([clientId, grantId]) => {
    const client = findClient(read, clientId)
    const iss = lastIssuerUrl(read, grantId) ?? publicUrl(core, session.issuer)
    if (!client || iss === undefined) return []
    return [{ client, session, sub: core.subjects.of(client, session.userId), iss }]
  })
}

/** Everybody who got an ID token in a session of the user that has not ended. */
export const relyingPartiesOfUser = (core: Core, userId: string): RelyingParty[] =>
  listLiveSessions(core.database.read, core.clock.now())
    .filter((session) => session.userId === userId)
    .flatMap((session) => relyingParties(core, session))
