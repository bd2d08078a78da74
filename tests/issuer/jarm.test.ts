import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose'
import { describe, expect, test } from 'vitest'
import { CALLBACK, codeFields, locationOf, openBrowser } from '../support/browser.ts'
import { type Answer, type Fields, ISSUER, type Issuer, openIssuer, START } from '../support/issuer.ts'

// Answers as a signed JWT (JARM).

async function open(changes: object = {}) {
  const issuer = await openIssuer()
  await issuer.call('clients.update', { id: 'demo-spa', changes })
  return { issuer, browser: openBrowser(issuer) }
}

/** The JWT, and where it was found. */
function responseOf(answer: Answer): { place: string; response: string } {
  const location = answer.headers.get('location')
  const inPage = /name="response" value="([^"]+)"/.exec(answer.text)?.[1]
  if (location === null) return { place: 'form', response: inPage! }
  const [, place, text] = /^http:\/\/127\.0\.0\.1:3000\/callback([?#])(.*)$/.exec(location)!
  const parameters = new URLSearchParams(text)
  expect([...parameters.keys()]).toEqual(['response'])
  return { place: place!, response: parameters.get('response')! }
}

async function verified(issuer: Issuer, response: string) {
  const jwks = (await issuer.get('/jwks')).body as unknown as JSONWebKeySet
  const { payload } = await jwtVerify(response, createLocalJWKSet(jwks), {
    issuer: ISSUER,
    audience: 'demo-spa',
    currentDate: new Date(issuer.clock.now()),
  })
  return payload
}

describe('the answer', () => {
  test.each([
    ['jwt', '?'],
    ['query.jwt', '?'],
    ['fragment.jwt', '#'],
    ['form_post.jwt', 'form'],
  ])('%s: one parameter, signed, with iss, aud and exp', async (response_mode, expected) => {
    const { issuer, browser } = await open()
    const { place, response } = responseOf(await browser.logIn('alice', { response_mode }))
    expect(place).toBe(expected)
    const { code, ...rest } = await verified(issuer, response)
    expect(rest).toEqual({ state: 'af0ifjsldkj', iss: ISSUER, aud: 'demo-spa', exp: START / 1000 + 600 })
    expect((await issuer.token(codeFields(String(code)))).status).toBe(200)
  })

  test('jwt is the fragment where a token comes along', async () => {
    const { issuer, browser } = await open({ responseTypes: ['code id_token'] })
    await issuer.call('settings.update', { legacyResponseTypes: true })
    const asked = { response_mode: 'jwt', response_type: 'code id_token' }
    const { place, response } = responseOf(await browser.logIn('alice', asked))
    expect(place).toBe('#')
    expect(Object.keys(await verified(issuer, response))).toEqual(
      expect.arrayContaining(['code', 'id_token', 'state']),
    )
  })

  test('is of a type of its own, and no hint of who logged in', async () => {
    const { issuer, browser } = await open()
    const { response } = responseOf(await browser.logIn('alice', { response_mode: 'jwt' }))
    expect(decodeProtectedHeader(response).typ).toBe('oauth-authz-resp+jwt')
    await browser.authorize({ id_token_hint: response })
    expect((await issuer.failedCheck()).check).toBe('authorize.id-token-hint')
  })

  test('is signed with the algorithm of the client', async () => {
    const { issuer, browser } = await open({ authorizationSignedResponseAlg: 'EdDSA' })
    const { response } = responseOf(await browser.logIn('alice', { response_mode: 'jwt' }))
    expect(decodeProtectedHeader(response).alg).toBe('EdDSA')
    await verified(issuer, response)
  })
})

describe('an error', () => {
  test('is signed too', async () => {
    const { issuer, browser } = await open()
    const asked: Fields = { response_mode: 'jwt', prompt: 'none' }
    const { place, response } = responseOf(await browser.authorize(asked))
    expect(place).toBe('?')
    expect(await verified(issuer, response)).toMatchObject({ error: 'login_required', state: 'af0ifjsldkj' })
  })

  test('so is a denial on the pages of the login', async () => {
    const { browser } = await open()
    const page = await browser.follow(await browser.authorize({ response_mode: 'fragment.jwt' }))
    const { place, response } = responseOf(await browser.fill(page, { decision: 'deny' }))
    expect([place, decodeJwt(response).error]).toEqual(['#', 'access_denied'])
  })

  test('an unknown mode is told without one', async () => {
    const { browser } = await open()
    const location = locationOf(await browser.authorize({ response_mode: 'page.jwt' }))
    expect(location).toContain(`${CALLBACK}?error=invalid_request`)
  })
})

test('discovery names the modes and the algorithms', async () => {
  const issuer = await openIssuer()
  const { body } = await issuer.get('/.well-known/openid-configuration')
  expect(body).toMatchObject({
    response_modes_supported: [
      'query',
      'fragment',
      'form_post',
      'jwt',
      'query.jwt',
      'fragment.jwt',
      'form_post.jwt',
    ],
    authorization_signing_alg_values_supported: ['RS256', 'PS256', 'ES256', 'EdDSA'],
  })
})
