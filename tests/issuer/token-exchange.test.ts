import { decodeJwt } from 'jose'
import { beforeEach, describe, expect, test } from 'vitest'
import { expectRefusal } from '../support/expect-refusal.ts'
import {
  basic,
  bearer,
  type Fields,
  ISSUER,
  type Issuer,
  openIssuer,
  type TokenAnswer,
} from '../support/issuer.ts'

const TOKEN_EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange'
const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token'
const JWT = 'urn:ietf:params:oauth:token-type:jwt'
const asWeb = basic('demo-web', 'demo-web-secret')
const invalidRequest = (description: string) => ({ status: 400, error: 'invalid_request', description })
const invalidTarget = (description: string) => ({ status: 400, error: 'invalid_target', description })

let issuer: Issuer
let alice: TokenAnswer

beforeEach(async () => {
  issuer = await openIssuer()
  alice = await issuer.login('alice', { scope: 'openid read write' })
})

const exchange = (fields: Fields = {}, headers = asWeb) =>
  issuer.token(
    {
      grant_type: TOKEN_EXCHANGE,
      subject_token: alice.access_token,
      subject_token_type: ACCESS_TOKEN,
      ...fields,
    },
    headers,
  )
const serviceToken = async (): Promise<string> => {
  const headers = basic('demo-service', 'demo-service-secret')
  return String((await issuer.token({ grant_type: 'client_credentials' }, headers)).body.access_token)
}
const claimsOf = ({ body }: { body: Record<string, unknown> }) => decodeJwt(String(body.access_token))

describe('impersonation (RFC 8693 1.1)', () => {
  test('gives a token for the same subject, issued to who asked', async () => {
    const answer = await exchange()
    expect(answer.status).toBe(200)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.body).toEqual({
      access_token: expect.any(String),
      issued_token_type: ACCESS_TOKEN,
      token_type: 'Bearer',
      expires_in: 900,
      scope: 'openid read write',
    })
    const subject = decodeJwt(alice.access_token)
    const claims = claimsOf(answer)
    expect(claims).toMatchObject({
      iss: ISSUER,
      sub: 'alice',
      client_id: 'demo-web',
      auth_time: subject.auth_time,
      amr: ['pwd'],
    })
    expect(claims).not.toHaveProperty('act')
    expect(claims.jti).not.toBe(subject.jti)
  })

  test('the new token works where the old one did', async () => {
    const { body } = await exchange()
    expect((await issuer.get('/me', bearer(String(body.access_token)))).body.sub).toBe('alice')
  })

  test('the subject may be a client', async () => {
    const claims = claimsOf(await exchange({ subject_token: await serviceToken() }))
    expect(claims).toMatchObject({ sub: 'demo-service', client_id: 'demo-web' })
  })

  test('the token may be handed in as a JWT', async () => {
    expect((await exchange({ subject_token_type: JWT })).status).toBe(200)
  })

  test('requested_token_type may be access_token', async () => {
    expect((await exchange({ requested_token_type: ACCESS_TOKEN })).status).toBe(200)
  })
})

describe('delegation (RFC 8693 4.1)', () => {
  const delegate = async (subjectToken: string, actorToken: string) =>
    exchange({ subject_token: subjectToken, actor_token: actorToken, actor_token_type: ACCESS_TOKEN })

  test('names the actor in act', async () => {
    const claims = claimsOf(await delegate(alice.access_token, await serviceToken()))
    expect(claims).toMatchObject({ sub: 'alice', act: { sub: 'demo-service' } })
  })

  test('nests who acted before', async () => {
    const first = await delegate(alice.access_token, await serviceToken())
    const dave = await issuer.login('dave')
    const second = await delegate(String(first.body.access_token), dave.access_token)
    expect(claimsOf(second).act).toEqual({ sub: 'dave', act: { sub: 'demo-service' } })
  })

  test('an impersonation afterwards keeps the chain', async () => {
    const first = await delegate(alice.access_token, await serviceToken())
    const second = await exchange({ subject_token: String(first.body.access_token) })
    expect(claimsOf(second).act).toEqual({ sub: 'demo-service' })
  })

  test('introspection tells of the actor', async () => {
    const { body } = await delegate(alice.access_token, await serviceToken())
    const answer = await issuer.postForm('/introspect', { token: String(body.access_token) }, asWeb)
    expect(answer.body).toMatchObject({ active: true, sub: 'alice', act: { sub: 'demo-service' } })
  })

  test('ten actors are enough', async () => {
    const actor = await serviceToken()
    let token = alice.access_token
    for (let turn = 0; turn < 10; turn++) {
      token = String((await delegate(token, actor)).body.access_token)
    }
    expectRefusal(await delegate(token, actor), invalidRequest('The token would name more than 10 actors'))
    expect((await issuer.failedCheck()).check).toBe('exchange.chain-bounded')
  })
})

