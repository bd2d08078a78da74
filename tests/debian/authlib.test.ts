import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { exportJWK, exportPKCS8, generateKeyPair } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Home, temporaryHome } from '../cli/run.ts'
import { type SourceServer, serveFromSource } from '../support/source-server.ts'

// Authlib as Debian packages it: a client written in Python by other people, with every check it has.

const SECRET = 'a-secret-of-at-least-32-characters'
let home: Home
let server: SourceServer
let privateKey: string

beforeAll(async () => {
  home = await temporaryHome()
  server = await serveFromSource(home, ['--db', ':memory:'])
  const pair = await generateKeyPair('RS256', { extractable: true })
  privateKey = await exportPKCS8(pair.privateKey)
  const grantTypes = ['client_credentials']
  await server.call('clients.create', {
    id: 'signing-key',
    authMethods: ['private_key_jwt'],
    jwks: { keys: [await exportJWK(pair.publicKey)] },
    grantTypes,
  })
  await server.call('clients.create', {
    id: 'signing-secret',
    authMethods: ['client_secret_jwt'],
    secret: SECRET,
    grantTypes,
  })
  for (const id of ['demo-web', 'demo-spa']) {
    await server.call('clients.update', { id, changes: { autoApprove: true } })
  }
}, 30_000)

afterAll(async () => {
  await server.stop()
  await home.remove()
})

/** @throws Error with what Authlib printed when it refused something */
async function run(flow: string): Promise<unknown> {
  const child = spawn('/usr/bin/python3', [join(import.meta.dirname, 'authlib_flows.py'), flow], {
    env: { ...home.env, AUTHLIB_INSECURE_TRANSPORT: '1' },
    stdio: 'pipe',
  })
  child.stdin.end(JSON.stringify({ issuer: server.issuer, secret: SECRET, privateKey }))
  const exit = once(child, 'exit')
  const [out, err] = await Promise.all([child.stdout.toArray(), child.stderr.toArray()])
  const [code] = await exit
  if (code !== 0) throw new Error(Buffer.concat(err).toString())
  return JSON.parse(Buffer.concat(out).toString())
}

const login = {
  sub: 'alice',
  scope: 'openid profile email read offline_access',
  userinfo: expect.objectContaining({ sub: 'alice', name: 'Alice Liddell', email_verified: true }),
}

test.each([
  ['code', login],
  ['code-post', login],
  ['code-public', login],
  ['refresh', { rotated: true, me: 200, replay: 'invalid_grant' }],
  ['client-credentials', { scope: 'read', type: 'Bearer' }],
  ['password', { scope: 'read', me: 'alice' }],
  ['introspect-revoke', { before: true, revoked: 200, after: false }],
  ['token-exchange', { scope: 'read', issued: 'urn:ietf:params:oauth:token-type:access_token' }],
  ['end-session', { status: 303, location: 'http://127.0.0.1:54321/callback?state=s' }],
  ['client-secret-jwt', { scope: 'read', type: 'Bearer' }],
  ['private-key-jwt', { scope: 'read', type: 'Bearer' }],
  ['device', { pending: 'authorization_pending', user_code: expect.stringMatching(/^[B-Z]{4}-[B-Z]{4}$/) }],
])('%s', async (flow, expected) => {
  expect(await run(flow)).toEqual(expected)
})
