import { createHash } from 'node:crypto'
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose'
import type { FlowRequest } from '../../../../shared/contract/operations/flows.ts'
import { expectedIssuer, lookUp, missing } from '../../../../shared/flow/client/context.ts'
import {
  type FlowContext,
  FlowProblem,
  type Pair,
  type RequestPlan,
} from '../../../../shared/flow/client/types.ts'
import { algorithmsOf } from '../../../../shared/protocol/jwk.ts'
import type { JsonObject } from '../../../../shared/protocol/jwt.ts'
import type { Core } from '../../core.ts'
import { randomId } from '../../random.ts'
import { currentCode } from '../../second-factor/totp.ts'
import { findUserByName } from '../../store/users.ts'
import { contextOf, definitionOf, type RunRecord, type StepRecord } from './record.ts'
import { issuerUrlOf, nowOf } from './target.ts'

// From a step's plan to the request that is sent: client authentication, proofs of possession, the second factor of a user of ours.

/** How long a client assertion lasts, in seconds: it is sent at once. */
const ASSERTION_LIFETIME = 60

export interface Prepared {
  request: FlowRequest | null
  /** Why there is none, although nothing is missing. */
  problem: string | null
}

/** The context of a step, with the code of the second factor worked out for a user of this workspace. */
export function stepContext(core: Core, run: RunRecord, step: StepRecord): FlowContext {
  const context = contextOf(run, step, issuerUrlOf(core, run.profile))
  const needsCode = definitionOf(step).needs.includes('code_2fa') && lookUp(context, 'code_2fa') === undefined
  if (!needsCode || run.profile.issuer.kind !== 'built-in') return context
  const user = findUserByName(core.database.read, context.parameters.username ?? '')
  if (user?.totpState !== 'on' || user.totpSecret === null) return context
  const code = currentCode(user.totpSecret, core.clock.now())
  return { ...context, values: { ...context.values, code_2fa: code } }
}

/** What would be sent for a step now. Null without a problem means that an earlier step has to come first. */
export async function prepare(core: Core, run: RunRecord, step: StepRecord): Promise<Prepared> {
  const context = stepContext(core, run, step)
  const definition = definitionOf(step)
  if (missing(context, definition.needs).length > 0) return { request: null, problem: null }
  try {
    return { request: await complete(core, run, context, definition.plan(context)), problem: null }
  } catch (error) {
    if (error instanceof FlowProblem) return { request: null, problem: error.message }
    throw error
  }
}

async function complete(
  core: Core,
  run: RunRecord,
  context: FlowContext,
  plan: RequestPlan,
): Promise<FlowRequest> {
  const url = withQuery(plan.url, plan.query ?? [])
  const auth = plan.clientAuth ? await clientAuthentication(core, run, context, plan.url) : nothing
  const headers = [...(plan.headers ?? []), ...auth.headers, ...(await tokenHeaders(core, run, plan, url))]
  if (plan.form || auth.form.length > 0) {
    headers.push(['content-type', 'application/x-www-form-urlencoded'])
  }
  const form = [...(plan.form ?? []), ...auth.form].map(([name, value]): [string, string] => [name, value])
  const body = plan.body ?? (form.length > 0 ? new URLSearchParams(form).toString() : '')
  return { method: plan.method, url, headers: headers.map(([name, value]) => [name, value]), body }
}

function withQuery(url: string, query: readonly Pair[]): string {
  const target = new URL(url)
  for (const [name, value] of query) target.searchParams.append(name, value)
  return target.href
}

interface Additions {
  headers: readonly Pair[]
  form: readonly Pair[]
}

const nothing: Additions = { headers: [], form: [] }

