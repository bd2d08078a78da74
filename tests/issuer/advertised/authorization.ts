import { decodeJwt, decodeProtectedHeader } from 'jose'
import { expect } from 'vitest'
import {
  codeChallengeMethods,
  prompts,
  responseModes,
  responseTypes,
} from '../../../shared/protocol/authorization-request.ts'
import { isSecretEncryption } from '../../../shared/protocol/jwe.ts'
import { CHALLENGE, REQUEST, VERIFIER } from '../../support/browser.ts'
import { encryptionKeyOf, encryptText } from '../../support/encryption.ts'
import { bearer, type Fields } from '../../support/issuer.ts'
import { flag, list, type Member, single } from './member.ts'
import { once } from './once.ts'
import { openerId, secretKeyOf } from './openers.ts'
import { type Login, login, loginIn, openedBy, plainObject, toldByObject } from './seen.ts'
import {
  ask,
  browserOf,
  browserOfUser,
  OBJECT,
  opened,
  redeem,
  SECRET,
  type Told,
  toldBy,
  type World,
} from './world.ts'

/** A request of the client whose tokens are made in no time. */
const askLightly = (world: World, parameters: Fields): Promise<Told> =>
  ask(world, { client_id: 'opaque', scope: 'read', ...parameters })

/** How the token endpoint takes its code. */
const trades = async (world: World, code: string | undefined): Promise<number> =>
  (await redeem(world, code, 'opaque')).status

/** An answer to a request of this response type has what its words say, and that works. */
async function answers(world: World, responseType: string): Promise<void> {
  const told = await askLightly(world, {
    response_type: responseType,
    ...(responseType.includes('id_token') ? { scope: world.scope } : {}),
  })
  const words = responseType.split(' ').filter((word) => word !== 'none')
  const came = Object.keys(told).filter((name) => ['code', 'access_token', 'id_token'].includes(name))
  const names = words.map((word) => (word === 'token' ? 'access_token' : word))
  expect(came.sort(), `${responseType}: ${JSON.stringify(told)}`).toEqual(names.sort())
  if (told.code !== undefined) expect(await trades(world, told.code), responseType).toBe(200)
  if (told.access_token !== undefined)
    expect((await world.issuer.get('/me', bearer(told.access_token))).status, responseType).toBe(200)
  if (told.id_token !== undefined) expect(decodeJwt(told.id_token).nonce).toBe(REQUEST.nonce)
}

const refusedWith =
  (error: string, parameters: (item: string) => Fields) =>
  async (world: World, item: string): Promise<void> => {
    expect((await ask(world, parameters(item))).error, item).toBe(error)
  }

async function inMode(world: World, response_mode: string): Promise<Pick<Login, 'told' | 'answer'>> {
  const login = loginIn(world, response_mode)
  if (login) return login
  const told = await askLightly(world, { response_mode })
  return { told, answer: await redeem(world, opened(told).code, 'opaque') }
}

async function challengeWorks(world: World, method: string): Promise<void> {
  const code_challenge = method === 'S256' ? CHALLENGE : VERIFIER
  const { code } = await askLightly(world, { code_challenge_method: method, code_challenge })
  expect(await trades(world, code), method).toBe(200)
}

/** What a request is answered whose object is encrypted for the issuer, or with the secret. */
const toldBySealed = (world: World, alg: string, enc: string): Promise<Told> =>
  once(world.seen, `object for ${alg} ${enc}`, async () => {
    const { request, ...rest } = await plainObject(world)
    const issuerKey = () => once(world.seen, 'encryption key', () => encryptionKeyOf(world.issuer))
    const key = isSecretEncryption(alg) ? secretKeyOf(SECRET, alg, enc) : await issuerKey()
    return ask(world, { ...rest, request: await encryptText(request, key, { alg, enc, cty: 'JWT' }) })
  })

async function answersEncrypted(world: World, id: string): Promise<void> {
  const { response } = await openedBy(world, id)
  expect(response, id).toMatchObject({ iss: world.url, aud: id, code: expect.any(String) })
}

