import { SignJWT } from 'jose'
import { describe, expect, test } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { basic, ISSUER, type Issuer, openIssuer, START } from '../support/issuer.ts'

// Guessing (RFC 6749 2.3.1, 4.3.2, 10.10): twenty wrong tries within a minute, then nothing is looked at.

const WRONG = basic('demo-web', 'guess')
const RIGHT = basic('demo-web', 'demo-web-secret')
const alice = { grant_type: 'password', username: 'alice', password: 'wonderland' }
const introspect = (issuer: Issuer, headers: Record<string, string>) =>
  issuer.postForm('/introspect', { token: 'x' }, headers)

async function times(count: number, act: () => Promise<{ status: number }>): Promise<Set<number>> {
  const statuses = new Set<number>()
  for (let done = 0; done < count; done += 1) statuses.add((await act()).status)
  return statuses
}

async function guessSecrets(issuer: Issuer): Promise<void> {
  expect(await times(20, () => introspect(issuer, WRONG))).toEqual(new Set([401]))
}

describe('a client secret that was wrong twenty times within a minute', () => {
  test('is looked at no more, be it right, and the client is told how long', async () => {
    const issuer = await openIssuer()
    expect(await times(19, () => introspect(issuer, WRONG))).toEqual(new Set([401]))
    expect((await introspect(issuer, RIGHT)).status).toBe(200)
    const last = await introspect(issuer, WRONG)
    expect(last.body.error_description).toBe('Client authentication failed')
    issuer.clock.advance(13)
    const { status, headers, body } = await introspect(issuer, RIGHT)
    expect([status, headers.get('retry-after')]).toEqual([401, '47'])
    expect(headers.get('www-authenticate')).toMatch(/^Basic /)
    expect(body).toMatchObject({
      error: 'invalid_client',
      error_description: 'Too many wrong secrets, try again in 47 seconds',
    })
    const refused = (await issuer.lastExchange()).verdicts.find(({ outcome }) => outcome === 'failed')
    expect(refused).toMatchObject({
      check: 'throttle.secret',
      observed: '20 wrong secrets within a minute',
    })
    issuer.clock.advance(47)
    expect((await introspect(issuer, RIGHT)).status).toBe(200)
  })

  test.each(['/token', '/revoke', '/par', '/introspect'])('nor at %s, in the body', async (path) => {
    const issuer = await openIssuer()
    await guessSecrets(issuer)
    const fields = {
      grant_type: 'client_credentials',
      token: 'x',
      client_id: 'demo-web',
      client_secret: 'demo-web-secret',
    }
    expect((await issuer.postForm(path, fields)).body.error_description).toContain('Too many wrong secrets')
  })

  test('leaves other clients alone', async () => {
    const issuer = await openIssuer()
    await guessSecrets(issuer)
    const service = basic('demo-service', 'demo-service-secret')
    expect((await introspect(issuer, service)).status).toBe(200)
  })

  test('is guessed by signatures, too', async () => {
    const client = {
      id: 'signs',
      secret: 'a secret of thirty-two characters',
      authMethods: ['client_secret_jwt' as const],
      grantTypes: ['client_credentials' as const],
    }
    const issuer = await openIssuer({ workspace: { clients: [client] } })
    let serial = 0
    const by = async (secret: string) => {
      serial += 1
      const assertion = await new SignJWT({ jti: String(serial) })
        .setProtectedHeader({ alg: 'HS256' })
        .setIssuer('signs')
        .setSubject('signs')
        .setAudience(ISSUER)
        .setExpirationTime(START / 1000 + 60)
        .sign(new TextEncoder().encode(secret))
      return issuer.token({
        grant_type: 'client_credentials',
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: assertion,
      })
    }
    expect((await by(client.secret)).status).toBe(200)
    await times(20, () => by('another secret of as many letters'))
    expect((await by(client.secret)).body.error_description).toContain('Too many wrong secrets')
  })

  test('is looked at under the profile lenient', async () => {
    const issuer = await openIssuer({ workspace: { settings: { profile: 'lenient' } } })
    await guessSecrets(issuer)
    expect((await introspect(issuer, RIGHT)).status).toBe(200)
  })

  test('is forgotten by a clock that is moved back', async () => {
    const issuer = await openIssuer()
    await guessSecrets(issuer)
    issuer.clock.advance(-1)
    expect((await introspect(issuer, RIGHT)).status).toBe(200)
  })
})

describe('a password that was wrong twenty times within a minute', () => {
  test.each(['alice', 'nobody'])('is looked at no more at the password grant: %s', async (username) => {
    const issuer = await openIssuer()
    const guess = () => issuer.token({ ...alice, username, password: 'guess' })
    expect(await times(20, guess)).toEqual(new Set([400]))
    const { status, headers, body } = await issuer.token({ ...alice, username })
    expect([status, headers.get('retry-after')]).toEqual([400, '60'])
    expect(body).toMatchObject({
      error: 'invalid_grant',
      error_description: 'Too many wrong passwords, try again in 60 seconds',
    })
    expect(
      (await issuer.token({ ...alice, username: 'bob', password: 'guess' })).body.error_description,
    ).toBe('Incorrect username or password')
    issuer.clock.advance(60)
    expect((await guess()).body.error_description).toBe('Incorrect username or password')
  })

  test('is refused on the login page, in words', async () => {
    const issuer = await openIssuer()
    await times(20, () => issuer.token({ ...alice, password: 'guess' }))
    const browser = openBrowser(issuer)
    const page = await browser.follow(await browser.authorize())
    const answer = await browser.fill(page, { username: 'alice', password: 'wonderland' })
    expect(answer.text).toContain('Too many wrong passwords, try again in 60 seconds')
    expect(answer.headers.get('retry-after')).toBe('60')
  })

  test('of many tries at once, those past the twentieth learn nothing', async () => {
    const issuer = await openIssuer()
    const answers = await Promise.all(
      Array.from({ length: 30 }, () => issuer.token({ ...alice, password: 'guess' })),
    )
    const wrong = answers.filter(({ body }) => body.error_description === 'Incorrect username or password')
    expect([answers.length, wrong.length]).toEqual([30, 20])
  })
})

test('who was wrong is forgotten before a flood of names fills the memory', async () => {
  const { createThrottle } = await import('../../electron/server/throttle.ts')
  const throttle = createThrottle({ now: () => START })
  for (let name = 0; name <= 10_000; name += 1) throttle.noteWrong(`name ${name}`)
  expect([throttle.tries('name 0'), throttle.tries('name 10000')?.wrong]).toEqual([null, 1])
})
