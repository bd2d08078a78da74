import type { EffectPlace, TokenEffect, TokenEffects } from '../../../../shared/contract/operations/tokens.ts'
import { checkUserActive } from '../../../../shared/protocol/checks/password/index.ts'
import { checkClientMayUseGrant } from '../../../../shared/protocol/checks/token/index.ts'
import { confirmedKey } from '../../../../shared/protocol/confirmation.ts'
import { OAuthError } from '../../../../shared/protocol/errors.ts'
import type { Core } from '../../core.ts'
import { findClient } from '../../store/clients.ts'
import { findGrant } from '../../store/grants.ts'
import type { TokenRecord } from '../../store/tokens.ts'
import { findUser, type UserRecord } from '../../store/users.ts'
import { readOurStored, readStored } from '../../tokens/read.ts'
import { userinfoClaims } from '../../tokens/userinfo-claims.ts'
import { admit, type BearerAccess, type Needs } from '../bearer.ts'
import { check, followLevelsOf, type RequestContext } from '../context.ts'
import { introspect, whyInactive } from '../endpoints/introspection.ts'
import { itemsNeeds } from '../endpoints/items.ts'
import { meNeeds } from '../endpoints/me.ts'
import { verifyNeeds } from '../endpoints/second-factor-verify.ts'
import { userinfoNeeds } from '../endpoints/userinfo.ts'
import { judgeRefresh, revokesFamily, rotationOf } from '../refresh.ts'
import { imaginedRequest } from './imagined-request.ts'
import { judgeOffline } from './offline-api.ts'

/**
 * What a token would be answered wherever it may be shown now. The endpoints' own checks say so; whoever shows it is taken to
 * be its owner, who can prove that. Nothing changes by asking.
 */
export async function effectsOf(core: Core, token: TokenRecord): Promise<TokenEffects> {
  const bearer = (
    place: EffectPlace,
    request: string,
    needs: Needs,
    answer: (access: BearerAccess) => string,
  ) =>
    judged(core, token, { place, request }, async (context) => {
      const reading = await readStored(core, token, 'access')
      return answer(await admit(context, reading, needs, async () => {}))
    })
  return {
    apiClockSkew: core.settingsOf(token.issuer).apiClockSkew,
    changesAt: nextChange(core, token),
    effects: [
      ...(token.kind === 'refresh' ? [await refreshEffect(core, token)] : []),
      ...(token.kind === 'pending'
        ? [
            await bearer(
              'second_factor',
              'POST /2fa/verify',
              verifyNeeds,
              () => '200 with full tokens, for a right code',
            ),
          ]
        : []),
      await introspectionEffect(core, token),
      await bearer('userinfo', 'GET /userinfo', userinfoNeeds, (access) => userinfoAnswer(core, access)),
      await bearer('api_online', 'GET /me', meNeeds, () => '200 with the profile'),
      await bearer('api_online', 'GET /items', itemsNeeds.GET, () => '200 with the items'),
      await bearer('api_online', 'POST /items', itemsNeeds.POST, () => '201 with the new item'),
      await judged(core, token, { place: 'api_offline', request: 'any route' }, (context) =>
        judgeOffline(context, token),
      ),
    ],
  }
}

/** Carries out the checks of one request, and says what came of it: what they let pass, or the refusal on the wire. */
async function judged(
  core: Core,
  token: TokenRecord,
  { place, request }: Pick<TokenEffect, 'place' | 'request'>,
  judge: (context: RequestContext) => Promise<string> | string,
): Promise<TokenEffect> {
  const [method, path] = request.includes('/') ? request.split(' ') : ['GET', '']
  const context = imaginedRequest(core, token, method!, path!)
  try {
    const answer = await judge(context)
    const reason = lifeOf(context, token, place)
    return {
      place,
      request,
      accepted: true,
      status: Number.parseInt(answer, 10),
      answer,
      reason,
      check: null,
      spec: null,
    }
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error
    const { description, status = 400, observed } = error.refusal
    return {
      place,
      request,
      accepted: false,
      status,
      answer: `${status} "${description}"`,
      reason: observed ?? description,
      check: error.check,
      spec: context.trail.verdicts.find(({ check }) => check === error.check)?.spec ?? null,
    }
  }
}

