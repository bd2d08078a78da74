import { join } from 'node:path'
import { decodeJwt } from 'jose'
import { describe, expect, onTestFinished, test } from 'vitest'
import { answerOf, CALLBACK, openBrowser } from '../support/browser.ts'
import { basic, bearer, type Issuer, openIssuer } from '../support/issuer.ts'
import { logInByCode } from '../support/login.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

/** demo-spa and two more clients, all with pairwise subjects; the first two on the same host. */
async function pairwise(options: Parameters<typeof openIssuer>[0] = {}): Promise<Issuer> {
  const issuer = await openIssuer(options)
  const fields = {
    authMethods: ['none' as const],
    subjectType: 'pairwise' as const,
    grantTypes: ['password' as const],
  }
  await issuer.call('clients.update', { id: 'demo-spa', changes: { subjectType: 'pairwise' } })
  await issuer.call('clients.create', { id: 'near', redirectUris: ['https://a.example/x'], ...fields })
  await issuer.call('clients.create', { id: 'near-too', redirectUris: ['https://a.example/y'], ...fields })
  await issuer.call('clients.create', { id: 'far', redirectUris: ['https://b.example/x'], ...fields })
  return issuer
}

const subAt = async (issuer: Issuer, clientId: string, username = 'alice') =>
  decodeJwt((await issuer.login(username, { client_id: clientId })).access_token).sub!

describe('pairwise subjects (OpenID Connect Core 1.0 8.1)', () => {
  test('are the same in ID token, access token, userinfo, introspection and /me', async () => {
    const issuer = await pairwise()
    const { accessToken, idToken, tokens } = await logInByCode(issuer)
    const api = basic('demo-service', 'demo-service-secret')
    const introspect = async (token: string) =>
      (await issuer.postForm('/introspect', { token }, api)).body.sub
    expect(idToken.sub).toMatch(/^[\w-]{43}$/)
    const subs = [
      decodeJwt(accessToken).sub,
      (await issuer.get('/userinfo', bearer(accessToken))).body.sub,
      (await issuer.get('/me', bearer(accessToken))).body.sub,
      await introspect(accessToken),
      await introspect(tokens.refresh_token!),
    ]
    expect(new Set(subs)).toEqual(new Set([idToken.sub]))
  })

  test('differ by sector and by user, and are shared inside a sector', async () => {
    const issuer = await pairwise()
    const [near, nearToo, far] = await Promise.all(['near', 'near-too', 'far'].map((id) => subAt(issuer, id)))
    expect(nearToo).toBe(near)
    expect(new Set([near, far, await subAt(issuer, 'near', 'dave'), 'alice']).size).toBe(4)
    await issuer.call('clients.update', {
      id: 'far',
      changes: { sectorIdentifierUri: 'https://a.example/uris.json' },
    })
    expect(await subAt(issuer, 'far')).toBe(near)
  })

  test('stay the same over a refresh and a restart, and differ from one database to the next', async () => {
    const folder = await temporaryFolder()
    onTestFinished(() => folder.remove())
    const database = join(folder.path, 'grantscope.db')
    const first = await pairwise({ database })
    const { tokens, idToken } = await logInByCode(first)
    await first.grantscope.close()
    const second = await openIssuer({ database, workspace: undefined })
    await second.call('clients.update', { id: 'demo-spa', changes: { subjectType: 'pairwise' } })
    const fields = {
      grant_type: 'refresh_token',
      client_id: 'demo-spa',
      refresh_token: tokens.refresh_token!,
    }
    const { body } = await second.token(fields)
    expect(decodeJwt(String(body.id_token)).sub).toBe(idToken.sub)
    expect(await subAt(await pairwise(), 'demo-spa')).not.toBe(idToken.sub)
  })

  test('are understood in id_token_hint and in claims, at the authorization endpoint and at logout', async () => {
    const issuer = await pairwise()
    const browser = openBrowser(issuer)
    const { tokens, idToken } = await logInByCode(issuer, {}, { browser })
    const hint = { id_token_hint: String(tokens.id_token) }
    const silent = async (parameters: Record<string, string>) =>
      answerOf(await browser.authorize({ prompt: 'none', ...parameters }))
    expect(await silent(hint)).toHaveProperty('code')
    const about = (sub: unknown) => ({ claims: JSON.stringify({ id_token: { sub: { value: sub } } }) })
    expect(await silent(about(idToken.sub))).toHaveProperty('code')
    const dave = await subAt(issuer, 'demo-spa', 'dave')
    expect(await silent(about(dave))).toMatchObject({ error: 'login_required' })
    const left = await browser.get(
      `/end_session?${new URLSearchParams({ ...hint, post_logout_redirect_uri: CALLBACK })}`,
    )
    expect(left.headers.get('location')).toBe(CALLBACK)
    expect(await silent({})).toMatchObject({ error: 'login_required' })
  })

  test('of a client whose redirect URIs have several hosts need a sector_identifier_uri', async () => {
    const issuer = await openIssuer()
    const redirectUris = ['https://a.example/cb', 'https://b.example/cb']
    const refused = async (name: 'clients.create' | 'clients.update', input: unknown) => {
      const envelope = await issuer.grantscope.dispatch(name, input)
      return envelope.ok ? [] : (envelope.error.issues ?? []).map(({ path }) => path)
    }
    const input = { id: 'many', redirectUris, subjectType: 'pairwise' }
    expect(await refused('clients.create', input)).toEqual(['sectorIdentifierUri'])
    await issuer.call('clients.create', { id: 'many', redirectUris })
    const changes = { subjectType: 'pairwise' }
    expect(await refused('clients.update', { id: 'many', changes })).toEqual(['changes.sectorIdentifierUri'])
    const named = { ...changes, sectorIdentifierUri: 'https://a.example/uris.json' }
    expect(await refused('clients.update', { id: 'many', changes: named })).toEqual([])
  })

  test('are advertised', async () => {
    const { body } = await (await openIssuer()).get('/.well-known/openid-configuration')
    expect(body.subject_types_supported).toEqual(['public', 'pairwise'])
  })
})
