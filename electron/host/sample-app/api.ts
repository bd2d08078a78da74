import { createRemoteJWKSet, customFetch, errors, jwtVerify } from 'jose'
import type { Verdict } from '../../../shared/contract/operations/traces.ts'
import { type Check, runChecks } from '../../../shared/protocol/check.ts'
import { checkTokenAudience } from '../../../shared/protocol/checks/bearer/check-token-audience.ts'
import { checkTokenGenuine } from '../../../shared/protocol/checks/bearer/check-token-genuine.ts'
import { checkTokenIssuer } from '../../../shared/protocol/checks/bearer/check-token-issuer.ts'
import { checkTokenNotExpired } from '../../../shared/protocol/checks/bearer/check-token-not-expired.ts'
import { checkTokenType } from '../../../shared/protocol/checks/bearer/check-token-type.ts'
import { invalidToken } from '../../../shared/protocol/checks/bearer/facts.ts'
import { checkScopeSufficient, presentationChecks } from '../../../shared/protocol/checks/bearer/index.ts'
import { OAuthError, type Refusal } from '../../../shared/protocol/errors.ts'
import { publicKeyAlgorithms } from '../../../shared/protocol/jwk.ts'
import { decodeJwt, isJsonObject, type JsonObject } from '../../../shared/protocol/jwt.ts'
import { parseScope } from '../../../shared/protocol/scope.ts'

// Threat model: whoever has a token of this issuer, or a forged one. This is a resource server like one of the user's own: it
// shares nothing with the issuer but the published keys, and refuses what it does not understand.

/** What a resource server has to be told. */
export interface SampleApiOptions {
  /** `iss` of the tokens it takes, to the letter. */
  issuer: string
  jwksUri: string
  /** Its name as a resource (RFC 8707 2): what `aud` has to name. */
  audience: string
  /** Where it describes itself (RFC 9728 3). */
  metadataUrl: string
  /** Epoch milliseconds by its own clock. */
  now(): Promise<number>
  /** Brings the keys; plain `fetch` when left out. */
  fetch?: (request: Request) => Promise<Response>
}

/** An answer, and what is to be said in the trace of the token that came. */
export interface ApiAnswer {
  response: Response
  /** The token as it came; null without one. */
  token: string | null
  /** `error` of the answer; null when the request was carried out. */
  error: string | null
  verdicts: Verdict[]
}

interface Item {
  id: number
  title: string
  /** `sub` of who added it. */
  owner: string
}

const ITEMS_KEPT = 100
const LONGEST_TITLE = 120
/** Claims an access token always has (RFC 9068 2.2). */
const requiredClaims = ['iss', 'exp', 'aud', 'sub', 'client_id', 'iat', 'jti']

const tokenRules = [
  checkTokenGenuine,
  checkTokenType,
  checkTokenIssuer,
  checkTokenAudience,
  checkTokenNotExpired,
] as const

/**
 * A small API that takes access tokens as RFC 9068 has them: `GET /api/items` wants the scope `read`, `POST /api/items` with
 * `{"title": …}` the scope `write`. Items live as long as the process.
 */
export function createSampleApi(options: SampleApiOptions): (request: Request) => Promise<ApiAnswer> {
  const authenticate = createAuthenticator(options)
  const shelf = createShelf()
  return async (request) => {
    const verdicts: Verdict[] = []
    const { token } = presentationOf(request)
    const check: Judge = (checks, facts) =>
      runChecks(checks, facts, { profile: 'strict', note: (verdict) => verdicts.push(verdict) })
    const allow = async (scope: string): Promise<JsonObject> => {
      const claims = await authenticate(request, check)
      check([checkScopeSufficient], { requiredScope: scope, granted: grantedScopes(claims) })
      return claims
    }
    try {
      return { response: await answer(request, allow, shelf), token, error: null, verdicts }
    } catch (error) {
      if (!(error instanceof OAuthError)) throw error
      return { response: refused(error.refusal, options), token, error: error.refusal.error, verdicts }
    }
  }
}

type Judge = <Facts>(checks: readonly Check<Facts>[], facts: Facts) => void
type Shelf = ReturnType<typeof createShelf>

async function answer(
  request: Request,
  allow: (scope: string) => Promise<JsonObject>,
  shelf: Shelf,
): Promise<Response> {
  if (new URL(request.url).pathname !== '/api/items') throw NOT_FOUND
  if (request.method === 'GET') {
    await allow('read')
    return notCached(Response.json(shelf.all()))
  }
  if (request.method !== 'POST') throw WRONG_METHOD
  const { sub } = await allow('write')
  return notCached(Response.json(shelf.add(await titleIn(request), String(sub)), { status: 201 }))
}

