import { decodeJwt, decodeProtectedHeader } from 'jose'
import { expect } from 'vitest'
import { answerOf, openBrowser } from '../../support/browser.ts'
import { bearer } from '../../support/issuer.ts'
import { CAROLS_SECRET, totpCode } from '../../support/totp.ts'
import { flag, list, type Member, single } from './member.ts'
import { ask, browserOf, OUT, openerId, redeem, tokensOf, type World } from './world.ts'

const noIdToken = async (world: World): Promise<void> => {
  expect((await tokensOf(world)).id_token).toBeUndefined()
}

/** The page alice sees when she logs out, and how often her app was told behind it. */
async function logOut(world: World): Promise<{ page: string; told: string[]; sid: unknown }> {
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

/** Carol logs in as far as this context class takes her. */
async function reaches(world: World, acr: string): Promise<void> {
  world.issuer.clock.advance(30)
  const { root, prefix } = world
  const browser = openBrowser(root, prefix)
  const claims = JSON.stringify({ id_token: { acr: { essential: true, values: [acr] } } })
  const page = await browser.follow(await browser.authorize({ client_id: 'app', claims, scope: world.scope }))
  const second = await browser.follow(await browser.fill(page, { username: 'carol', password: 'caroling' }))
  const code = totpCode(CAROLS_SECRET, root.clock.now())
  const answer = answerOf(await browser.fill(second, { code }))
  const { body } = await redeem(world, answer.code)
  expect(decodeJwt(String(body.id_token)).acr).toBe(acr)
}

async function idTokenOpens(world: World, id: string): Promise<void> {
  const { id_token } = await tokensOf(world, { client_id: id })
  expect(decodeJwt(await world.opening.get(id)!(id_token!)), id).toMatchObject({ iss: world.url, aud: id })
}

async function userinfoOpens(world: World, id: string): Promise<void> {
  const { access_token } = await tokensOf(world, { client_id: id })
  const { text } = await world.issuer.get('/userinfo', bearer(access_token!))
  expect(decodeJwt(await world.opening.get(id)!(text)), id).toMatchObject({ sub: 'alice', aud: id })
}

export const openid: Record<string, Member> = {
  userinfo_endpoint: single(
    async (world, url) => {
      const { access_token } = await tokensOf(world)
      expect((await world.root.send(url, { headers: bearer(access_token!) })).body.sub).toBe('alice')
    },
    async (world) => {
      const { access_token } = await tokensOf(world)
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
      const { id_token } = await tokensOf(world, { client_id: type === 'pairwise' ? 'pair' : 'app' })
      expect(decodeJwt(id_token!).sub === 'alice', type).toBe(type === 'public')
    },
    ['public'],
    noIdToken,
  ),
  id_token_signing_alg_values_supported: list(
    async (world, alg) => {
      const { id_token } = await tokensOf(world, { client_id: alg })
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
    const { access_token } = await tokensOf(world, { client_id: alg })
    const { text } = await world.issuer.get('/userinfo', bearer(access_token!))
    expect(decodeProtectedHeader(text).alg).toBe(alg)
  }),
  acr_values_supported: list(reaches, ['1'], noIdToken),
  claims_supported: single(async (world, names) => {
    const scope = 'openid profile email'
    const { code } = await ask(world, { scope, claims: JSON.stringify({ id_token: { acr: null } }) })
    const { body } = await redeem(world, code)
    const userinfo = (await world.issuer.get('/userinfo', bearer(String(body.access_token)))).body
    const had = new Set([...Object.keys(decodeJwt(String(body.id_token))), ...Object.keys(userinfo)])
    expect((names as unknown as string[]).filter((name) => !had.has(name))).toEqual([])
  }, noIdToken),
}
