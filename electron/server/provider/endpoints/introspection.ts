import {
  checkCallerAuthenticated,
  checkCallerIsAudience,
  checkTokenParameter,
  mayBeTold,
} from '../../../../shared/protocol/checks/introspection/index.ts'
import { confirmedKey } from '../../../../shared/protocol/confirmation.ts'
import type { JsonObject } from '../../../../shared/protocol/jwt.ts'
import { iso } from '../../../../shared/protocol/time.ts'
import type { Core } from '../../core.ts'
import { noteToken } from '../../recorder/trail.ts'
import type { ClientRecord } from '../../store/clients.ts'
import { type TokenRecord, tokenState } from '../../store/tokens.ts'
import { findUser } from '../../store/users.ts'
import { encrypterFor } from '../../tokens/encrypt-for.ts'
import { readOurToken } from '../../tokens/read.ts'
import { signJwt } from '../../tokens/sign.ts'
import { authenticateClient } from '../client-auth/authenticate.ts'
import { check, formParameters, type RequestContext } from '../context.ts'
import type { Endpoint } from '../endpoint.ts'
import { noteForeignToken, stillKnown } from '../own.ts'
import { NO_STORE, type Reply, text, tokenReply } from '../reply.ts'

/** RFC 7662: what the ledger says now. The type hint is only a hint, and not needed: a token names its key. */
export const introspectionEndpoint: Endpoint = {
  name: 'introspection',
  path: '/introspect',
  methods: ['POST'],
  cors: false,
  async handle(context) {
    const parameters = formParameters(context)
    const { client, method } = await authenticateClient(context, parameters)
    check(context, [checkCallerAuthenticated], { clientId: client.id, method })
    const token = parameters.get('token')
    check(context, [checkTokenParameter], { token })
    const { record } = await readOurToken(context.core, context.issuerName, token!)
    if (record) noteToken(context.trail, record)
    else noteForeignToken(context, 'token', token!)
    const answer = introspect(context.core, toldTo(context, client, stillKnown(context, record)))
    return acceptsJwt(context) ? signed(context, client, answer) : tokenReply(answer)
  },
}

/** A token this caller may be told of; one that names no API it is may be told of any. */
function toldTo(
  context: RequestContext,
  { id, introspects }: ClientRecord,
  record: TokenRecord | null,
): TokenRecord | null {
  if (record === null || introspects.length === 0) return record
  const audiences = [record.claims.aud].flat().filter((audience) => typeof audience === 'string')
  const facts = { clientId: id, introspects, tokenClientId: record.clientId, audiences }
  check(context, [checkCallerIsAudience], facts)
  return mayBeTold(facts) ? record : null
}

const JWT = 'application/token-introspection+jwt'

/** RFC 9701 4: whether the caller wants the answer as a JWT; a weight of 0 says not (RFC 9110 12.4.2). */
const acceptsJwt = ({ headers }: RequestContext): boolean =>
  (headers.get('accept') ?? '')
    .split(',')
    .map((range) =>
      range
        .toLowerCase()
        .split(';')
        .map((part) => part.trim()),
    )
    .some(([type, ...parameters]) => type === JWT && !parameters.some((part) => /^q=0(\.0*)?$/.test(part)))

/** RFC 9701 5: signed, and then encrypted for a caller that wants it so. */
async function signed(
  { core, issuer, issuerName, trail }: RequestContext,
  client: ClientRecord,
  answer: JsonObject,
): Promise<Reply> {
  const encrypted = await encrypterFor(core, client, 'introspection', trail)
  const signer = await core.keys.responseSigner(issuerName, client.introspectionSignedResponseAlg)
  const jwt = await signJwt(signer, 'token-introspection+jwt', {
    iss: issuer,
    aud: client.id,
    iat: Math.floor(core.clock.now() / 1000),
    token_introspection: answer,
  })
  return text(200, JWT, await encrypted(jwt, 'JWT'), NO_STORE)
}

/** RFC 7662 2.2. @param record null for a token that is none of this issuer's */
export const introspect = (core: Core, record: TokenRecord | null): JsonObject =>
  record && whyInactive(core, record) === null ? described(record) : { active: false }

/** Why a genuine token is none that an API may accept now; null when it is one. */
export function whyInactive(core: Core, record: TokenRecord): string | null {
  if (record.kind === 'pending') return 'it waits for the second factor, and is none an API may accept'
  const user = record.userId === null ? null : findUser(core.database.read, record.userId)
  if (user?.active === false) return `its user ${user.username} is inactive`
  switch (tokenState(record, core.clock.now())) {
    case 'active':
      return null
    case 'expired':
      return `it ended ${iso(record.expiresAt)}`
    case 'consumed':
      return `it was used up ${iso(record.consumedAt!)}`
    case 'revoked':
      return `it is on the deny list since ${iso(record.revokedAt!)}: ${record.revokedReason}`
  }
}

/** Of an opaque token all claims, since nobody else can tell them. */
const described = ({ claims, header, ...record }: TokenRecord) => ({
  ...(header.alg === undefined ? claims : {}),
  active: true,
  scope: record.scopes.join(' '),
  client_id: record.clientId,
  ...(record.username === null ? {} : { username: record.username }),
  ...(record.kind === 'access' ? { token_type: confirmedKey(claims) === null ? 'Bearer' : 'DPoP' } : {}),
  exp: Math.floor(record.expiresAt / 1000),
  iat: claims.iat,
  sub: claims.sub,
  aud: claims.aud,
  iss: claims.iss,
  jti: record.jti,
  // RFC 9449 6.2
  ...('cnf' in claims ? { cnf: claims.cnf } : {}),
  // RFC 9396 9.2
  ...('authorization_details' in claims ? { authorization_details: claims.authorization_details } : {}),
  // RFC 8693 4.1, 4.4
  ...('act' in claims ? { act: claims.act } : {}),
  ...('may_act' in claims ? { may_act: claims.may_act } : {}),
})
