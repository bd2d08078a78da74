import { decodeJwt } from 'jose'
import { describe, expect, test } from 'vitest'
import { bearer, type Issuer, openIssuer } from '../support/issuer.ts'
import { logInByCode } from '../support/login.ts'

// Aggregated and distributed claims, by the examples of OpenID Connect Core 1.0 5.6.2.

const JWT = 'eyJhbGciOiJub25lIn0.eyJhZGRyZXNzIjp7ImNvdW50cnkiOiJVUyJ9LCJwaG9uZV9udW1iZXIiOiIrMSJ9.'

const REFERENCES = {
  _claim_names: {
    address: 'src1',
    phone_number: 'src1',
    payment_info: 'src2',
    shipping_address: 'src2',
    credit_score: 'src3',
  },
  _claim_sources: {
    src1: { JWT },
    src2: { endpoint: 'https://bank.example.com/claim_source' },
    src3: { endpoint: 'https://creditagency.example.com/claims_here', access_token: 'ksj3n283dke' },
  },
}

async function open(): Promise<Issuer> {
  const issuer = await openIssuer()
  for (const name of ['address', 'phone']) await issuer.call('scopes.create', { name, description: name })
  await issuer.call('users.update', { id: 'alice', changes: { claims: REFERENCES } })
  return issuer
}

async function told(issuer: Issuer, scope: string, asked = {}) {
  const { accessToken, idToken } = await logInByCode(issuer, { scope, ...asked })
  return { userinfo: (await issuer.get('/userinfo', bearer(accessToken))).body, idToken, accessToken }
}

describe('claims held elsewhere', () => {
  test('are given out at userinfo as references, as far as scopes show them, with the sources they need', async () => {
    const issuer = await open()
    const whole = (await told(issuer, 'openid address phone')).userinfo
    expect(whole).toMatchObject(REFERENCES)
    const { _claim_names, _claim_sources } = (await told(issuer, 'openid')).userinfo
    const { src2, src3 } = REFERENCES._claim_sources
    expect(_claim_names).toEqual({ payment_info: 'src2', shipping_address: 'src2', credit_score: 'src3' })
    expect(_claim_sources).toEqual({ src2, src3 })
  })

  test('are not mentioned where none of them is shown', async () => {
    const issuer = await open()
    const claims = { _claim_names: { address: 'src1' }, _claim_sources: { src1: { JWT } } }
    await issuer.call('users.update', { id: 'alice', changes: { claims } })
    expect((await told(issuer, 'openid')).userinfo).toEqual({ sub: 'alice' })
  })

  test('are in an ID token when it tells all, or when they are asked for', async () => {
    const issuer = await open()
    expect((await told(issuer, 'openid address')).idToken).not.toHaveProperty('_claim_names')
    const claims = JSON.stringify({ id_token: { address: null } })
    expect((await told(issuer, 'openid', { claims })).idToken).toMatchObject({
      _claim_names: { address: 'src1' },
      _claim_sources: { src1: { JWT } },
    })
    await issuer.call('settings.update', { idTokenClaims: 'all' })
    expect((await told(issuer, 'openid address phone')).idToken).toMatchObject(REFERENCES)
  })

  test('are in access tokens like every claim of the user', async () => {
    const issuer = await open()
    const { accessToken } = await told(issuer, 'openid')
    expect(decodeJwt(accessToken)).toMatchObject(REFERENCES)
  })
})

describe('references of another shape', () => {
  const source = (src: unknown) => ({ _claim_names: { a: 's' }, _claim_sources: { s: src } })
  const cases: [string, Record<string, unknown>, string][] = [
    ['names without sources', { _claim_names: { a: 's' } }, '_claim_sources'],
    ['sources without names', { _claim_sources: { s: { JWT } } }, '_claim_names'],
    ['names that are a list', { _claim_names: ['a'], _claim_sources: {} }, '_claim_names'],
    ['a source there is not', { ...source({ JWT }), _claim_names: { a: 't' } }, '_claim_names.a'],
    ['a source that is text', source('https://bank.example.com/'), '_claim_sources.s'],
    ['neither JWT nor endpoint', source({}), '_claim_sources.s'],
    ['both', source({ JWT, endpoint: 'https://bank.example.com/' }), '_claim_sources.s'],
    ['a JWT that is none', source({ JWT: `Bearer ${JWT}` }), '_claim_sources.s'],
    ['an endpoint that is no URL', source({ endpoint: 'claims' }), '_claim_sources.s'],
    [
      'an access token that is a number',
      source({ endpoint: 'https://a.example/', access_token: 1 }),
      '_claim_sources.s',
    ],
    ['more than that', source({ JWT, jwt: JWT }), '_claim_sources.s'],
  ]
  test.each(cases)('%s is refused by its path, of user, client and issuer', async (_what, claims, path) => {
    const { grantscope } = await openIssuer()
    const refused = async (name: string, input: unknown) => {
      const envelope = await grantscope.dispatch(name, input)
      return envelope.ok ? [] : envelope.error.issues?.map((issue) => issue.path)
    }
    const changes = { claims }
    expect(await refused('users.update', { id: 'alice', changes })).toEqual([`changes.claims.${path}`])
    expect(await refused('clients.update', { id: 'demo-spa', changes })).toEqual([`changes.claims.${path}`])
    expect(await refused('settings.update', { claims })).toEqual([`claims.${path}`])
    const file = { users: [{ username: 'a', claims }] }
    expect(await refused('workspace.import', { file })).toEqual([`users.0.claims.${path}`])
  })
})
