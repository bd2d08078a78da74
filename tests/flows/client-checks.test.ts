import { describe, expect, test } from 'vitest'
import { failedChecks, stepOf, troubles } from '../support/flows.ts'
import { atHash, identified, type Lies, loggedIn, NOW, redirected, unsigned } from '../support/forger.ts'

// A client that is lied to.

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
    ['client.id-token-is-not-expired', { claims: { exp: NOW - 3600 } }],
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
    const { run } = await loggedIn({ token: { id_token: unsigned({ sub: 'ada' }) } })
    expect(failedChecks(run, 'token')).toContain('client.id-token-is-signed')
    expect(failedChecks(run, 'token')).toContain('client.id-token-signature-holds')
  })

  test('metadata of another issuer is refused', async () => {
    const { run } = await loggedIn({ metadata: { issuer: 'https://evil.example' } })
    expect(failedChecks(run, 'metadata')).toEqual(['client.metadata-issuer-is-asked'])
  })

  test('claims of another user are refused', async () => {
    const after = await identified({ userinfo: { sub: 'eve' } })
    expect(failedChecks(after, 'userinfo')).toEqual(['client.userinfo-sub-is-id-token-sub'])
  })
})