export const authorization: Record<string, Member> = {
  authorization_endpoint: single(async (world, url) => {
    const { status } = await world.root.send(url)
    expect(status).toBe(400)
    const told = toldBy(
      await browserOfUser(world).post(url, { ...REQUEST, client_id: 'opaque', scope: 'read' }),
    )
    expect(await trades(world, told.code)).toBe(200)
  }),
  response_types_supported: list(
    answers,
    responseTypes,
    refusedWith('unsupported_response_type', (response_type) => ({ response_type })),
  ),
  response_modes_supported: list(
    async (world, response_mode) => {
      const { told, answer } = await inMode(world, response_mode)
      const [mode] = response_mode.split('.')
      expect(told.where, response_mode).toBe(mode === 'jwt' ? 'query' : mode)
      expect(told.response !== undefined, response_mode).toBe(response_mode.includes('jwt'))
      expect(answer.status, response_mode).toBe(200)
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
    async (world) => expect((await login(world)).told.iss).toBe(world.url),
    async (world) => expect((await login(world)).told).not.toHaveProperty('iss'),
  ),
  authorization_signing_alg_values_supported: list(async (world, alg) => {
    const { response } = await toldByObject(world, alg)
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
    expect(await askLightly(world, { display }), display).toHaveProperty('code')
  }),
  ui_locales_supported: list(async (world, ui_locales) => {
    const browser = browserOf(world)
    const page = await browser.follow(await browser.authorize({ ui_locales, scope: world.scope }))
    expect(page.text).toContain(`<html lang="${ui_locales}"`)
  }),
  request_parameter_supported: flag(
    async (world) => expect(opened(await toldByObject(world, 'ES256'))).toHaveProperty('code'),
    async (world) => expect((await toldByObject(world, 'ES256')).error).toBe('request_not_supported'),
  ),
  request_object_signing_alg_values_supported: list(
    async (world, alg) => {
      const told = await toldByObject(world, alg)
      expect(opened(told), `${alg}: ${JSON.stringify(told)}`).toHaveProperty('code')
    },
    ['none'],
    async (world, alg) => {
      expect((await toldByObject(world, alg)).error).toBe('invalid_request_object')
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
      world.pages.set(OBJECT, (await plainObject(world)).request)
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
    async (world, alg) => expect(await toldBySealed(world, alg, 'A128CBC-HS256'), alg).toHaveProperty('code'),
    ['RSA-OAEP', 'RSA1_5'],
    async (world, alg) => {
      const header = Buffer.from(JSON.stringify({ alg, enc: 'A128GCM', cty: 'JWT' })).toString('base64url')
      expect((await ask(world, { request: `${header}.a.b.c.d` })).error, alg).toBe('invalid_request_object')
    },
  ),
  request_object_encryption_enc_values_supported: list(async (world, enc) =>
    expect(await toldBySealed(world, 'dir', enc), enc).toHaveProperty('code'),
  ),
  // A request without one goes through: every other proof here sends such requests.
  require_signed_request_object: flag(
    async (world) => expect((await ask(world)).error).toBe('invalid_request'),
    async (world) => expect((await login(world)).told).toHaveProperty('code'),
  ),
  require_pushed_authorization_requests: flag(
    async (world) => expect((await ask(world)).error).toBe('invalid_request'),
    async (world) => expect((await login(world)).told).toHaveProperty('code'),
  ),
  claims_parameter_supported: flag(
    async (world) => {
      const { id_token } = (await login(world)).tokens
      if (id_token !== undefined) expect(decodeJwt(id_token).email).toBe('alice@example.test')
    },
    async () => expect.unreachable('it is always there'),
  ),
  scopes_supported: single(async (world, scopes) => {
    const scope = (scopes as unknown as string[]).join(' ')
    const { code } = await askLightly(world, { scope })
    expect((await redeem(world, code, 'opaque')).body.scope).toBe(scope)
  }),
}
