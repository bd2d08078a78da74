import { checkUserActive } from '../../../shared/protocol/checks/password/index.ts'
import { sessionChecks } from '../../../shared/protocol/checks/session/index.ts'
import type { Core } from '../core.ts'
import { randomId } from '../random.ts'
import type { Writer } from '../store/database.ts'
import { findSession, insertSession, type SessionRecord } from '../store/sessions.ts'
import { findUser, type UserRecord } from '../store/users.ts'
import { hashOf } from '../tokens/read.ts'
import { check, type RequestContext } from './context.ts'

const NAME = 'session_id'

/** The value of the session cookie; null when none came. */
export function sessionCookie({ headers }: RequestContext): string | null {
  for (const pair of (headers.get('cookie') ?? '').split(';')) {
    const [name, value] = pair.trim().split('=', 2)
    if (name === NAME && value) return value
  }
  return null
}

/**
 * Who a session cookie speaks for.
 *
 * @throws OAuthError 401 when the session is unknown, over or still pending, 400 "Inactive user"
 */
export function authenticateSession(
  context: RequestContext,
  cookie: string,
  accepts: readonly SessionRecord['state'][] = ['active'],
): { session: SessionRecord; user: UserRecord } {
  const { core, trail } = context
  const session = findSession(core.database.read, hashOf(cookie)) ?? null
  if (session) {
    trail.links.push(`session:${session.hash}`)
    trail.userId = session.userId
  }
  check(context, sessionChecks, { session, now: core.clock.now(), accepts })
  const user = findUser(core.database.read, session!.userId)!
  check(context, [checkUserActive({ error: 'invalid_request' })], { user })
  return { session: session!, user }
}

export interface NewSession {
  /** Whole value of the Set-Cookie header. */
  setCookie: string
  hash: string
  insert(writer: Writer): void
}

/** A session that is not stored yet: `insert` does that inside the caller's transaction. */
export function newSession(
  context: RequestContext,
  { user, state, grantId }: { user: UserRecord; state: SessionRecord['state']; grantId: string | null },
): NewSession {
  const { core } = context
  const value = randomId(core.random, 32)
  const hash = hashOf(value)
  const { sessionLifetime, pendingTokenLifetime } = core.settings()
  const lifetime = state === 'active' ? sessionLifetime : pendingTokenLifetime
  const now = core.clock.now()
  context.trail.links.push(`session:${hash}`)
  return {
    hash,
    setCookie: `${NAME}=${value}; Path=/; Max-Age=${lifetime}; ${attributes(core, context.issuer)}`,
    insert: (writer) =>
      insertSession(writer, {
        hash,
        userId: user.id,
        state,
        grantId,
        createdAt: now,
        expiresAt: now + lifetime * 1000,
        endedAt: null,
      }),
  }
}

export const expiredCookie = ({ core, issuer }: RequestContext): string =>
  `${NAME}=; Path=/; Max-Age=0; ${attributes(core, issuer)}`

/** HttpOnly against scripts, Secure against sniffing, SameSite=Lax against forged requests: topic 10 of the tutorial. */
function attributes(core: Core, issuer: string): string {
  const secure = core.settings().cookieSecure === 'always' || issuer.startsWith('https:')
  return `HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`
}
