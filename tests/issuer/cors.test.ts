import { describe, expect, test } from 'vitest'
import { bearer, cookie, openIssuer } from '../support/issuer.ts'

const origin = { origin: 'https://app.test' }
const open: [string, string][] = [
  ['GET', '/.well-known/openid-configuration'],
  ['GET', '/.well-known/oauth-authorization-server'],
  ['GET', '/.well-known/oauth-protected-resource'],
  ['GET', '/.well-known/oauth-protected-resource/items'],
  ['GET', '/.well-known/webfinger'],
  ['GET', '/jwks'],
  ['POST', '/token'],
  ['POST', '/device_authorization'],
  ['POST', '/revoke'],
  ['POST', '/register'],
  ['GET', '/register/app'],
  ['PUT', '/register/app'],
  ['DELETE', '/register/app'],
  ['GET', '/me'],
  ['GET', '/items'],
  ['POST', '/refresh'],
  ['POST', '/logout'],
  ['POST', '/2fa/setup'],
  ['POST', '/2fa/verify'],
]
const closed: [string, string][] = [
  ['POST', '/login'],
  ['POST', '/introspect'],
  ['POST', '/device'],
  ['POST', '/par'],
]

describe('a page of another origin', () => {
  test.each(open)('may call %s %s, and read refusals too', async (method, path) => {
    const issuer = await openIssuer()
    const { headers } = await issuer.send(path, { method, headers: origin })
    expect(headers.get('access-control-allow-origin')).toBe('*')
    expect(headers.get('access-control-expose-headers')).toBe('WWW-Authenticate, Retry-After, DPoP-Nonce')
  })

  test.each(open)('is told so before %s %s', async (method, path) => {
    const issuer = await openIssuer()
    const { status, headers, text } = await issuer.send(path, {
      method: 'OPTIONS',
      headers: { ...origin, 'access-control-request-method': method },
    })
    expect(status).toBe(204)
    expect(text).toBe('')
    expect(headers.get('access-control-allow-origin')).toBe('*')
    expect(headers.get('access-control-allow-methods')).toContain(method)
    expect(headers.get('access-control-allow-headers')).toBe(
      'Authorization, Content-Type, DPoP, X-Request-Id',
    )
    expect(headers.get('access-control-max-age')).toBe('600')
  })

  test.each(closed)('may not call %s %s', async (method, path) => {
    const issuer = await openIssuer()
    for (const verb of [method, 'OPTIONS']) {
      const { headers } = await issuer.send(path, { method: verb, headers: origin })
      expect(headers.get('access-control-allow-origin')).toBeNull()
      expect(headers.get('access-control-allow-headers')).toBeNull()
    }
  })

  test('never gets at a session: no route allows credentials', async () => {
    const issuer = await openIssuer()
    const login = await issuer.postForm('/login', { username: 'alice', password: 'wonderland' })
    const session = /session_id=([^;]+)/.exec(login.headers.get('set-cookie')!)![1]!
    for (const [method, path] of [...open, ...closed]) {
      const { headers } = await issuer.send(path, { method, headers: { ...origin, ...cookie(session) } })
      expect(headers.get('access-control-allow-credentials')).toBeNull()
    }
  })

  test('gets a whole login: token, profile, items', async () => {
    const issuer = await openIssuer()
    const fields = { grant_type: 'password', username: 'alice', password: 'wonderland', scope: 'read' }
    const { headers, body } = await issuer.token(fields, origin)
    expect(headers.get('access-control-allow-origin')).toBe('*')
    const token = { ...bearer(String(body.access_token)), ...origin }
    for (const path of ['/me', '/items']) {
      const answer = await issuer.get(path, token)
      expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([200, '*'])
    }
  })
})

test('a request without Origin gets no CORS headers', async () => {
  const issuer = await openIssuer()
  for (const [method, path] of open) {
    const { headers } = await issuer.send(path, { method })
    expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
  }
})

test('OPTIONS names what a route takes', async () => {
  const issuer = await openIssuer()
  const { status, headers } = await issuer.send('/items', { method: 'OPTIONS' })
  expect([status, headers.get('allow')]).toEqual([204, 'GET, POST, OPTIONS'])
})
