import { createHash } from 'node:crypto'
import { exportJWK, type GenerateKeyPairResult, generateKeyPair, type JWK, SignJWT } from 'jose'
import { beforeAll, describe, expect, test } from 'vitest'
import type { FlowRun } from '../../shared/contract/operations/flows.ts'
import { type FlowBench, failedChecks, openFlows, stepOf, textOf, troubles } from '../support/flows.ts'
import { START } from '../support/issuer.ts'

// A client that is lied to. The issuer here is forged: it answers right, but for one thing at a time.

const FORGED = 'http://127.0.0.1:9'

interface Lies {
  redirect?: Record<string, string>
  claims?: Record<string, unknown>
  header?: Record<string, unknown>
  token?: Record<string, unknown>
  metadata?: Record<string, unknown>
  userinfo?: Record<string, unknown>
  otherKey?: boolean
}

let pair: GenerateKeyPairResult
let other: GenerateKeyPairResult
let jwk: JWK

beforeAll(async () => {
  pair = await generateKeyPair('ES256', { extractable: true })
  other = await generateKeyPair('ES256')
  jwk = { ...(await exportJWK(pair.publicKey)), kid: 'k1', alg: 'ES256' }
})

const atHash = (token: string): string =>
  createHash('sha256').update(token).digest().subarray(0, 16).toString('base64url')

/** An issuer that says these things instead of the truth. Its time is real, so the clock of the core is too. */
function forger(lies: Lies, nonce: () => string) {
  const now = START / 1000
  const metadata = {
    issuer: FORGED,
    authorization_endpoint: `${FORGED}/authorize`,
    token_endpoint: `${FORGED}/token`,
    userinfo_endpoint: `${FORGED}/userinfo`,
    jwks_uri: `${FORGED}/jwks`,
    authorization_response_iss_parameter_supported: true,
    ...lies.metadata,
  }
  const tokens = async () => ({
    access_token: 'at',
    token_type: 'Bearer',
    expires_in: 60,
    scope: 'openid',
    id_token: await new SignJWT({
      iss: FORGED,
      sub: 'ada',
      aud: 'app',
      exp: now + 60,
      iat: now,
      nonce: nonce(),
      at_hash: atHash('at'),
      ...lies.claims,
    })
      .setProtectedHeader({ alg: 'ES256', kid: 'k1', ...lies.header })
      .sign((lies.otherKey ? other : pair).privateKey),
    ...lies.token,
  })
  const answers: Record<string, () => unknown> = {
    '/.well-known/openid-configuration': () => metadata,
    '/jwks': () => ({ keys: [jwk] }),
    '/token': tokens,
    '/userinfo': () => ({ sub: 'ada', ...lies.userinfo }),
  }
  return async ({ url }: Request) =>
    Response.json(await answers[new URL(url).pathname]!(), { headers: { 'cache-control': 'no-store' } })
}

interface Lied {
  run: FlowRun
  bench: FlowBench
}

/** As far as the redirect. */
async function redirected(lies: Lies): Promise<Lied> {
  let run: FlowRun | null = null
  const elsewhere = forger(lies, () => textOf(run!, 'nonce'))
  const bench = await openFlows({ elsewhere })
  const { call } = bench
  const { id: profileId } = await call('flowProfiles.save', {
    profile: { name: 'Forged', issuer: { kind: 'discovery', url: FORGED }, clientId: 'app', scope: 'openid' },
  })
  run = await bench.start({ kind: 'authorization_code', profileId })
  for (const step of [0, 1, 2]) run = await call('flows.send', { id: run.id, step })
  const answer = { code: 'c', state: textOf(run, 'state'), iss: FORGED, ...lies.redirect }
  const query = new URLSearchParams(Object.entries(answer).filter(([, value]) => value !== ''))
  run = await call('flows.receive', { id: run.id, url: `${run.waiting!.redirectUri}?${query}` })
  return { run, bench }
}

/** And on to the tokens, whatever the checks said. */
async function loggedIn(lies: Lies): Promise<Lied> {
  const { run, bench } = await redirected(lies)
  const after = await bench.call('flows.send', { id: run.id, step: stepOf(run, 'token').index })
  return { run: after, bench }
}

