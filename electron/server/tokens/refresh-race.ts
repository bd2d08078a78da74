import { ContractError } from '../../../shared/contract/envelope.ts'
import type { RaceRun, RefreshRace } from '../../../shared/contract/operations/tokens.ts'
import type { Exchange } from '../../../shared/contract/operations/traces.ts'
import { confirmedKey } from '../../../shared/protocol/confirmation.ts'
import { parseObject } from '../../../shared/protocol/jose.ts'
import type { JsonObject } from '../../../shared/protocol/jwt.ts'
import { type RaceRule, raceRule } from '../../../shared/protocol/refresh-rotation.ts'
import type { Core } from '../core.ts'
import { publicUrl } from '../issuers.ts'
import type { Provider } from '../provider/fetch.ts'
import { rotationOf } from '../provider/refresh.ts'
import { randomId } from '../random.ts'
import { type ClientRecord, findClient } from '../store/clients.ts'
import { findExchange } from '../store/exchanges.ts'
import { listFamily, type TokenRecord, toTokenRow } from '../store/tokens.ts'
import { findUser } from '../store/users.ts'
import { hashOf } from './read.ts'
import { signJwt } from './sign.ts'

/** Of one request, which a fault may hang. */
const TIMEOUT_MS = 15_000

/**
 * Shows one refresh token to the issuer several times at once, by requests like those of its client, and says who won.
 *
 * @throws ContractError `refused` for what is no refresh token, or one that cannot be had again
 */
export async function raceRefresh(
  core: Core,
  provider: Provider,
  record: TokenRecord,
  count: number,
): Promise<RefreshRace> {
  if (record.kind !== 'refresh')
    throw new ContractError(
      'refused',
      `This is an ${record.kind} token; only a refresh token can be refreshed.`,
    )
  if (confirmedKey(record.claims) !== null)
    throw new ContractError(
      'refused',
      'It is bound to a DPoP key that only the app holds, so nobody else can use it.',
    )
  const { read } = core.database
  const client = findClient(read, record.clientId)!
  const token = await signedAgain(core, record)
  const attempt = requestOf(core, { client, record, token })
  const expected = ruleOf(core, { client, record, count })
  const before = livingOf(core, record)
  const answers = await Promise.all(Array.from({ length: count }, () => send(core, provider, attempt())))
  core.recorder.flush()
  const exchanges = answers.map(({ exchangeId }) =>
    exchangeId === undefined ? undefined : findExchange(read, exchangeId),
  )
  const runs = answers.map((answer, index) => toRun(index + 1, answer, exchanges[index], record.jti))
  const family = listFamily(read, record.grantId).map((member) => toTokenRow(member, core.clock.now()))
  const observed = {
    winners: runs.filter(({ won }) => won).length,
    familyRevoked: before && family.every(({ revokedAt }) => revokedAt !== null),
  }
  const { rule, ...outcome } = expected
  return {
    request: attempt.words,
    policy: rotationOf({ settings: core.settingsOf(record.issuer) }, client).policy,
    rule,
    expected: outcome,
    observed,
    asExpected: observed.winners === outcome.winners && observed.familyRevoked === outcome.familyRevoked,
    runs,
    family,
    traceId: exchanges.find((exchange) => exchange !== undefined)?.traceId ?? null,
  }
}

/** Whether the family has anything left to lose. */
const livingOf = ({ database }: Core, { grantId }: TokenRecord): boolean =>
  listFamily(database.read, grantId).some(({ revokedAt }) => revokedAt === null)

/**
 * The ledger keeps no token. But one signed with HS256 comes out the same each time, and its hash proves that it has.
 *
 * @throws ContractError `refused`
 */
async function signedAgain(core: Core, { issuer, header, claims, hash }: TokenRecord): Promise<string> {
  const key = core.keys.signing(issuer).find(({ kid }) => kid === header.kid)
  const verifier = key && (await core.keys.verifier(issuer, key.kid, 'refresh'))
  const token = verifier && (await signJwt(verifier, String(header.typ), claims))
  if (token === undefined || hashOf(token) !== hash)
    throw new ContractError('refused', 'Its key is revoked or gone, so the token cannot be made out again.')
  return token
}

