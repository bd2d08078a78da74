import { createHash } from 'node:crypto'
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'
import type { FlowRun } from '../../shared/contract/operations/flows.ts'
import type { InputOf } from '../../shared/contract/operations/index.ts'
import { type FlowBench, openFlows, stepOf, textOf } from './flows.ts'
import { START } from './issuer.ts'

// An issuer that lies to its client: it answers right, but for one thing at a time.

export const FORGED = 'http://127.0.0.1:9'
export const NOW = START / 1000

export interface Lies {
  redirect?: Record<string, string>
  claims?: Record<string, unknown>
  header?: Record<string, unknown>
  token?: Record<string, unknown>
  metadata?: Record<string, unknown>
  /** As JSON; a text is sent as it is, as application/jwt. */
  userinfo?: Record<string, unknown> | string
  otherKey?: boolean
  /** What is sent in place of the signed ID token. */
  idToken?: (signed: string) => Promise<string>
}

const pair = await generateKeyPair('ES256', { extractable: true })
const other = await generateKeyPair('ES256')
const jwk = { ...(await exportJWK(pair.publicKey)), kid: 'k1', alg: 'ES256' }

export const atHash = (token: string): string =>
  createHash('sha256').update(token).digest().subarray(0, 16).toString('base64url')

/** A JWT of the forged issuer; `otherKey`: of a key that is not in its JWKS. */
export const forge = (
  claims: JWTPayload,
  { header = {}, otherKey = false }: Pick<Lies, 'header' | 'otherKey'> = {},
): Promise<string> =>
  new SignJWT(claims)
    .setProtectedHeader({ alg: 'ES256', kid: 'k1', ...header })
    .sign((otherKey ? other : pair).privateKey)

export const unsigned = (claims: object): string =>
  `${[{ alg: 'none' }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')}.`

/** Its time is real, so the clock of the core is too. */
function forger(lies: Lies, nonce: () => string) {
  const metadata = {
    issuer: FORGED,
    authorization_endpoint: `${FORGED}/authorize`,
    token_endpoint: `${FORGED}/token`,
    userinfo_endpoint: `${FORGED}/userinfo`,
    jwks_uri: `${FORGED}/jwks`,
    authorization_response_iss_parameter_supported: true,
    ...lies.metadata,
  }
  const who = { iss: FORGED, sub: 'ada', aud: 'app', exp: NOW + 60, iat: NOW }
  const signed = () => forge({ ...who, nonce: nonce(), at_hash: atHash('at'), ...lies.claims }, lies)
  const { idToken = async (jwt: string) => jwt } = lies
  const tokens = async () => ({
    access_token: 'at',
    token_type: 'Bearer',
    expires_in: 60,
    scope: 'openid',
    id_token: await idToken(await signed()),
    ...lies.token,
  })
  const answers: Record<string, () => unknown> = {
    '/.well-known/openid-configuration': () => metadata,
    '/jwks': () => ({ keys: [jwk] }),
    '/token': tokens,
    '/userinfo': () => (typeof lies.userinfo === 'string' ? lies.userinfo : { sub: 'ada', ...lies.userinfo }),
  }
  return async ({ url }: Request) => {
    const answer = await answers[new URL(url).pathname]!()
    if (typeof answer === 'string') {
      return new Response(answer, { headers: { 'content-type': 'application/jwt' } })
    }
    return Response.json(answer, { headers: { 'cache-control': 'no-store' } })
  }
}

export interface Lied {
  run: FlowRun
  bench: FlowBench
}

/** What is begun with: parameters of the run, and secrets of its profile. */
export type Begin = Pick<InputOf<'flows.start'>, 'parameters'> &
  Omit<InputOf<'flowProfiles.save'>, 'id' | 'profile'>

/** As far as the wait for the redirect. */
export async function awaiting(lies: Lies, { parameters = {}, ...secrets }: Begin = {}): Promise<Lied> {
  let run: FlowRun | null = null
  const elsewhere = forger(lies, () => textOf(run!, 'nonce'))
  const bench = await openFlows({ elsewhere })
  const { call } = bench
  const issuer = { kind: 'discovery', url: FORGED } as const
  const { id: profileId } = await call('flowProfiles.save', {
    profile: { name: 'Forged', issuer, clientId: 'app', scope: 'openid' },
    ...secrets,
  })
  run = await bench.start({ kind: 'authorization_code', profileId, parameters })
  for (const step of [0, 1, 2]) run = await call('flows.send', { id: run.id, step })
  return { run, bench }
}

/** The browser comes back with these parameters; empty ones are left out. */
export async function cameBack({ run, bench }: Lied, parameters: Record<string, string>): Promise<Lied> {
  const query = new URLSearchParams(Object.entries(parameters).filter(([, value]) => value !== ''))
  const url = `${run.waiting!.redirectUri}?${query}`
  return { run: await bench.call('flows.receive', { id: run.id, url }), bench }
}

/** As far as the redirect. */
export async function redirected(lies: Lies, begin: Begin = {}): Promise<Lied> {
  const waiting = await awaiting(lies, begin)
  return cameBack(waiting, { code: 'c', state: textOf(waiting.run, 'state'), iss: FORGED, ...lies.redirect })
}

/** And on to the tokens, whatever the checks said. */
export async function loggedIn(lies: Lies, begin: Begin = {}): Promise<Lied> {
  const { run, bench } = await redirected(lies, begin)
  const after = await bench.call('flows.send', { id: run.id, step: stepOf(run, 'token').index })
  return { run: after, bench }
}

/** And on to who the user is. */
export async function identified(lies: Lies, begin: Begin = {}): Promise<FlowRun> {
  const { run, bench } = await loggedIn(lies, begin)
  await bench.call('flows.append', { id: run.id, kind: 'userinfo' })
  return bench.call('flows.send', { id: run.id })
}
