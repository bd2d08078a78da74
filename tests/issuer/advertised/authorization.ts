import { decodeJwt, decodeProtectedHeader } from 'jose'
import { expect } from 'vitest'
import {
  codeChallengeMethods,
  prompts,
  responseModes,
  responseTypes,
} from '../../../shared/protocol/authorization-request.ts'
import { isSecretEncryption } from '../../../shared/protocol/jwe.ts'
import { unsigned } from '../../support/assertions.ts'
import { CHALLENGE, REQUEST, VERIFIER } from '../../support/browser.ts'
import { encryptionKeyOf, encryptText } from '../../support/encryption.ts'
import { bearer, type Fields } from '../../support/issuer.ts'
import { flag, list, type Member, single } from './member.ts'
import {
  ask,
  browserOf,
  claimsNow,
  OBJECT,
  opened,
  openerId,
  redeem,
  secretKeyOf,
  tokensOf,
  toldBy,
  type World,
} from './world.ts'

/** An answer to a request of this response type has what its words say, and that works. */
async function answers(world: World, responseType: string): Promise<void> {
  const told = await ask(world, { response_type: responseType })
  const words = responseType.split(' ').filter((word) => word !== 'none')
  const came = Object.keys(told).filter((name) => ['code', 'access_token', 'id_token'].includes(name))
  const names = words.map((word) => (word === 'token' ? 'access_token' : word))
  expect(came.sort(), `${responseType}: ${JSON.stringify(told)}`).toEqual(names.sort())
  if (told.code !== undefined) expect((await redeem(world, told.code)).status, responseType).toBe(200)
  if (told.access_token !== undefined)
    expect((await world.issuer.get('/me', bearer(told.access_token))).status, responseType).toBe(200)
  if (told.id_token !== undefined) expect(decodeJwt(told.id_token).nonce).toBe(REQUEST.nonce)
}

const refusedWith =
  (error: string, parameters: (item: string) => Fields) =>
  async (world: World, item: string): Promise<void> => {
    expect((await ask(world, parameters(item))).error, item).toBe(error)
  }

async function challengeWorks(world: World, method: string): Promise<void> {
  const code_challenge = method === 'S256' ? CHALLENGE : VERIFIER
  const { code } = await ask(world, { code_challenge_method: method, code_challenge })
  expect((await redeem(world, code)).status, method).toBe(200)
}

/** RFC 9101 10.8 */
const TYPED = { typ: 'oauth-authz-req+jwt' }

async function requestObject(world: World, alg: string): Promise<Fields> {
  const secret = alg.startsWith('HS')
  const client_id = alg === 'none' ? 'unsigned' : secret ? 'app' : alg
  const claims = {
    ...claimsNow(world, client_id, { sub: undefined }),
    ...REQUEST,
    client_id,
    scope: 'read',
    login_hint: 'alice',
  }
  const request = alg === 'none' ? unsigned(claims, TYPED) : await world.signers.get(alg)!(claims, TYPED)
  return { client_id, request, scope: 'read' }
}

/** The same, encrypted for the issuer or with the secret. */
async function sealedObject(world: World, alg: string, enc: string): Promise<Fields> {
  const { request, ...rest } = await requestObject(world, 'HS256')
  const key = isSecretEncryption(alg) ? secretKeyOf(alg, enc) : await encryptionKeyOf(world.issuer)
  return { ...rest, request: await encryptText(request!, key, { alg, enc, cty: 'JWT' }) }
}

async function answersEncrypted(world: World, id: string): Promise<void> {
  const { response } = await ask(world, { client_id: id, response_mode: 'jwt' })
  const text = await world.opening.get(id)!(response!)
  expect(decodeJwt(text), id).toMatchObject({ iss: world.url, aud: id, code: expect.any(String) })
}