/** Says who the client is (RFC 6749 2.3.1, RFC 7523 2.2). */
async function clientAuthentication(
  core: Core,
  run: RunRecord,
  context: FlowContext,
  url: string,
): Promise<Additions> {
  const { clientId, authMethod } = run.profile
  switch (authMethod) {
    case 'none':
      return { headers: [], form: [['client_id', clientId]] }
    case 'client_secret_basic': {
      const credentials = `${formEncode(clientId)}:${formEncode(secretOf(run))}`
      const encoded = Buffer.from(credentials).toString('base64')
      return { headers: [['authorization', `Basic ${encoded}`]], form: [] }
    }
    case 'client_secret_post':
      return {
        headers: [],
        form: [
          ['client_id', clientId],
          ['client_secret', secretOf(run)],
        ],
      }
    case 'client_secret_jwt':
    case 'private_key_jwt':
      return {
        headers: [],
        form: [
          ['client_id', clientId],
          ['client_assertion_type', 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'],
          ['client_assertion', await assertion(core, run, expectedIssuer(context) ?? url)],
        ],
      }
  }
}

/** RFC 6749 appendix B */
const formEncode = (text: string): string => new URLSearchParams([['', text]]).toString().slice(1)

function secretOf({ profile, secrets }: RunRecord): string {
  if (secrets.secret !== null) return secrets.secret
  throw new FlowProblem(`The profile has no client secret, which ${profile.authMethod} needs.`)
}

/** RFC 7523 3 */
async function assertion(core: Core, run: RunRecord, audience: string): Promise<string> {
  const { clientId, authMethod } = run.profile
  const now = nowOf(core, run.profile)
  const { key, alg, kid } = authMethod === 'client_secret_jwt' ? secretKeyOf(run) : await privateKeyOf(run)
  return new SignJWT({ jti: randomId(core.random) })
    .setProtectedHeader({ alg, ...(kid === undefined ? {} : { kid }) })
    .setIssuer(clientId)
    .setSubject(clientId)
    .setAudience(audience)
    .setIssuedAt(now)
    .setExpirationTime(now + ASSERTION_LIFETIME)
    .sign(key)
}

const secretKeyOf = (run: RunRecord) => ({
  key: new TextEncoder().encode(secretOf(run)),
  alg: 'HS256',
  kid: undefined,
})

async function privateKeyOf({ secrets: { privateJwk } }: RunRecord) {
  if (privateJwk === null)
    throw new FlowProblem('The profile has no private key, which private_key_jwt needs.')
  const [alg] = algorithmsOf(privateJwk as JsonObject & { kty: string })
  if (alg === undefined) throw new FlowProblem('The private key of the profile is not one to sign with.')
  const key = await importJWK(privateJwk as JWK, alg)
  return { key, alg, kid: typeof privateJwk.kid === 'string' ? privateJwk.kid : undefined }
}

/** Shows an access token, and proves possession of its key where that is switched on (RFC 9449 4, 7.1). */
async function tokenHeaders(core: Core, run: RunRecord, plan: RequestPlan, url: string): Promise<Pair[]> {
  const { accessToken } = plan
  const proving = run.options.dpop && plan.dpop === true
  const scheme = proving && accessToken !== undefined ? 'DPoP' : 'Bearer'
  const shown: Pair[] = accessToken === undefined ? [] : [['authorization', `${scheme} ${accessToken}`]]
  return proving
    ? [...shown, ['dpop', await proof(core, run, { method: plan.method, url, accessToken })]]
    : shown
}

interface ProofSubject {
  method: string
  url: string
  accessToken: string | undefined
}

/** RFC 9449 4.2 */
async function proof(
  core: Core,
  run: RunRecord,
  { method, url, accessToken }: ProofSubject,
): Promise<string> {
  const privateJwk = run.dpopKey
  if (privateJwk === null) throw new FlowProblem('The run has no key for proofs of possession.')
  const { d: _private, ...jwk } = privateJwk
  const { origin, pathname } = new URL(url)
  const nonce = run.dpopNonces[origin]
  const claims = {
    jti: randomId(core.random),
    htm: method,
    htu: origin + pathname,
    ...(accessToken === undefined
      ? {}
      : { ath: createHash('sha256').update(accessToken).digest('base64url') }),
    ...(nonce === undefined ? {} : { nonce }),
  }
  return new SignJWT(claims)
    .setProtectedHeader({ typ: 'dpop+jwt', alg: 'ES256', jwk: jwk as JWK })
    .setIssuedAt(nowOf(core, run.profile))
    .sign(await importJWK(privateJwk as JWK, 'ES256'))
}

/** Gives a run that wants proofs a key for them, once. */
export async function ensureProofKey(run: RunRecord): Promise<void> {
  if (!run.options.dpop || run.dpopKey !== null) return
  const { privateKey } = await generateKeyPair('ES256', { extractable: true })
  const jwk = await exportJWK(privateKey)
  run.dpopKey = jwk as JsonObject
  run.initial.dpop_jkt = await calculateJwkThumbprint(jwk)
}
