import type {
  AuthorizationRequest,
  DeviceRequest,
} from '../../../../shared/protocol/authorization-request.ts'
import { interactionChecks } from '../../../../shared/protocol/checks/interaction/index.ts'
import { randomId } from '../../random.ts'
import { findInteraction, type InteractionRecord, insertInteraction } from '../../store/interactions.ts'
import { hashOf } from '../../tokens/read.ts'
import { check, type RequestContext } from '../context.ts'
import { own } from '../own.ts'
import type { Reply } from '../reply.ts'
import { cookieAttributes, cookiePath, readCookie } from '../session-cookie.ts'
import { seeOther } from './answer.ts'
import type { Current } from './next-step.ts'

// Threat: a page of another site that answers a login in the user's name (it knows no interaction id), and a person who has
// somebody else finish the login they began themselves (that browser has not the cookie).

const BROWSER_COOKIE = 'browser_id'

/** Long enough to look things up half way; nobody needs a login from yesterday. */
const INTERACTION_LIFETIME_MS = 3_600_000

/** Asks the user: leads the browser to the pages of the login. */
export function askUser(
  context: RequestContext,
  request: AuthorizationRequest | DeviceRequest,
  { step, current }: { step: InteractionRecord['step']; current: Current | null },
): Reply {
  const { core, trail } = context
  const id = randomId(core.random, 32)
  const browser = readCookie(context, BROWSER_COOKIE) ?? randomId(core.random, 32)
  const now = core.clock.now()
  const interaction: InteractionRecord = {
    hash: hashOf(id),
    browserHash: hashOf(browser),
    issuer: context.issuerName,
    clientId: request.clientId,
    step,
    userId: step === 'login' ? null : current!.user.id,
    sessionHash: step === 'consent' ? current!.session.hash : null,
    request,
    createdAt: now,
    expiresAt: now + INTERACTION_LIFETIME_MS,
    endedAt: null,
  }
  core.database.write((writer) => insertInteraction(writer, interaction))
  trail.links.push(`interaction:${interaction.hash}`)
  const lifetime = INTERACTION_LIFETIME_MS / 1000
  const setCookie = `${BROWSER_COOKIE}=${browser}; Path=${cookiePath(context)}; Max-Age=${lifetime}; ${cookieAttributes(context)}`
  return seeOther(interactionUrl(id), [['set-cookie', setCookie]])
}

/** Relative, so that it is right under every name and path the issuer has. */
export const interactionUrl = (id: string): string => `interaction?id=${encodeURIComponent(id)}`

/** @throws OAuthError to be shown to the user */
export function openInteraction(context: RequestContext, id: string | undefined): InteractionRecord {
  const { core, trail } = context
  const interaction = own(context, 'login', findInteraction(core.database.read, hashOf(id ?? '')))
  if (interaction) {
    trail.links.push(`interaction:${interaction.hash}`)
    trail.clientId = interaction.clientId
    trail.userId = interaction.userId
  }
  const browser = readCookie(context, BROWSER_COOKIE)
  check(context, interactionChecks, {
    interaction,
    sameBrowser: browser !== null && hashOf(browser) === interaction?.browserHash,
    now: core.clock.now(),
  })
  return interaction!
}
