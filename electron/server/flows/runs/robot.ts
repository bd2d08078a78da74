import type { FlowHop, FlowRequest } from '../../../../shared/contract/operations/flows.ts'
import { headerOf } from '../../../../shared/flow/client/context.ts'
import type { Pair, RedirectAnswer } from '../../../../shared/flow/client/types.ts'
import type { Core } from '../../core.ts'
import { sessionCookieName } from '../../provider/session-cookie.ts'
import { randomId } from '../../random.ts'
import { currentCode } from '../../second-factor/totp.ts'
import { findSession, insertSession, type SessionRecord } from '../../store/sessions.ts'
import { findUser, type UserRecord } from '../../store/users.ts'
import { hashOf } from '../../tokens/read.ts'
import { continueLink, formsOf, messageOf, type PageForm } from './forms.ts'
import type { RunRecord } from './record.ts'
import { type Sending, sendHop } from './send.ts'
import { issuerUrlOf } from './target.ts'

// Logs in as a user of the built-in issuer without knowing their password, which nobody does: the session is made here, as
// after a login by password (and second factor), and the rest of the way is real HTTP. Threat: none that the workbench has not
// anyway, since it makes tokens for every user; no page and no client can ask for it.

/** Enough for every way through our pages, and an end for a loop. */
const MOST_HOPS = 12

export interface Walk {
  hops: FlowHop[]
  /** What the browser would have come back with; null when it never did. */
  redirect: RedirectAnswer | null
  /** Why the walk ended elsewhere; null when it ended where it should. */
  problem: string | null
}

/**
 * Walks from a login request to its redirect.
 *
 * @param redirectUri where it ends; null for the login to a device code, which ends on a page
 */
export async function walk(
  core: Core,
  run: RunRecord,
  { request, redirectUri, sending }: { request: FlowRequest; redirectUri: string | null; sending: Sending },
): Promise<Walk> {
  const hops: FlowHop[] = []
  const user = startSession(core, run)
  if (typeof user === 'string') return { hops, redirect: null, problem: user }
  let next: FlowRequest = request
  while (hops.length < MOST_HOPS) {
    const hop = await sendHop(core, run, next, sending)
    hops.push(hop)
    const move = nextMove(core, { hop, user, redirectUri })
    if (!('url' in move)) return { hops, ...move }
    next = move
  }
  return { hops, redirect: null, problem: `The issuer led round in circles for ${MOST_HOPS} pages.` }
}

/** Puts a session of the chosen user into the jar. Returns the user, or why there is none to log in. */
function startSession(core: Core, run: RunRecord): UserRecord | string {
  const { issuer } = run.profile
  const url = issuerUrlOf(core, run.profile)
  if (issuer.kind !== 'built-in' || url === null) return 'The robot logs in at the built-in issuer only.'
  if (run.login.userId === null) return 'Choose the user the robot logs in as.'
  const user = findUser(core.database.read, run.login.userId)
  if (!user) return `There is no user "${run.login.userId}".`
  const { hostname, pathname, protocol } = new URL(url)
  const name = sessionCookieName({ issuerName: issuer.name })
  const isSession = (cookie: { name: string; host: string }) =>
    cookie.name === name && cookie.host === hostname
  const before = run.cookies.find(isSession)
  if (before && isLive(core, findSession(core.database.read, hashOf(before.value)), user)) return user
  const value = randomId(core.random, 32)
  const session = sessionOf(core, { value, issuerName: issuer.name, user })
  core.database.write((writer) => insertSession(writer, session))
  core.events.publish({ type: 'changed', noun: 'sessions' })
  const cookie = {
    host: hostname,
    path: pathname,
    name,
    value,
    secure: protocol === 'https:',
    expiresAt: null,
  }
  run.cookies = [...run.cookies.filter((other) => !isSession(other)), cookie]
  return user
}

const isLive = (core: Core, session: SessionRecord | undefined, user: UserRecord): boolean =>
  session?.userId === user.id &&
  session.state === 'active' &&
  session.endedAt === null &&
  session.expiresAt > core.clock.now()

