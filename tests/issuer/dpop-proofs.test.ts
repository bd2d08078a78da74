import { describe, expect, test } from 'vitest'
import { expectRefusal } from '../support/expect-refusal.ts'
import { type Fields, openIssuer, START } from '../support/issuer.ts'
import { type ProofChanges, proofKey } from '../support/proof.ts'
import { rfc9449 } from '../support/rfc9449.ts'

// DPoP proofs at the token endpoint (RFC 9449 4.3, 5).

const LOGIN: Fields = { grant_type: 'password', username: 'alice', password: 'wonderland', scope: 'read' }

const claimsOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString())

describe('the example of RFC 9449 5', () => {
  async function atExample() {
    const issuer = await openIssuer({ issuer: 'https://server.example.com' })
    issuer.clock.advance(rfc9449.tokenProofMadeAt - START / 1000)
    return issuer
  }

  test('its proof gets a token bound to the thumbprint of 6.1', async () => {
    const issuer = await atExample()
    const { status, body } = await issuer.token(LOGIN, { dpop: rfc9449.tokenProof })
    expect([status, body.token_type]).toEqual([200, 'DPoP'])
    expect(claimsOf(String(body.access_token)).cnf).toEqual({ jkt: rfc9449.jkt })
  })

  test('and counts once', async () => {
    const issuer = await atExample()
    await issuer.token(LOGIN, { dpop: rfc9449.tokenProof })
    expectRefusal(await issuer.token(LOGIN, { dpop: rfc9449.tokenProof }), {
      status: 400,
      error: 'invalid_dpop_proof',
      description: 'The DPoP proof was used before',
    })
  })

  test('the proof of 7.1 is for another method', async () => {
    const answer = await (await atExample()).token(LOGIN, { dpop: rfc9449.resourceProof })
    expect(answer.body).toMatchObject({
      error: 'invalid_dpop_proof',
      error_description: 'The DPoP proof is for another HTTP method',
    })
  })
})

describe('a proof at the token endpoint', () => {
  const bad: [string, ProofChanges, string][] = [
    ['of no type', { header: { typ: 'JWT' } }, 'dpop.type'],
    ['without jti', { claims: { jti: undefined } }, 'dpop.claims'],
    ['without a key', { header: { jwk: undefined } }, 'dpop.key'],
    ['with a private key', { header: { jwk: { ...rfc9449.jwk, d: 'AA' } } }, 'dpop.key-public'],
    ['with a symmetric key', { header: { jwk: { kty: 'oct', k: 'AA' } } }, 'dpop.key-public'],
    ['with a key that did not sign it', { header: { jwk: rfc9449.jwk } }, 'dpop.signature'],
    ['for another method', { claims: { htm: 'GET' } }, 'dpop.method'],
    ['for another URL', { claims: { htu: 'http://127.0.0.1:4400/par' } }, 'dpop.target'],
    ['for another host', { claims: { htu: 'http://attacker.test/token' } }, 'dpop.target'],
    ['that is old', { claims: { iat: START / 1000 - 61 } }, 'dpop.fresh'],
    ['of the future', { claims: { iat: START / 1000 + 61 } }, 'dpop.fresh'],
  ]
  test.each(bad)('%s: invalid_dpop_proof, and no token', async (_what, changes, rule) => {
    const issuer = await openIssuer()
    const key = await proofKey()
    const answer = await issuer.token(LOGIN, { dpop: await key.proof('POST', '/token', changes) })
    expect([answer.status, answer.body.error]).toEqual([400, 'invalid_dpop_proof'])
    expect((await issuer.failedCheck()).check).toBe(rule)
    expect(await issuer.call('tokens.list', {})).toMatchObject({ rows: [] })
  })

  test.each([
    ['that is no JWT', 'x', 'dpop.readable'],
    ['unsigned', `${btoa('{"alg":"none","typ":"dpop+jwt"}').replaceAll('=', '')}.e30.`, 'dpop.claims'],
    ['twice', `${rfc9449.tokenProof}, ${rfc9449.tokenProof}`, 'dpop.one-proof'],
    ['that is empty', '', 'dpop.readable'],
  ])('%s: invalid_dpop_proof', async (_what, proof, rule) => {
    const issuer = await openIssuer()
    expect((await issuer.token(LOGIN, { dpop: proof })).body.error).toBe('invalid_dpop_proof')
    expect((await issuer.failedCheck()).check).toBe(rule)
  })

  test.each(['none', 'HS256', 'HS512'])('with alg %s: dpop.algorithm', async (alg) => {
    const issuer = await openIssuer()
    const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const genuine = await (await proofKey()).proof('POST', '/token')
    const [header, payload] = genuine.split('.')
    const forged = encode({ ...JSON.parse(Buffer.from(header!, 'base64url').toString()), alg })
    for (const signature of ['', 'AA']) {
      const dpop = `${forged}.${payload}.${signature}`
      expect((await issuer.token(LOGIN, { dpop })).body.error).toBe('invalid_dpop_proof')
      expect((await issuer.failedCheck()).check).toBe('dpop.algorithm')
    }
  })

  test.each([
    'http://127.0.0.1:4400/token?a=b#c',
    'HTTP://LOCALHOST:4400/x/../token',
    'http://[::1]:4400/%74oken',
  ])('htu %s names this endpoint as well', async (htu) => {
    const issuer = await openIssuer()
    const proof = await (await proofKey()).proof('POST', '/token', { claims: { htu } })
    expect((await issuer.token(LOGIN, { dpop: proof })).status).toBe(200)
  })

  test('of an issuer with a name is for that issuer alone', async () => {
    const issuer = await openIssuer({ workspace: { issuers: [{ name: 'tenant' }] } })
    const key = await proofKey()
    const own = await key.proof('POST', '/tenant/token')
    expect((await issuer.postForm('/tenant/token', LOGIN, { dpop: own })).status).toBe(200)
    const other = await key.proof('POST', '/token')
    const answer = await issuer.postForm('/tenant/token', LOGIN, { dpop: other })
    expect(answer.body.error).toBe('invalid_dpop_proof')
  })

  test('signed with EdDSA is as good', async () => {
    const issuer = await openIssuer()
    const proof = await (await proofKey('EdDSA')).proof('POST', '/token')
    expect((await issuer.token(LOGIN, { dpop: proof })).body.token_type).toBe('DPoP')
  })

  test('a client registered for bound tokens gets none without', async () => {
    const issuer = await openIssuer()
    await issuer.call('clients.update', { id: 'demo-spa', changes: { dpopBoundAccessTokens: true } })
    expectRefusal(await issuer.token(LOGIN), {
      status: 400,
      error: 'invalid_dpop_proof',
      description: 'A DPoP proof is required',
    })
    const dpop = await (await proofKey()).proof('POST', '/token')
    expect((await issuer.token(LOGIN, { dpop })).body.token_type).toBe('DPoP')
  })

  test('without one the token is a bearer token, as ever', async () => {
    const tokens = await (await openIssuer()).login('alice')
    expect(tokens.token_type).toBe('Bearer')
    expect(claimsOf(tokens.access_token)).not.toHaveProperty('cnf')
  })
})
