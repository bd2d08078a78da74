import { describe, expect, test } from 'vitest'
import { type Fields, type Issuer, openIssuer, START } from '../support/issuer.ts'
import { dpop, type ProofChanges, proofKey } from '../support/proof.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

// Nonces of the issuer in DPoP proofs (RFC 9449 8, 9).

const LOGIN: Fields = { grant_type: 'password', username: 'alice', password: 'wonderland', scope: 'read' }

const openStrict = (): Promise<Issuer> => openIssuer({ workspace: { settings: { dpopNonceRequired: true } } })

async function client(issuer: Issuer) {
  const key = await proofKey()
  const token = async (changes: ProofChanges = {}) => {
    const iat = issuer.clock.now() / 1000
    const claims = { iat, ...changes.claims }
    return issuer.token(LOGIN, { dpop: await key.proof('POST', '/token', { ...changes, claims }) })
  }
  const nonce = async () => (await token()).headers.get('dpop-nonce')!
  return { key, token, nonce }
}

describe('at the token endpoint', () => {
  test('a proof without one: 400 use_dpop_nonce, with a nonce to use', async () => {
    const issuer = await openStrict()
    const { token } = await client(issuer)
    const refused = await token()
    expect([refused.status, refused.body.error]).toEqual([400, 'use_dpop_nonce'])
    const nonce = refused.headers.get('dpop-nonce')!
    // RFC 9449 8.1: NQCHAR
    expect(nonce).toMatch(/^[\x21\x23-\x5B\x5D-\x7E]+$/)
    const answer = await token({ nonce })
    expect([answer.status, answer.body.token_type]).toEqual([200, 'DPoP'])
    expect(answer.headers.has('dpop-nonce')).toBe(false)
  })

  test('one that ends soon is accepted, and the answer has the next (8.2)', async () => {
    const issuer = await openStrict()
    const { token, nonce } = await client(issuer)
    const first = await nonce()
    issuer.clock.advance(60)
    const answer = await token({ nonce: first })
    const next = answer.headers.get('dpop-nonce')
    expect([answer.status, next]).toEqual([200, expect.any(String)])
    expect(next).not.toBe(first)
    issuer.clock.advance(60)
    expect((await token({ nonce: first })).body.error).toBe('use_dpop_nonce')
    expect((await token({ nonce: next! })).status).toBe(200)
  })

  test('it dates the proof, whatever the clock of the client says (4.3)', async () => {
    const issuer = await openStrict()
    const { token, nonce } = await client(issuer)
    const wrongClock = { claims: { iat: START / 1000 - 86_400 } }
    expect((await token({ ...wrongClock, nonce: await nonce() })).status).toBe(200)
  })

  test('a nonce of nobody, or of another issuer, is refused', async () => {
    const settings = { dpopNonceRequired: true }
    const issuer = await openIssuer({ workspace: { settings, issuers: [{ name: 'tenant' }] } })
    const { key, token } = await client(issuer)
    const other = await issuer.postForm('/tenant/token', LOGIN, {
      dpop: await key.proof('POST', '/tenant/token'),
    })
    expect(other.body.error).toBe('use_dpop_nonce')
    for (const nonce of ['made-up', other.headers.get('dpop-nonce')!]) {
      expect((await token({ nonce })).body.error).toBe('use_dpop_nonce')
    }
  })

  test('a client that is held to DPoP and sends no proof gets a nonce for the next try', async () => {
    const issuer = await openStrict()
    await issuer.call('clients.update', { id: 'demo-spa', changes: { dpopBoundAccessTokens: true } })
    const answer = await issuer.token(LOGIN)
    expect(answer.body.error).toBe('invalid_dpop_proof')
    expect(answer.headers.get('dpop-nonce')).toBeTruthy()
  })

  test('bearer tokens need none', async () => {
    const answer = await (await openStrict()).token(LOGIN)
    expect([answer.status, answer.headers.has('dpop-nonce')]).toEqual([200, false])
  })

  test('where none is asked for, none is given, and one that comes is let be', async () => {
    const { token } = await client(await openIssuer())
    const answer = await token({ nonce: 'of another server' })
    expect([answer.status, answer.headers.has('dpop-nonce')]).toEqual([200, false])
  })
})

describe('at a protected resource', () => {
  test('a proof without one: 401 with the DPoP challenge and a nonce (9)', async () => {
    const issuer = await openStrict()
    const { key, token, nonce } = await client(issuer)
    const { body } = await token({ nonce: await nonce() })
    const accessToken = String(body.access_token)
    const refused = await issuer.get('/me', dpop(accessToken, await key.proof('GET', '/me', { accessToken })))
    expect([refused.status, refused.body.error]).toEqual([401, 'use_dpop_nonce'])
    expect(refused.headers.get('www-authenticate')).toMatch(/^DPoP error="use_dpop_nonce", .*algs="/)
    const given = refused.headers.get('dpop-nonce')!
    const proof = await key.proof('GET', '/me', { accessToken, nonce: given })
    expect((await issuer.get('/me', dpop(accessToken, proof))).body.username).toBe('alice')
  })
})

test('nonces stay good over a restart', async () => {
  const folder = await temporaryFolder()
  try {
    const options = {
      database: `${folder.path}/test.db`,
      workspace: { settings: { dpopNonceRequired: true } },
    }
    const before = await openIssuer(options)
    const nonce = await (await client(before)).nonce()
    before.grantscope.close()
    const after = await openIssuer(options)
    expect((await (await client(after)).token({ nonce })).status).toBe(200)
    after.grantscope.close()
  } finally {
    await folder.remove()
  }
})
