import { decodeJwt, decodeProtectedHeader } from 'jose'
import { expect } from 'vitest'
import { answerOf } from '../../support/browser.ts'
import { bearer } from '../../support/issuer.ts'
import { flag, list, type Member, single } from './member.ts'
import { once } from './once.ts'
import { openerId } from './openers.ts'
import { dpopOf, login, loginBy, openedBy } from './seen.ts'
import { ask, browserOf, OUT, redeem, tokensOf, type World } from './world.ts'

const noIdToken = async (world: World): Promise<void> => {
  expect((await login(world)).tokens.id_token).toBeUndefined()
}

/** The page alice sees when she logs out, and what her app was told behind it. */
interface LoggedOut {
  page: string
  told: string[]
  sid: unknown
}

const logOut = (world: World): Promise<LoggedOut> => once(world.seen, 'logout', () => loggedOut(world))

async function loggedOut(world: World): Promise<LoggedOut> {
  const browser = browserOf(world)
  const query = { client_id: 'app', login_hint: 'alice', scope: world.scope }
  const { code } = answerOf(await browser.authorize(query))
  const id_token = String((await redeem(world, code)).body.id_token)
  const before = world.heard.length
  const hint = new URLSearchParams({ id_token_hint: id_token })
  const { text } = await browser.get(`${world.prefix}/end_session?${hint}`)
  // The back channel is not waited for by the page, and here it takes no more than a signature.
  await expect.poll(() => world.heard.length, { interval: 1 }).toBe(before + 1)
  return {
    page: text.replaceAll('&amp;', '&'),
    told: world.heard.slice(before),
    sid: decodeJwt(id_token).sid,
  }
}

const framed = async (world: World) => {
  const { page, sid } = await logOut(world)
  expect(page).toContain(`<iframe src="${OUT}?${new URLSearchParams({ iss: world.url, sid: String(sid) })}"`)
}

const toldOf = async (world: World) => {
  const { told, sid } = await logOut(world)
  const token = new URLSearchParams(told[0]).get('logout_token')
  expect(decodeJwt(token!)).toMatchObject({ iss: world.url, aud: 'app', sid })
}

/** Carol, who has shown all she has, is answered with this context class. */
async function reaches(world: World, acr: string): Promise<void> {
  const claims = JSON.stringify({ id_token: { acr: { essential: true, values: [acr] } } })
  const { code } = await ask(world, { client_id: 'opaque', claims }, 'carol')
  const { body } = await redeem(world, code, 'opaque')
  expect(decodeJwt(String(body.id_token)).acr).toBe(acr)
}

/** A claim given in each of the ways there are (OpenID Connect Core 1.0 5.6). */
const ofType: Readonly<Record<string, Record<string, unknown>>> = {
  normal: { score: 650 },
  aggregated: { _claim_names: { score: 's' }, _claim_sources: { s: { JWT: 'eyJhbGciOiJub25lIn0.e30.' } } },
  distributed: {
    _claim_names: { score: 's' },
    _claim_sources: { s: { endpoint: 'https://agency.example/claims', access_token: 'ksj3n283dke' } },
  },
}

async function idTokenOpens(world: World, id: string): Promise<void> {
  const { id_token } = (await openedBy(world, id)).tokens
  expect(decodeJwt(await world.opening.get(id)!(id_token)), id).toMatchObject({ iss: world.url, aud: id })
}

const userinfoOpens = (world: World, id: string): Promise<void> =>
  once(world.seen, `userinfo for ${id}`, async () => {
    const { access_token } = (await openedBy(world, id)).tokens
    const { text } = await world.issuer.get('/userinfo', bearer(access_token))
    expect(decodeJwt(await world.opening.get(id)!(text)), id).toMatchObject({ sub: 'alice', aud: id })
  })

export const openid: Record<string, Member> = {
  userinfo_endpoint: single(
    async (world, url) => {
      const { access_token } = (await login(world)).tokens
      expect((await world.root.send(url, { headers: bearer(access_token!) })).body.sub).toBe('alice')
    },
    async (world) => {
      const { access_token } = (await login(world)).tokens
      expect((await world.issuer.get('/userinfo', bearer(access_token!))).body.error).toBe(
        'insufficient_scope',
      )
    },
  ),
  end_session_endpoint: single(async (world, url) => {
    const { id_token } = await tokensOf(world)
    const { status } = await world.root.send(`${url}?${new URLSearchParams({ id_token_hint: id_token! })}`)
    expect(status).toBe(200)
  }),
  frontchannel_logout_supported: flag(framed, noIdToken),
  frontchannel_logout_session_supported: flag(framed, noIdToken),
  backchannel_logout_supported: flag(toldOf, noIdToken),
  backchannel_logout_session_supported: flag(toldOf, noIdToken),
  subject_types_supported: list(
    async (world, type) => {
      const { id_token } =
        type === 'pairwise' ? await tokensOf(world, { client_id: 'pair' }) : (await login(world)).tokens
      expect(decodeJwt(id_token!).sub === 'alice', type).toBe(type === 'public')
    },
    ['public'],
    noIdToken,
  ),
  id_token_signing_alg_values_supported: list(
    async (world, alg) => {
      const { id_token } = (await loginBy(world, alg)).tokens
      expect(decodeProtectedHeader(id_token!).alg).toBe(alg)
    },
    ['ES256'],
    noIdToken,
  ),
  id_token_encryption_alg_values_supported: list(
    async (world, alg) => idTokenOpens(world, openerId(alg)),
    ['ECDH-ES'],
    noIdToken,
  ),
  id_token_encryption_enc_values_supported: list(
    async (world, enc) => idTokenOpens(world, openerId('ECDH-ES', enc)),
    ['A128GCM'],
    noIdToken,
  ),
  userinfo_encryption_alg_values_supported: list(async (world, alg) => userinfoOpens(world, openerId(alg))),
  userinfo_encryption_enc_values_supported: list(async (world, enc) =>
    userinfoOpens(world, openerId('ECDH-ES', enc)),
  ),
  userinfo_signing_alg_values_supported: list(async (world, alg) => {
    const accessToken = (await loginBy(world, alg)).tokens.access_token
    const headers = await dpopOf(world, alg, { method: 'GET', path: '/userinfo', accessToken })
    const { text } = await world.issuer.get('/userinfo', headers)
    expect(decodeProtectedHeader(text).alg).toBe(alg)
  }),
  acr_values_supported: list(reaches, ['1'], noIdToken),
  claims_supported: single(async (world, names) => {
    const { access_token, id_token } = (await login(world)).tokens
    const { body } = await world.issuer.get('/userinfo', bearer(access_token!))
    const had = new Set([...Object.keys(decodeJwt(id_token!)), ...Object.keys(body)])
    expect((names as unknown as string[]).filter((name) => !had.has(name))).toEqual([])
  }, noIdToken),
  claim_types_supported: list(async (world, type) => {
    const { claims } = await world.issuer.call('users.get', { id: 'alice' })
    await world.issuer.call('users.update', { id: 'alice', changes: { claims: ofType[type]! } })
    const { access_token } = await tokensOf(world, {})
    const { body } = await world.issuer.get('/userinfo', bearer(access_token!))
    await world.issuer.call('users.update', { id: 'alice', changes: { claims } })
    expect(body, type).toMatchObject(ofType[type]!)
  }),
}