/** RFC 9068 4: signature, type, issuer, audience and time. The keys come from the JWKS, and again when a new kid shows up. */
function createAuthenticator({ issuer, jwksUri, audience, now, fetch }: SampleApiOptions) {
  const keys = createRemoteJWKSet(new URL(jwksUri), {
    timeoutDuration: 3_000,
    // A rotated key is to be seen at once; those of a machine of one's own cost nothing to ask for.
    cooldownDuration: 500,
    ...(fetch ? { [customFetch]: (url: string, init: RequestInit) => fetch(new Request(url, init)) } : {}),
  })
  const verify = async (token: string, at: number): Promise<errors.JOSEError | null> => {
    try {
      const currentDate = new Date(at)
      const algorithms = [...publicKeyAlgorithms]
      const rules = { issuer, audience, typ: 'at+jwt', requiredClaims, currentDate, algorithms }
      await jwtVerify(token, keys, rules)
      return null
    } catch (error) {
      if (error instanceof errors.JWKSTimeout || !(error instanceof errors.JOSEError)) throw KEYS_AWAY
      return error
    }
  }
  return async (request: Request, check: Judge): Promise<JsonObject> => {
    const presentation = presentationOf(request)
    check(presentationChecks, presentation)
    const token = presentation.token!
    const at = await now()
    const problem = await verify(token, at)
    const { form, header, claims } = decodeJwt(token)
    check(tokenRules, {
      signature: form !== 'jws' ? 'malformed' : isOfClaims(problem) ? 'valid' : 'invalid',
      reason: problem?.message ?? 'signed with a key of the JWKS',
      header: header ?? {},
      claims: claims ?? {},
      issuers: [issuer],
      audiences: [audience],
      now: at,
      clock: "the API's clock",
      record: null,
    })
    // Rules of jose's that the trace has no check for, such as nbf or a claim that is missing.
    if (problem) throw new OAuthError(invalidToken(problem.message.replaceAll('"', "'")))
    return claims!
  }
}

/** jose looks at the claims only once the signature holds. */
const isOfClaims = (problem: errors.JOSEError | null): boolean =>
  problem === null ||
  problem instanceof errors.JWTExpired ||
  problem instanceof errors.JWTClaimValidationFailed

function presentationOf({ headers, url }: Request) {
  const [, scheme = null, value = null] =
    /^(\S+)(?:\s+(\S+))?$/.exec(headers.get('authorization') ?? '') ?? []
  const token = scheme?.toLowerCase() === 'bearer' ? value : null
  // RFC 9700 4.3.2: a token in the query is none.
  const inQuery = new URL(url).searchParams.has('access_token') ? ['query'] : []
  return { places: [...(token === null ? [] : ['header']), ...inQuery], scheme, token }
}

const grantedScopes = ({ scope }: JsonObject): string[] =>
  typeof scope === 'string' ? (parseScope(scope) ?? []) : []

function createShelf() {
  const titles = ['A looking glass', 'A pocket watch', 'A bottle marked "drink me"']
  let items: Item[] = titles.map((title, index) => ({ id: index + 1, title, owner: 'sample-app' }))
  let nextId = items.length + 1
  return {
    all: (): readonly Item[] => items,
    add(title: string, owner: string): Item {
      const item = { id: nextId++, title, owner }
      items = [...items, item].slice(-ITEMS_KEPT)
      return item
    },
  }
}

/** @throws OAuthError 400 */
async function titleIn(request: Request): Promise<string> {
  const body: unknown = await request.json().catch(() => null)
  const title = isJsonObject(body) && typeof body.title === 'string' ? body.title.trim() : ''
  if (title === '' || title.length > LONGEST_TITLE) throw BAD_TITLE
  return title
}

function refused(
  { error, description, status = 400, challenge }: Refusal,
  { metadataUrl }: SampleApiOptions,
) {
  const response = Response.json({ error, error_description: description }, { status })
  if (challenge) {
    const separator = challenge.includes(' ') ? ', ' : ' '
    response.headers.set('www-authenticate', `${challenge}${separator}resource_metadata="${metadataUrl}"`)
  }
  if (status === 405) response.headers.set('allow', 'GET, POST')
  return notCached(response)
}

function notCached(response: Response): Response {
  response.headers.set('cache-control', 'no-store')
  return response
}

const NOT_FOUND = new OAuthError({
  error: 'invalid_request',
  status: 404,
  description: 'This API has /api/items and nothing else',
})
const WRONG_METHOD = new OAuthError({
  error: 'invalid_request',
  status: 405,
  description: 'Items are read with GET and added with POST',
})
const BAD_TITLE = new OAuthError({
  error: 'invalid_request',
  description: `An item has a title of 1 to ${LONGEST_TITLE} characters`,
})
const KEYS_AWAY = new OAuthError({
  error: 'temporarily_unavailable',
  status: 503,
  description: "The issuer's keys cannot be had at the moment",
})
