import { DEFAULT_ISSUER } from '../../../shared/contract/values.ts'
import { checkUserActive } from '../../../shared/protocol/checks/password/index.ts'
import { sessionChecks } from '../../../shared/protocol/checks/session/index.ts'
import { randomId } from '../random.ts'
import type { Writer } from '../store/database.ts'
import { endSession, findSession, insertSession, type SessionRecord } from '../store/sessions.ts'
import { findUser, type UserRecord } from '../store/users.ts'
import { hashOf } from '../tokens/read.ts'
import { check, type RequestContext } from './context.ts'
import { knows, own, stillKnown } from './own.ts'

/** Each issuer has its own, so that logins at two of them stand side by side in one browser. */
export const sessionCookieName = ({ issuerName }: Pick<RequestContext, 'issuerName'>): string =>
  issuerName === DEFAULT_ISSUER ? 'session_id' : `session_id_${issuerName}`

/** Path attribute: nothing outside the issuer's own URL gets its cookies. */
export const cookiePath = ({ issuer }: Pick<RequestContext, 'issuer'>): string => new URL(issuer).pathname

/** The value of the session cookie; null when none came. */
export const sessionCookie = (context: RequestContext): string | null =>
  readCookie(context, sessionCookieName(context))

/** The value of a cookie; null when none came. */
export function readCookie({ headers }: RequestContext, wanted: string): string | null {
  for (const pair of (headers.get('cookie') ?? '').split(';')) {
    const [name, value] = pair.trim().split('=', 2)
    if (name === wanted && value) return value
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
  const found = own(context, 'session', findSession(core.database.read, hashOf(cookie)))
  const session = stillKnown(context, found)
  if (session) {
    trail.links.push(`session:${session.hash}`)
    trail.userId = session.userId
  }
  check(context, sessionChecks, { session, now: core.clock.now(), accepts })
  const user = findUser(core.database.read, session!.userId)!
  check(context, [checkUserActive({ error: 'invalid_request' })], { user })
  return { session: session!, user }
}

/** The live, complete session of the browser that asks, for single sign-on. Null when there is none, which is no error. */
export function currentSession(context: RequestContext): { session: SessionRecord; user: UserRecord } | null {
  const { read } = context.core.database
  const cookie = sessionCookie(context)
  const session = cookie === null ? undefined : findSession(read, hashOf(cookie))
  if (session?.issuer !== context.issuerName) return null
  if (session.state !== 'active' || session.endedAt !== null) return null
  if (session.expiresAt <= context.core.clock.now()) return null
  const user = findUser(read, session.userId)
  return user?.active && knows(context, user) ? { session, user } : null
}

export interface NewSession {
  record: SessionRecord
  /** Whole value of the Set-Cookie header. */
  setCookie: string
  insert(writer: Writer): void
}

/** A session that is not stored yet: `insert` does that inside the caller's transaction. */
export function newSession(
  context: RequestContext,
  { user, state, grantId, amr }: Pick<SessionRecord, 'state' | 'grantId' | 'amr'> & { user: UserRecord },
): NewSession {
  const { core, settings, issuerName } = context
  const value = randomId(core.random, 32)
  const hash = hashOf(value)
  const { sessionLifetime, pendingTokenLifetime } = settings
  const lifetime = state === 'active' ? sessionLifetime : pendingTokenLifetime
  const now = core.clock.now()
  context.trail.links.push(`session:${hash}`)
  const record: SessionRecord = {
    hash,
    issuer: issuerName,
    userId: user.id,
    sid: randomId(core.random),
    authTime: now,
    amr,
    state,
    grantId,
    createdAt: now,
    expiresAt: now + lifetime * 1000,
    endedAt: null,
  }
  return {
    record,
    setCookie: `${sessionCookieName(context)}=${value}; Path=${cookiePath(context)}; Max-Age=${lifetime}; ${cookieAttributes(context)}`,
    insert(writer) {
      insertSession(writer, record)
      core.events.publish({ type: 'changed', noun: 'sessions' })
    },
  }
}

/** Logs a user in in this browser, in place of whoever was. */
export function startSession(
  context: RequestContext,
  user: UserRecord,
  amr: string[],
): { session: SessionRecord; user: UserRecord; setCookie: string } {
  const { core } = context
  const before = sessionCookie(context)
  const { record, setCookie, insert } = newSession(context, { user, state: 'active', grantId: null, amr })
  core.database.write((writer) => {
    if (before !== null) endSession(writer, hashOf(before), core.clock.now())
    insert(writer)
  })
  return { session: record, user, setCookie }
}

export const expiredCookie = (context: RequestContext): string =>
  `${sessionCookieName(context)}=; Path=${cookiePath(context)}; Max-Age=0; ${cookieAttributes(context)}`

/** HttpOnly against scripts, Secure against sniffing, SameSite=Lax against forged requests: topic 10 of the tutorial. */
export function cookieAttributes({ settings, issuer }: RequestContext): string {
  const secure = settings.cookieSecure === 'always' || issuer.startsWith('https:')
  return `HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`
}
