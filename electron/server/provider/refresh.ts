import { checkKeyOfRefreshToken } from '../../../shared/protocol/checks/dpop/index.ts'
import { checkUserActive } from '../../../shared/protocol/checks/password/index.ts'
import { type RefreshFacts, refreshChecks } from '../../../shared/protocol/checks/refresh/index.ts'
import { confirmedKey } from '../../../shared/protocol/confirmation.ts'
import type { Parameters } from '../../../shared/protocol/form.ts'
import { isSpent, type RotationRule } from '../../../shared/protocol/refresh-rotation.ts'
import { parseScope } from '../../../shared/protocol/scope.ts'
import { noteIssued, noteToken } from '../recorder/trail.ts'
import { type ClientRecord, findClient } from '../store/clients.ts'
import type { Writer } from '../store/database.ts'
import { findGrant } from '../store/grants.ts'
import { consumeToken, noteReuse, revokeFamily } from '../store/token-changes.ts'
import { findToken, listFamily, type TokenRecord } from '../store/tokens.ts'
import { findUser } from '../store/users.ts'
import type { Authentication } from '../tokens/authentication.ts'
import { issueTokens, type TokenResponse } from '../tokens/issue.ts'
import { Overtaken } from '../tokens/issue-request.ts'
import { readToken, type TokenReading } from '../tokens/read.ts'
import { check, type RequestContext } from './context.ts'
import { noteForeignToken, stillKnown } from './own.ts'
import { narrowedAccess } from './requested-access.ts'

/**
 * Trades a refresh token for a new access token (RFC 6749 6) and, unless its client's tokens do not rotate, a new refresh
 * token. The old one is used up; its second use revokes the whole family (RFC 9700 4.14.2), but within a grace period
 * gives one more pair of that family.
 *
 * @param client null where the route authenticates none
 * @throws OAuthError invalid_grant, invalid_scope or invalid_request
 */
export async function refresh(
  context: RequestContext,
  client: ClientRecord | null,
  parameters: Parameters,
): Promise<TokenResponse> {
  const { core, issuer, issuerName, trail } = context
  const token = parameters.get('refresh_token')
  const reading = token === undefined ? null : await readToken(core, issuerName, token, 'refresh')
  if (reading?.record === null) noteForeignToken(context, 'refresh token', token!)
  const requested = parseScope(parameters.get('scope'))
  const examine = (record: TokenRecord | null) =>
    examineRefreshToken(context, { token, reading, requested, clientId: client?.id ?? null, record })
  const record = examine(stillKnown(context, reading?.record ?? null))
  check(context, [checkKeyOfRefreshToken], { jkt: context.jkt, bound: confirmedKey(record.claims) })

  const user = record.userId === null ? null : (findUser(core.database.read, record.userId) ?? null)
  check(context, [checkUserActive({ error: 'invalid_grant' })], { user })
  const owner = client ?? findClient(core.database.read, record.clientId)!
  const rotation = rotationOf(context, owner)
  const grant = findGrant(core.database.read, record.grantId)!
  const issued = await issueTokens(core, {
    issuer,
    issuerName,
    trail,
    client: owner,
    user,
    scopes: requested?.length ? requested : record.scopes,
    refreshScopes: record.scopes,
    grant,
    ...narrowedAccess(context, owner, parameters, grant),
    jkt: context.jkt,
    parentJti: record.jti,
    ...authenticationOf(record),
    refreshable: rotation.policy !== 'none',
    inTransaction: (writer) => {
      // Of two refreshes at once one comes second: it learns here what it would have learnt a moment later.
      if (!useToken(writer, record.jti, rotation, core.clock.now())) throw new Overtaken()
    },
  }).catch((error: unknown) => {
    if (!(error instanceof Overtaken)) throw error
    examine(findToken(core.database.read, record.jti) ?? null)
    throw error
  })
  noteIssued(trail, issued)
  return issued.response
}

export const rotationOf = (
  { settings }: Pick<RequestContext, 'settings'>,
  client: ClientRecord | undefined,
): RotationRule => ({
  policy: client?.refreshRotation ?? settings.refreshRotation,
  gracePeriod: settings.refreshGracePeriod,
})

/** Uses a refresh token up, where it rotates. False when it was revoked or spent meanwhile. */
function useToken(writer: Writer, jti: string, rotation: RotationRule, now: number): boolean {
  if (rotation.policy !== 'none' && consumeToken(writer, jti, now)) return true
  const token = findToken(writer, jti)
  const works = token !== undefined && token.revokedAt === null && !isSpent(token.consumedAt, rotation, now)
  if (works) noteReuse(writer, jti, now)
  return works
}

/** The refresh token that the first use of another gave. */
const successorOf = ({ core }: RequestContext, { jti, grantId }: TokenRecord): string | null =>
  listFamily(core.database.read, grantId).find(
    ({ kind, parentJti }) => kind === 'refresh' && parentJti === jti,
  )?.jti ?? null

/** As a token's claims remember it. */
export function authenticationOf({ claims }: TokenRecord): { authentication?: Authentication } {
  const { auth_time, amr } = claims as Partial<Authentication>
  return auth_time === undefined || amr === undefined ? {} : { authentication: { auth_time, amr } }
}

function examineRefreshToken(
  context: RequestContext,
  { token, reading, requested, clientId, record }: RefreshAttempt,
): TokenRecord {
  const { core, trail } = context
  if (record) {
    noteToken(trail, record)
    trail.clientId = record.clientId
    trail.userId = record.userId
  }
  const foreign = clientId !== null && record?.clientId !== clientId
  if (record && !foreign && revokesFamily(context, record)) {
    const now = core.clock.now()
    core.database.write((writer) => {
      noteReuse(writer, record.jti, now)
      revokeFamily(writer, record.grantId, REUSED, now)
    })
    core.events.publish({ type: 'changed', noun: 'tokens' })
  }
  judgeRefresh(context, {
    token,
    reading,
    requested: requested?.length ? requested : null,
    clientId,
    record,
  })
  return record!
}

const REUSED = { by: 'issuer', reason: 'refresh token reused' } as const

/** What is known of a refresh, before its client's rules are looked up. */
interface RefreshAttempt extends Pick<RefreshFacts, 'token' | 'requested' | 'clientId'> {
  reading: TokenReading | null
  record: TokenRecord | null
}

/** Whether one more use of the token looks like theft, and costs its whole family. */
export function revokesFamily(context: RequestContext, record: TokenRecord): boolean {
  const { core } = context
  const rotation = rotationOf(context, findClient(core.database.read, record.clientId))
  return record.revokedAt === null && isSpent(record.consumedAt, rotation, core.clock.now())
}

/** Runs the checks of a refresh. It changes nothing. @throws OAuthError of the first that refuses */
export function judgeRefresh(context: RequestContext, attempt: RefreshAttempt): void {
  const { core } = context
  const { reading, record } = attempt
  const owner = record === null ? undefined : findClient(core.database.read, record.clientId)
  check(context, refreshChecks, {
    ...attempt,
    signature: reading === null ? 'absent' : reading.signature === 'valid' ? 'valid' : 'invalid',
    reason: reading?.reason ?? 'no token',
    now: core.clock.now(),
    rotation: rotationOf(context, owner),
    successor: record === null || record.consumedAt === null ? null : successorOf(context, record),
    isPublic: owner?.authMethods.includes('none') ?? false,
    isBound: record !== null && confirmedKey(record.claims) !== null,
  })
}
