import {
  accessChecks,
  checkScopeSufficient,
  checkUserPresent,
  type PresentationFacts,
  presentationChecks,
  tokenChecks,
} from '../../../shared/protocol/checks/bearer/index.ts'
import { checkKeyOfToken, checkSchemeOfToken } from '../../../shared/protocol/checks/dpop/index.ts'
import { checkUserActive } from '../../../shared/protocol/checks/password/index.ts'
import { confirmedKey } from '../../../shared/protocol/confirmation.ts'
import { noteToken } from '../recorder/trail.ts'
import type { TokenRecord } from '../store/tokens.ts'
import { findUser, type UserRecord } from '../store/users.ts'
import { readToken, type TokenReading } from '../tokens/read.ts'
import { isByDpop } from './challenge.ts'
import { check, formParameters, type RequestContext } from './context.ts'
import { takeProofOfToken } from './dpop/proof.ts'
import { issuerUrls } from './issuer-url.ts'
import { noteForeignToken, stillKnown } from './own.ts'

export interface BearerAccess {
  token: TokenRecord
  /** Null for a token a client got for itself. */
  user: UserRecord | null
}

export const hasAuthorization = ({ headers }: RequestContext): boolean => headers.has('authorization')

/** What a route wants of whoever calls. */
export interface Needs {
  /** Kinds of token; a pending one is taken only where the second factor is shown. */
  accepts?: readonly string[]
  /** A token that speaks for a user. */
  user?: boolean
  scope?: string
  /** Whether the token may also come as access_token of a form (RFC 6750 2.2). */
  inForm?: boolean
  /** Whether the route is of the sample API, whose clock may differ from the issuer's. */
  sampleApi?: boolean
}

/**
 * Who a bearer token speaks for (RFC 6750, RFC 9068 4): the tutorial's get_current_user.
 *
 * @throws OAuthError 401 with the challenge, 403 insufficient_scope, or 400 "Inactive user"
 */
export async function authenticateBearer(context: RequestContext, needs: Needs = {}): Promise<BearerAccess> {
  const presentation = presentationOf(context, needs.inForm ?? false)
  check(context, presentationChecks, presentation)
  const token = presentation.token!
  const reading = await readToken(context.core, context.issuerName, token, 'access')
  if (!reading.record) noteForeignToken(context, 'access token', token)
  return admit(context, reading, needs, (record) => checkPossession(context, record, token))
}

/**
 * The same for a token that was read already.
 *
 * @param possess checks that whoever shows it holds the key it is bound to, by throwing
 */
export async function admit(
  context: RequestContext,
  reading: TokenReading,
  { accepts = ['access'], user: wantsUser, scope, sampleApi = false }: Needs,
  possess: (record: TokenRecord) => Promise<void>,
): Promise<BearerAccess> {
  const { core, trail } = context
  const record = stillKnown(context, reading.record)
  if (record) {
    noteToken(trail, record)
    trail.clientId = record.clientId
    trail.userId = record.userId
  }
  const issuers = issuerUrls(context)
  check(context, tokenChecks, {
    signature: reading.signature === 'unknown_key' ? 'invalid' : reading.signature,
    reason: reading.reason,
    header: reading.decoded.header,
    claims: reading.decoded.claims ?? {},
    issuers,
    // The issuer stands for its whole API, and each route for itself (RFC 8707 2).
    audiences: issuers.flatMap((issuer) => [issuer, issuer + context.path]),
    ...(sampleApi ? apiTime(context) : { now: core.clock.now() }),
    record,
  })
  const token = record!
  await possess(token)
  check(context, accessChecks, { kind: token.kind, accepts })
  const user = token.userId === null ? null : (findUser(core.database.read, token.userId) ?? null)
  check(context, [INACTIVE], { user })
  if (wantsUser) check(context, [checkUserPresent], { userId: token.userId, clientId: token.clientId })
  if (scope !== undefined) {
    check(context, [checkScopeSufficient], { requiredScope: scope, granted: token.scopes })
  }
  return { token, user }
}

/** What the sample API takes for the time: an API of one's own rarely has the issuer's clock to the second. */
export function apiTime({ core, settings }: RequestContext): { now: number; clock?: string } {
  const { apiClockSkew: skew } = settings
  const now = core.clock.now() + skew * 1000
  if (skew === 0) return { now }
  return { now, clock: `the API's clock, ${Math.abs(skew)} s ${skew > 0 ? 'ahead' : 'behind'},` }
}

/** Whether whoever shows a token holds the key it is bound to (RFC 9449 7). */
async function checkPossession(
  context: RequestContext,
  { claims }: TokenRecord,
  accessToken: string,
): Promise<void> {
  const scheme = isByDpop(context) ? 'dpop' : 'bearer'
  const bound = confirmedKey(claims)
  check(context, [checkSchemeOfToken], { scheme, bound })
  if (scheme === 'bearer') return
  await takeProofOfToken(context, accessToken)
  check(context, [checkKeyOfToken], { jkt: context.jkt, bound })
}

/** The same where only a user will do. @throws OAuthError also 401 for a token a client got for itself */
export async function authenticateUser(
  context: RequestContext,
  needs: Needs = {},
): Promise<{ token: TokenRecord; user: UserRecord }> {
  const { token, user } = await authenticateBearer(context, { ...needs, user: true })
  return { token, user: user! }
}

const INACTIVE = checkUserActive({
  error: 'invalid_request',
  challenge: 'Bearer error="invalid_request", error_description="Inactive user"',
})

function presentationOf(context: RequestContext, inForm: boolean): PresentationFacts {
  const { headers, url } = context
  const header = headers.get('authorization')
  const [, scheme = null, token = null] = /^(\S+)\s+(\S.*)$/.exec(header ?? '') ?? [null, header]
  const shown = /^(bearer|dpop)$/i.test(scheme ?? '') ? token : null
  const posted = inForm ? formToken(context) : null
  const places = [
    shown !== null && 'header',
    posted !== null && 'body',
    url.searchParams.has('access_token') && 'query',
  ]
  return { places: places.filter((place) => place !== false), scheme, token: shown ?? posted }
}

function formToken(context: RequestContext): string | null {
  const form = context.headers
    .get('content-type')
    ?.toLowerCase()
    .startsWith('application/x-www-form-urlencoded')
  if (context.method !== 'POST' || !form) return null
  return formParameters(context).get('access_token') ?? null
}