describe('may_act (RFC 8693 4.4)', () => {
  const withMayAct = async (may_act: unknown) => {
    await issuer.call('users.update', { id: 'alice', changes: { claims: { may_act } } })
    alice = await issuer.login('alice')
  }
  const refused = invalidRequest('The subject_token does not let this party act')
  const asActor = async () => ({ actor_token: await serviceToken(), actor_token_type: ACCESS_TOKEN })

  test('lets the actor it names act', async () => {
    await withMayAct({ sub: 'demo-service' })
    expect((await exchange(await asActor())).status).toBe(200)
  })

  test('lets no other actor act', async () => {
    await withMayAct({ sub: 'dave' })
    expectRefusal(await exchange(await asActor()), refused)
    expect(await issuer.failedCheck()).toMatchObject({
      check: 'exchange.may-act',
      expected: 'may_act {"sub":"dave"}',
    })
  })

  test('without an actor it is the client that must be named', async () => {
    await withMayAct({ sub: 'demo-service' })
    expectRefusal(await exchange(), refused)
    await withMayAct({ client_id: 'demo-web' })
    expect((await exchange()).status).toBe(200)
    await withMayAct({ iss: ISSUER, sub: 'demo-web' })
    expect((await exchange()).status).toBe(200)
  })

  test('who acted before counts for nothing (4.1)', async () => {
    await withMayAct({ sub: 'demo-service' })
    const first = await exchange(await asActor())
    expect(claimsOf(first).act).toEqual({ sub: 'demo-service' })
    expectRefusal(await exchange({ subject_token: String(first.body.access_token) }), refused)
  })

  test.each([[{ sub: 'demo-service', iss: 'https://other.test' }], [{ email: 'a@b.test' }], [{}], ['dave']])(
    'every claim of it must hold: %j',
    async (mayAct) => {
      await withMayAct(mayAct)
      expectRefusal(await exchange(await asActor()), refused)
    },
  )
})

describe('scope', () => {
  test('may be narrowed', async () => {
    const answer = await exchange({ scope: 'read' })
    expect(answer.body.scope).toBe('read')
    expect(claimsOf(answer).scope).toBe('read')
  })

  test('pitfall: is never widened', async () => {
    expectRefusal(await exchange({ scope: 'read admin' }), {
      status: 400,
      error: 'invalid_scope',
      description: 'The scope goes beyond that of the subject_token',
    })
    expect(await issuer.failedCheck()).toMatchObject({
      check: 'exchange.scope-narrows',
      observed: 'admin',
      expected: 'of openid read write',
    })
  })

  test('left out, it is what the client may have of it', async () => {
    await issuer.call('clients.update', { id: 'demo-web', changes: { allowedScopes: ['read', 'admin'] } })
    expect((await exchange()).body.scope).toBe('read')
  })

  test.each([[{}], [{ scope: ' ' }]])("the client's defaults add nothing: %j", async (fields) => {
    await issuer.call('clients.update', { id: 'demo-web', changes: { defaultScopes: ['admin'] } })
    alice = await issuer.login('alice')
    const answer = await exchange(fields)
    expect(answer.status).toBe(200)
    expect(claimsOf(answer)).not.toHaveProperty('scope')
  })
})

describe('target', () => {
  test('resource and audience become aud, each once, in any number', async () => {
    const body = new URLSearchParams([
      ['grant_type', TOKEN_EXCHANGE],
      ['subject_token', alice.access_token],
      ['subject_token_type', ACCESS_TOKEN],
      ['resource', 'https://a.test/api'],
      ['resource', 'https://b.test/api'],
      ['audience', 'demo-service'],
      ['audience', 'https://a.test/api'],
    ])
    const answer = await issuer.send('/token', { method: 'POST', headers: asWeb, body })
    expect(answer.status).toBe(200)
    expect(claimsOf(answer).aud).toEqual(['https://a.test/api', 'https://b.test/api', 'demo-service'])
  })

  test('a single one is text', async () => {
    expect(claimsOf(await exchange({ audience: 'demo-service' })).aud).toBe('demo-service')
    expect(claimsOf(await exchange()).aud).toBe(ISSUER)
  })

  test('a token for another API is refused by this one', async () => {
    const { body } = await exchange({ resource: 'https://a.test/api' })
    expect((await issuer.get('/me', bearer(String(body.access_token)))).status).toBe(401)
    expect((await issuer.failedCheck()).check).toBe('bearer.token-audience')
  })

  test.each(['api', '/api', 'https://a.test/#x'])('resource %s: invalid_target', async (resource) => {
    expectRefusal(
      await exchange({ resource }),
      invalidTarget('A resource must be an absolute URI without a fragment'),
    )
    expect((await issuer.failedCheck()).check).toBe('resource.syntax')
  })

  test('an audience nobody knows: invalid_target; a warning when lenient', async () => {
    expectRefusal(await exchange({ audience: 'warehouse' }), invalidTarget('Unknown audience'))
    await issuer.call('clients.update', { id: 'demo-web', changes: { profile: 'lenient' } })
    expect(claimsOf(await exchange({ audience: 'warehouse' })).aud).toBe('warehouse')
  })
})