function sessionOf(
  core: Core,
  { value, issuerName, user }: { value: string; issuerName: string; user: UserRecord },
): SessionRecord {
  const now = core.clock.now()
  return {
    hash: hashOf(value),
    issuer: issuerName,
    userId: user.id,
    sid: randomId(core.random),
    authTime: now,
    amr: user.totpState === 'on' ? ['pwd', 'otp'] : ['pwd'],
    state: 'active',
    grantId: null,
    createdAt: now,
    expiresAt: now + core.settingsOf(issuerName).sessionLifetime * 1000,
    endedAt: null,
  }
}

type End = Omit<Walk, 'hops'>

/** What a browser with its user would do next. */
function nextMove(
  core: Core,
  { hop, user, redirectUri }: { hop: FlowHop; user: UserRecord; redirectUri: string | null },
): FlowRequest | End {
  const { response, request } = hop
  if (response === null) return ended(hop.problem ?? 'No answer came.')
  const location = headerOf(response.headers, 'location') ?? continueLink(response.body)
  if (location !== null && URL.canParse(location, request.url)) {
    return goTo(new URL(location, request.url).href, redirectUri)
  }
  const forms = formsOf(response.body)
  if (redirectUri === null && response.status === 200 && forms.length === 0) {
    return { redirect: { address: request.url, parameters: [] }, problem: null }
  }
  const filled = forms.map((form) => fill(core, form, user)).find((one) => one !== null)
  if (!filled) return ended(stuck(response.body, forms, user))
  const action = new URL(filled.action, request.url).href
  if (redirectUri !== null && sameAddress(action, redirectUri)) {
    return { redirect: { address: action, parameters: filled.pairs }, problem: null }
  }
  const body = new URLSearchParams(
    filled.pairs.map(([name, value]): [string, string] => [name, value]),
  ).toString()
  const headers: [string, string][] = [['content-type', 'application/x-www-form-urlencoded']]
  return { method: 'POST', url: action, headers, body }
}

const ended = (problem: string): End => ({ redirect: null, problem })

function goTo(url: string, redirectUri: string | null): FlowRequest | End {
  if (redirectUri === null || !sameAddress(url, redirectUri))
    return { method: 'GET', url, headers: [], body: '' }
  return { redirect: toRedirect(url), problem: null }
}

/** Whether a browser at `url` has come to the redirect URI, whatever it carries. */
export const sameAddress = (url: string, redirectUri: string): boolean =>
  addressOf(url) === addressOf(redirectUri)

/** As browsers write it, who add the slash of an empty path. */
const addressOf = (url: string): string => (URL.canParse(url) ? new URL(url).href : url).split(/[?#]/, 1)[0]!

/** A URL a browser was redirected to. What came in the fragment counts like the query: both are the answer. */
export function toRedirect(url: string): RedirectAnswer {
  const [beforeFragment = '', fragment = ''] = url.split('#', 2)
  const [address = '', query = ''] = beforeFragment.split('?', 2)
  return { address, parameters: [...new URLSearchParams(query), ...new URLSearchParams(fragment)] }
}

/** A form as the user would send it; null for one they would not, or cannot. */
function fill(core: Core, form: PageForm, user: UserRecord): { action: string; pairs: Pair[] } | null {
  const names = form.fields.map(({ name }) => name)
  if (names.includes('password')) return null
  const decision = ['allow', 'continue'].find((value) =>
    form.buttons.some((button) => button.name === 'decision' && button.value === value),
  )
  const pairs = form.fields.map(
    ({ name, value }): Pair => [name, name === 'code' ? codeOf(core, user, value) : value],
  )
  return { action: form.action, pairs: decision === undefined ? pairs : [...pairs, ['decision', decision]] }
}

/** The one in the field where the field is hidden: then it is an authorization code on its way to the app. */
const codeOf = ({ clock }: Core, { totpSecret }: UserRecord, filledIn: string): string =>
  filledIn !== '' || totpSecret === null ? filledIn : currentCode(totpSecret, clock.now())

function stuck(page: string, forms: readonly PageForm[], { username, active }: UserRecord): string {
  const asksPassword = forms.some(({ fields }) => fields.some(({ name }) => name === 'password'))
  if (!asksPassword) return `The issuer answers with a page: ${messageOf(page)}`
  const why = active ? 'as prompt=login or max_age ask for' : 'since the user is inactive'
  return `The issuer wants the password of ${username} again, ${why}. The robot does not know it: log in by browser.`
}
