import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { expectRefusal } from '../support/expect-refusal.ts'
import { bearer, openIssuer } from '../support/issuer.ts'

describe('what no route takes', () => {
  test.each(['/', '/nowhere', '/token/', '/TOKEN', '/me/../admin', '//me'])('%s: 404', async (path) => {
    const issuer = await openIssuer()
    const { status, headers, body } = await issuer.send(`http://127.0.0.1:4400${path}`)
    expect(status).toBe(404)
    expect(headers.get('content-type')).toBe('application/json')
    expect(body).toEqual({
      error: 'not_found',
      error_description: 'There is no such endpoint',
      detail: 'There is no such endpoint',
      path: new URL(`http://127.0.0.1:4400${path}`).pathname,
    })
  })

  const wrong: [string, string, string, string][] = [
    ['GET', '/token', '/token takes POST', 'POST, OPTIONS'],
    ['PUT', '/token', '/token takes POST', 'POST, OPTIONS'],
    ['DELETE', '/items', '/items takes GET or POST', 'GET, POST, OPTIONS'],
    ['POST', '/me', '/me takes GET', 'GET, OPTIONS'],
    ['GET', '/logout', '/logout takes POST', 'POST, OPTIONS'],
    ['PATCH', '/refresh', '/refresh takes POST', 'POST, OPTIONS'],
    ['HEAD', '/login', '/login takes POST', 'POST, OPTIONS'],
    ['POST', '/jwks', '/jwks takes GET', 'GET, OPTIONS'],
  ]
  test.each(wrong)('%s %s: 405 with Allow', async (method, path, description, allow) => {
    const issuer = await openIssuer()
    const { status, headers, body } = await issuer.send(path, { method })
    expect(status).toBe(405)
    expect(headers.get('allow')).toBe(allow)
    const expected = { error: 'invalid_request', error_description: description, detail: description }
    expect(body).toEqual(method === 'HEAD' ? {} : expected)
  })

  test('HEAD answers as GET does, without the body', async () => {
    const issuer = await openIssuer()
    const { access_token } = await issuer.login('alice')
    const { status, headers, text } = await issuer.send('/me', {
      method: 'HEAD',
      headers: bearer(access_token),
    })
    expect(status).toBe(200)
    expect(headers.get('content-type')).toBe('application/json')
    expect(text).toBe('')
  })
})

describe('error bodies', () => {
  test('hold nothing but error, error_description and detail, the latter two the same', async () => {
    const issuer = await openIssuer()
    const answers = [
      await issuer.token({}),
      await issuer.token({ grant_type: 'password', username: 'alice', password: 'x' }),
      await issuer.postJson('/refresh', {}),
      await issuer.get('/me'),
      await issuer.postForm('/login', {}),
      await issuer.postForm('/logout', {}),
      await issuer.postJson('/2fa/setup', {}),
      await issuer.postJson('/2fa/verify', {}),
      await issuer.postForm('/introspect', {}),
      await issuer.postForm('/revoke', {}),
    ]
    for (const { status, body, headers } of answers) {
      expect(status).toBeGreaterThanOrEqual(400)
      expect(Object.keys(body)).toEqual(['error', 'error_description', 'detail'])
      expect(body.detail).toBe(body.error_description)
      expect(headers.get('cache-control')).toBe('no-store')
    }
  })

  test('keep error_description within the characters of RFC 6749 5.2, whatever was sent', async () => {
    const issuer = await openIssuer()
    const nasty = 'a"b\\c\u0007d\u00e9\u{1f98a}\r\n\t'
    const answers = [
      await issuer.token({ grant_type: nasty }),
      await issuer.token({ [nasty]: '1', grant_type: 'x' }),
      await issuer.send('/token', {
        method: 'POST',
        body: `${encodeURIComponent(nasty)}=1&${encodeURIComponent(nasty)}=2`,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      }),
      await issuer.token({
        grant_type: 'password',
        username: 'alice',
        password: 'wonderland',
        scope: '<b>&',
      }),
    ]
    for (const { status, body } of answers) {
      expect(status).toBe(400)
      expect(body.error_description).toMatch(/^[\x20\x21\x23-\x5B\x5D-\x7E]+$/)
    }
  })

  test('cut long names short', async () => {
    const issuer = await openIssuer()
    const { body } = await issuer.token({ grant_type: 'x'.repeat(10_000) })
    expect(String(body.error_description).length).toBeLessThan(300)
  })
})

describe('a defect of ours', () => {
  /** Ids of grants and tokens cannot be drawn any more once it is broken. */
  const openDefective = async () => {
    let broken = false
    const bytes = (length: number) => {
      if (broken && length === 11) throw new Error('private detail')
      return randomBytes(length)
    }
    const issuer = await openIssuer({ random: { bytes } })
    const breakIt = () => {
      broken = true
    }
    return { issuer, breakIt }
  }
  const alice = { grant_type: 'password', username: 'alice', password: 'wonderland' }

  test('is 500 server_error without its cause, and one entry in the log', async () => {
    const { issuer, breakIt } = await openDefective()
    breakIt()
    const answer = await issuer.token(alice)
    expectRefusal(answer, { status: 500, error: 'server_error', description: 'Grantscope made a mistake' })
    expect(issuer.log).toHaveLength(1)
    expect(issuer.log[0]).toMatch(/^POST \/token failed: .*private detail/)
    expect(issuer.log[0]).not.toContain('wonderland')
  })

  test('leaves nothing half done: no grant, no token', async () => {
    const { issuer, breakIt } = await openDefective()
    breakIt()
    await issuer.token(alice)
    expect((await issuer.call('tokens.list', {})).total).toBe(0)
  })
})

test('a closed issuer answers 503 and says so', async () => {
  const issuer = await openIssuer()
  await issuer.grantscope.close()
  const { status, headers, body } = await issuer.get('/me')
  expect(status).toBe(503)
  expect(headers.get('cache-control')).toBe('no-store')
  expect(body).toEqual({
    error: 'temporarily_unavailable',
    error_description: 'Grantscope is closed.',
    detail: 'Grantscope is closed.',
  })
})