/** What the last check on the token's life saw. */
function lifeOf({ trail }: RequestContext, token: TokenRecord, place: EffectPlace): string {
  const life = trail.verdicts.findLast(({ check }) => check.endsWith('token-not-expired'))?.observed
  const bound =
    confirmedKey(token.claims) === null || place === 'api_offline'
      ? ''
      : ', shown with a proof of its DPoP key'
  return `${life ?? 'the checks pass'}${bound}`
}

async function introspectionEffect(core: Core, token: TokenRecord): Promise<TokenEffect> {
  const { record, reason } = await readOurStored(core, token)
  const { active } = introspect(core, record)
  const why = record ? whyInactive(core, record) : reason
  return {
    place: 'introspection',
    request: 'POST /introspect',
    accepted: active === true,
    status: 200,
    answer: `200 {"active":${active}}`,
    reason: why ?? 'the ledger has it as active',
    check: null,
    spec: 'RFC 7662 2.2',
  }
}

function userinfoAnswer(core: Core, { token, user }: BearerAccess): string {
  const { read } = core.database
  const { claims } = userinfoClaims(core, {
    issuerName: token.issuer,
    client: findClient(read, token.clientId)!,
    user: user as UserRecord,
    sub: String(token.claims.sub),
    scopes: token.scopes,
    requested: findGrant(read, token.grantId)?.claims ?? null,
  })
  return `200 with ${claims.map(({ name }) => name).join(', ')}`
}

function refreshEffect(core: Core, token: TokenRecord): Promise<TokenEffect> {
  return judged(core, token, { place: 'refresh', request: 'POST /token' }, async (context) => {
    const { read } = core.database
    const client = findClient(read, token.clientId)!
    followLevelsOf(context, client)
    check(context, [checkClientMayUseGrant], {
      grantType: 'refresh_token',
      clientId: client.id,
      registered: client.grantTypes,
    })
    const reading = await readStored(core, token, 'refresh')
    const attempt = {
      token: token.jti,
      reading,
      requested: null,
      clientId: client.id,
      record: reading.record,
    }
    const costsFamily = reading.record !== null && revokesFamily(context, token)
    try {
      judgeRefresh(context, attempt)
    } catch (error) {
      throw error instanceof OAuthError && costsFamily ? withLoss(error) : error
    }
    const user = token.userId === null ? null : (findUser(read, token.userId) ?? null)
    check(context, [checkUserActive({ error: 'invalid_grant' })], { user })
    return refreshAnswer(rotationOf(context, client).policy, token)
  })
}

const withLoss = ({ refusal, check }: OAuthError): OAuthError =>
  new OAuthError(
    { ...refusal, observed: `${refusal.observed}; one more use revokes the whole family` },
    check,
  )

function refreshAnswer(policy: 'strict' | 'grace' | 'none', { scopes, consumedAt }: TokenRecord): string {
  const tokens = `200 with new tokens for ${scopes.length > 0 ? scopes.join(' ') : 'no scope'}`
  if (policy === 'none') return `${tokens}; this refresh token stays`
  return consumedAt === null ? `${tokens}; this one is then used up` : `${tokens}, within the grace period`
}

/** The first moment at which an answer changes without anybody doing anything. */
function nextChange(core: Core, token: TokenRecord): number | null {
  const now = core.clock.now()
  const { apiClockSkew, refreshGracePeriod } = core.settingsOf(token.issuer)
  const exp = Number(token.claims.exp) * 1000
  const skew = apiClockSkew * 1000
  const grace = token.consumedAt === null ? [] : [token.consumedAt + refreshGracePeriod * 1000]
  const ahead = [token.expiresAt, token.expiresAt - skew, exp - skew, ...grace].filter((at) => at > now)
  return ahead.length > 0 ? Math.min(...ahead) : null
}
