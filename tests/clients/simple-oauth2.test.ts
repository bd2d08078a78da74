import { randomUUID } from 'node:crypto'
import { type AccessToken, AuthorizationCode, ClientCredentials, ResourceOwnerPassword } from 'simple-oauth2'
import { describe, expect, test } from 'vitest'
import { logInByForm } from './login.ts'
import { serverForFile } from './server.ts'

const server = serverForFile()
const auth = () => ({ tokenHost: server().issuer, tokenPath: '/token', revokePath: '/logout' })
const alice = { username: 'alice', password: 'wonderland' }
const webClient = (authorizationMethod: 'header' | 'body' = 'header') =>
  new ResourceOwnerPassword({
    client: { id: 'demo-web', secret: 'demo-web-secret' },
    auth: auth(),
    options: { authorizationMethod },
  })
const codeClient = () =>
  new AuthorizationCode({
    client: { id: 'demo-web', secret: 'demo-web-secret' },
    auth: { ...auth(), authorizePath: '/authorize', revokePath: '/revoke' },
  })
const logIn = (scope = 'read') => webClient().getToken({ ...alice, scope })
const me = (token: AccessToken) =>
  fetch(`${server().issuer}/me`, { headers: { authorization: `Bearer ${token.token.access_token}` } })

describe('simple-oauth2', () => {
  test.each(['header', 'body'] as const)('logs in by password, its secret in the %s', async (method) => {
    const token = await webClient(method).getToken({ ...alice, scope: 'read write' })
    expect(token.token).toMatchObject({ token_type: 'Bearer', expires_in: 900, scope: 'read write' })
    expect(token.expired()).toBe(false)
    expect((await me(token)).status).toBe(200)
  })

  test('learns the reason of a refusal', async () => {
    const failure = await webClient()
      .getToken({ username: 'alice', password: 'x' })
      .catch((error) => error)
    expect(failure.data.payload).toMatchObject({
      error: 'invalid_grant',
      error_description: 'Incorrect username or password',
    })
  })

  test('refreshes, again and again', async () => {
    let token = await logIn()
    for (let round = 0; round < 3; round++) {
      const next = await token.refresh()
      expect(next.token.access_token).not.toBe(token.token.access_token)
      expect(next.token.refresh_token).not.toBe(token.token.refresh_token)
      token = next
    }
    expect((await me(token)).status).toBe(200)
  })

  test('narrows the scope as it refreshes', async () => {
    const token = await logIn('read write')
    expect((await token.refresh({ scope: 'read' })).token.scope).toBe('read')
  })

  test('is refused the second use of a refresh token', async () => {
    const token = await logIn()
    await token.refresh()
    await expect(token.refresh()).rejects.toMatchObject({
      data: { payload: { error: 'invalid_grant', error_description: 'Refresh token revoked' } },
    })
  })

  test('gets a token for itself by client_credentials', async () => {
    const client = new ClientCredentials({
      client: { id: 'demo-service', secret: 'demo-service-secret' },
      auth: auth(),
    })
    const { token } = await client.getToken({ scope: ['read', 'write'] })
    expect(token).toMatchObject({ token_type: 'Bearer', scope: 'read write' })
    expect(token).not.toHaveProperty('refresh_token')
  })

  test('revoked by POST /logout, access and refresh token are dead', async () => {
    const token = await logIn()
    const logout = await fetch(`${server().issuer}/logout`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token.token.access_token}` },
    })
    expect(logout.status).toBe(200)
    expect((await me(token)).status).toBe(401)
    await expect(token.refresh()).rejects.toMatchObject({
      data: { payload: { error: 'invalid_grant', error_description: 'Refresh token revoked' } },
    })
  })

  test('logs in by code, as its README has it, and is refused the second use', async () => {
    const app = codeClient()
    const redirect_uri = 'http://127.0.0.1:54321/callback'
    const state = randomUUID()
    const landed = await logInByForm(
      new URL(app.authorizeURL({ redirect_uri, scope: ['read', 'write'], state })),
    )
    expect(landed.searchParams.get('state')).toBe(state)
    const code = landed.searchParams.get('code')!
    const token = await app.getToken({ code, redirect_uri })
    expect(token.token).toMatchObject({ token_type: 'Bearer', scope: 'read write' })
    expect((await me(token)).status).toBe(200)
    expect((await me(await token.refresh())).status).toBe(200)
    await expect(app.getToken({ code, redirect_uri })).rejects.toMatchObject({
      data: { payload: { error: 'invalid_grant' } },
    })
  })

  test('revokes its access token alone, and then all it has', async () => {
    const stored = JSON.stringify((await logIn()).token)
    const token = codeClient().createToken(JSON.parse(stored))
    await token.revoke('access_token')
    expect((await me(token)).status).toBe(401)
    const next = await token.refresh()
    expect((await me(next)).status).toBe(200)
    await next.revokeAll()
    expect((await me(next)).status).toBe(401)
    await expect(next.refresh()).rejects.toMatchObject({ data: { payload: { error: 'invalid_grant' } } })
  })
})