export const authorization: Record<string, Member> = {
  authorization_endpoint: single(async (world, url) => {
    const { status } = await world.root.send(url)
    expect(status).toBe(400)
    const told = toldBy(
      await browserOf(world).post(url, { ...REQUEST, client_id: 'app', login_hint: 'alice', scope: 'read' }),
    )
    expect((await redeem(world, told.code)).status).toBe(200)
  }),
  response_types_supported: list(
    answers,
    responseTypes,
    refusedWith('unsupported_response_type', (response_type) => ({ response_type })),
  ),
  response_modes_supported: list(
    async (world, response_mode) => {
      const told = await ask(world, { response_mode })
      const [mode] = response_mode.split('.')
      expect(told.where, response_mode).toBe(mode === 'jwt' ? 'query' : mode)
      expect(told.response !== undefined, response_mode).toBe(response_mode.includes('jwt'))
      expect((await redeem(world, opened(told).code)).status, response_mode).toBe(200)
    },
    [...responseModes, 'web_message'],
    refusedWith('invalid_request', (response_mode) => ({ response_mode })),
  ),
  code_challenge_methods_supported: list(
    challengeWorks,
    [...codeChallengeMethods, 'S512'],
    refusedWith('invalid_request', (code_challenge_method) => ({
      code_challenge_method,
      code_challenge: VERIFIER,
    })),
  ),
  authorization_response_iss_parameter_supported: flag(
    async (world) => expect((await ask(world)).iss).toBe(world.url),
    async (world) => expect(await ask(world)).not.toHaveProperty('iss'),
  ),
  authorization_signing_alg_values_supported: list(async (world, alg) => {
    const { response } = await ask(world, { client_id: alg, response_mode: 'jwt' })
    expect(decodeProtectedHeader(response!).alg).toBe(alg)
    expect(decodeJwt(response!)).toMatchObject({ iss: world.url, aud: alg, code: expect.any(String) })
  }),
  prompt_values_supported: list(
    async (world, prompt) => {
      const { status, headers } = await browserOf(world).authorize({ prompt, scope: world.scope })
      expect([status, headers.get('location')], prompt).toEqual([
        303,
        expect.not.stringContaining('invalid_request'),
      ])
    },
    [...prompts, 'create'],
    refusedWith('invalid_request', (prompt) => ({ prompt })),
  ),
  display_values_supported: list(async (world, display) => {
    expect(await ask(world, { display }), display).toHaveProperty('code')
  }),
  ui_locales_supported: list(async (world, ui_locales) => {
    const browser = browserOf(world)
    const page = await browser.follow(await browser.authorize({ ui_locales, scope: world.scope }))
    expect(page.text).toContain(`<html lang="${ui_locales}"`)
  }),
  request_parameter_supported: flag(
    async (world) => expect(await ask(world, await requestObject(world, 'ES256'))).toHaveProperty('code'),
    async (world) =>
      expect((await ask(world, await requestObject(world, 'ES256'))).error).toBe('request_not_supported'),
  ),
  request_object_signing_alg_values_supported: list(
    async (world, alg) => {
      const told = await ask(world, await requestObject(world, alg))
      expect(told, `${alg}: ${JSON.stringify(told)}`).toHaveProperty('code')
    },
    ['none'],
    async (world, alg) => {
      expect((await ask(world, await requestObject(world, alg))).error).toBe('invalid_request_object')
    },
  ),
  authorization_encryption_alg_values_supported: list(async (world, alg) =>
    answersEncrypted(world, openerId(alg)),
  ),
  authorization_encryption_enc_values_supported: list(async (world, enc) =>
    answersEncrypted(world, openerId('ECDH-ES', enc)),
  ),
  request_uri_parameter_supported: flag(
    async (world) => {
      world.pages.set(OBJECT, (await requestObject(world, 'HS256')).request!)
      expect(await ask(world, { request_uri: OBJECT })).toHaveProperty('code')
    },
    async (world) =>
      expect((await ask(world, { request_uri: OBJECT })).error).toBe('request_uri_not_supported'),
  ),
  require_request_uri_registration: flag(
    async (world) => {
      const told = await ask(world, { request_uri: 'https://app.example/request.jwt' })
      expect(told.error).toBe('invalid_request_uri')
    },
    async () => expect.unreachable('nothing is fetched unasked'),
  ),
  request_object_encryption_alg_values_supported: list(
    async (world, alg) => {
      const told = await ask(world, await sealedObject(world, alg, 'A128CBC-HS256'))
      expect(told, `${alg}: ${JSON.stringify(told)}`).toHaveProperty('code')
    },
    ['RSA-OAEP', 'RSA1_5'],
    async (world, alg) => {
      const request = `${Buffer.from(JSON.stringify({ alg, enc: 'A128GCM', cty: 'JWT' })).toString('base64url')}.a.b.c.d`
      expect((await ask(world, { request })).error, alg).toBe('invalid_request_object')
    },
  ),
  request_object_encryption_enc_values_supported: list(async (world, enc) => {
    expect(await ask(world, await sealedObject(world, 'dir', enc)), enc).toHaveProperty('code')
  }),
  // A request without one goes through: every other proof here sends such requests.
  require_signed_request_object: flag(
    async (world) => expect((await ask(world)).error).toBe('invalid_request'),
    async (world) => expect(await ask(world)).toHaveProperty('code'),
  ),
  require_pushed_authorization_requests: flag(
    async (world) => expect((await ask(world)).error).toBe('invalid_request'),
    async (world) => expect(await ask(world)).toHaveProperty('code'),
  ),
  claims_parameter_supported: flag(
    async (world) => {
      const claims = JSON.stringify({ id_token: { email: null } })
      const { id_token } = await tokensOf(world, { claims })
      if (id_token !== undefined) expect(decodeJwt(id_token).email).toBe('alice@example.test')
    },
    async () => expect.unreachable('it is always there'),
  ),
  scopes_supported: single(async (world, scopes) => {
    const scope = (scopes as unknown as string[]).join(' ')
    const { body } = await redeem(world, (await ask(world, { scope })).code)
    expect(body.scope).toBe(scope)
  }),
}