function ruleOf(
  core: Core,
  { client, record, count }: { client: ClientRecord; record: TokenRecord; count: number },
): RaceRule {
  const now = core.clock.now()
  const user = record.userId === null ? undefined : findUser(core.database.read, record.userId)
  const start = {
    revoked: record.revokedAt !== null,
    consumedAt: record.consumedAt,
    ended: record.expiresAt <= now || user?.active === false,
  }
  return raceRule(start, rotationOf({ settings: core.settingsOf(record.issuer) }, client), now, count)
}

interface Attempt {
  /** A new request each time. */
  (): Request
  words: string
}

/** As its client would send it; or by the tutorial's route, which asks for no client, where its credentials are not ours. */
function requestOf(
  core: Core,
  { client, record, token }: { client: ClientRecord; record: TokenRecord; token: string },
): Attempt {
  const issuer = publicUrl(core, record.issuer) ?? String(record.claims.iss)
  const { form, headers, path, words } = credentialsOf(client)
  const request = () =>
    new Request(issuer + path, {
      method: 'POST',
      headers: { ...headers, 'x-request-id': randomId(core.random), 'user-agent': 'Grantscope refresh race' },
      body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: token, ...form }),
    })
  return Object.assign(request, { words: `POST ${path} ${words}` })
}

interface Credentials {
  path: string
  words: string
  form: Record<string, string>
  headers: Record<string, string>
}

function credentialsOf({ id, secret, authMethods, grantTypes }: ClientRecord): Credentials {
  const none = { form: {}, headers: {} }
  if (!grantTypes.includes('refresh_token')) return { ...none, path: '/refresh', words: 'without a client' }
  if (authMethods.includes('none'))
    return { ...none, path: '/token', form: { client_id: id }, words: `as ${id}, a public client` }
  if (secret !== null && authMethods.includes('client_secret_basic'))
    return {
      ...none,
      path: '/token',
      headers: { authorization: basic(id, secret) },
      words: `as ${id}, by client_secret_basic`,
    }
  if (secret !== null && authMethods.includes('client_secret_post'))
    return {
      ...none,
      path: '/token',
      form: { client_id: id, client_secret: secret },
      words: `as ${id}, by client_secret_post`,
    }
  return { ...none, path: '/refresh', words: `without a client: only ${id} can sign its assertions` }
}

/** RFC 6749 2.3.1: both are form-encoded first. */
function basic(id: string, secret: string): string {
  const encoded = (text: string) => new URLSearchParams({ text }).toString().slice('text='.length)
  return `Basic ${Buffer.from(`${encoded(id)}:${encoded(secret)}`).toString('base64')}`
}

interface RaceAnswer {
  status: number
  body: JsonObject
  exchangeId: number | undefined
}

async function send(core: Core, provider: Provider, request: Request): Promise<RaceAnswer> {
  const answered = await provider(request, { signal: AbortSignal.timeout(TIMEOUT_MS) })
    .then(async (response) => ({ status: response.status, body: parseObject(await response.text()) ?? {} }))
    // A fault has it broken off.
    .catch(() => ({ status: 0, body: {} }))
  return { ...answered, exchangeId: core.recorder.exchangeOf(request.headers.get('x-request-id')!) }
}

function toRun(
  number: number,
  { status, body, exchangeId }: RaceAnswer,
  exchange: Exchange | undefined,
  jti: string,
): RaceRun {
  const won = status === 200
  const given = ['access_token', 'refresh_token'].filter((name) => name in body)
  return {
    number,
    won,
    status,
    error: typeof body.error === 'string' ? body.error : null,
    answer: won ? given.join(' and ') : String(body.error_description ?? ''),
    observed: exchange?.verdicts.find(({ outcome }) => outcome === 'failed')?.observed ?? null,
    jtis: won ? (exchange?.jtis.filter((other) => other !== jti) ?? []) : [],
    exchangeId: exchangeId ?? null,
    durationMs: exchange?.durationMs ?? null,
  }
}