describe('what a client checks', () => {
  test('passes for an honest issuer', async () => {
    const { run } = await loggedIn({})
    expect(troubles(run)).toEqual([])
    const seen = run.steps.flatMap(({ attempts }) => attempts.flatMap(({ checks }) => checks))
    expect(seen.filter(({ outcome }) => outcome === 'warned')).toEqual([])
    expect(seen.length).toBeGreaterThan(20)
  })

  test.each<[string, Lies]>([
    ['client.state-is-ours', { redirect: { state: 'another' } }],
    ['client.state-is-ours', { redirect: { state: '' } }],
    ['client.redirect-iss-is-expected', { redirect: { iss: 'https://evil.example' } }],
    ['client.redirect-iss-is-expected', { redirect: { iss: '' } }],
    ['client.redirect-has-code', { redirect: { code: '' } }],
  ])('%s fails at the redirect for %o', async (check, lies) => {
    const { run } = await redirected(lies)
    expect(failedChecks(run, 'authorize')).toEqual([check])
    expect(run.state).toBe('failed')
  })

  test.each<[string, Lies]>([
    ['client.id-token-nonce-is-ours', { claims: { nonce: 'of another login' } }],
    ['client.id-token-nonce-is-ours', { claims: { nonce: undefined } }],
    ['client.id-token-signature-holds', { otherKey: true }],
    ['client.id-token-signature-holds', { header: { kid: 'k2' } }],
    ['client.id-token-aud-is-us', { claims: { aud: 'another-app' } }],
    ['client.id-token-aud-is-us', { claims: { aud: ['another-app'] } }],
    ['client.id-token-azp-is-us', { claims: { azp: 'another-app' } }],
    ['client.id-token-at-hash-fits', { claims: { at_hash: atHash('another') } }],
    ['client.id-token-iss-is-expected', { claims: { iss: 'https://evil.example' } }],
    ['client.id-token-is-not-expired', { claims: { exp: START / 1000 - 3600 } }],
    ['client.id-token-iat-is-now', { claims: { iat: undefined } }],
    ['client.id-token-has-sub', { claims: { sub: undefined } }],
    ['client.id-token-is-a-jwt', { token: { id_token: 'no-jwt' } }],
    ['client.id-token-came', { token: { id_token: undefined } }],
    ['client.token-type-is-known', { token: { token_type: 'mac' } }],
    ['client.has-access-token', { token: { access_token: undefined } }],
  ])('%s fails at the token for %o', async (check, lies) => {
    const { run } = await loggedIn(lies)
    expect(failedChecks(run, 'token')).toEqual([check])
    expect(run.state).toBe('failed')
    const { checks, summary } = stepOf(run, 'token').attempts[0]!
    const failed = checks.find(({ outcome }) => outcome === 'failed')!
    expect(failed.spec).not.toBe('')
    expect(failed.expected).not.toBeNull()
    expect(summary).toContain(failed.title)
  })

  test('an unsigned ID token is refused for that', async () => {
    const part = (json: unknown) => Buffer.from(JSON.stringify(json)).toString('base64url')
    const unsigned = `${part({ alg: 'none' })}.${part({ sub: 'ada' })}.`
    const { run } = await loggedIn({ token: { id_token: unsigned } })
    expect(failedChecks(run, 'token')).toContain('client.id-token-is-signed')
    expect(failedChecks(run, 'token')).toContain('client.id-token-signature-holds')
  })

  test('metadata of another issuer is refused', async () => {
    const { run } = await loggedIn({ metadata: { issuer: 'https://evil.example' } })
    expect(failedChecks(run, 'metadata')).toEqual(['client.metadata-issuer-is-asked'])
  })

  test('claims of another user are refused', async () => {
    const { run, bench } = await loggedIn({ userinfo: { sub: 'eve' } })
    await bench.call('flows.append', { id: run.id, kind: 'userinfo' })
    const after = await bench.call('flows.send', { id: run.id })
    expect(failedChecks(after, 'userinfo')).toEqual(['client.userinfo-sub-is-id-token-sub'])
  })
})
