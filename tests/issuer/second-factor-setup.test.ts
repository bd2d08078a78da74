import { describe, expect, test } from 'vitest'
import { expectInvalidToken, expectRefusal } from '../support/expect-refusal.ts'
import { bearer, openIssuer } from '../support/issuer.ts'
import { totpCode } from '../support/totp.ts'

async function openWithDave() {
  const issuer = await openIssuer()
  const { access_token } = await issuer.login('dave', { scope: 'read' })
  const token = bearer(access_token)
  const setUp = () => issuer.postJson('/2fa/setup', {}, token)
  const verify = (code: string) => issuer.postJson('/2fa/verify', { code }, token)
  return { issuer, token, setUp, verify }
}

describe('POST /2fa/setup', () => {
  test('gives an otpauth URI, the secret in it, and its QR code as a PNG data URL', async () => {
    const { setUp } = await openWithDave()
    const { status, headers, body } = await setUp()
    expect(status).toBe(200)
    expect(headers.get('cache-control')).toBe('no-store')
    expect(Object.keys(body)).toEqual(['provisioning_uri', 'secret', 'qr'])
    expect(body.secret).toMatch(/^[A-Z2-7]{32}$/)
    const uri = new URL(String(body.provisioning_uri))
    expect(uri.protocol).toBe('otpauth:')
    expect(decodeURIComponent(uri.href)).toContain('totp/Grantscope:dave@example.test')
    expect(Object.fromEntries(uri.searchParams)).toMatchObject({ secret: body.secret, issuer: 'Grantscope' })
    const [head, data] = String(body.qr).split(',')
    expect(head).toBe('data:image/png;base64')
    expect([...Buffer.from(data!, 'base64').subarray(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47])
  })

  test('is active only after the first right code', async () => {
    const { issuer, token, setUp, verify } = await openWithDave()
    const { secret } = (await setUp()).body
    expect((await issuer.login('dave')).scope).toBe('')
    expect((await issuer.get('/me', token)).body.two_factor).toBe(false)
    expect((await verify(totpCode(String(secret), issuer.clock.now()))).status).toBe(200)
    expect((await issuer.login('dave')).scope).toBe('2fa')
    expect((await issuer.get('/me', token)).body.two_factor).toBe(true)
  })

  test('the first right code gives a full token response of the same grant', async () => {
    const { issuer, setUp, verify } = await openWithDave()
    const { secret } = (await setUp()).body
    const { body } = await verify(totpCode(String(secret), issuer.clock.now()))
    expect(body).toMatchObject({ token_type: 'Bearer', scope: 'read', refresh_token: expect.any(String) })
    const { rows } = await issuer.call('tokens.list', {})
    expect(new Set(rows.map(({ grantId }) => grantId)).size).toBe(1)
  })

  test('repeated before that, gives a new secret, and the old one counts no more', async () => {
    const { issuer, setUp, verify } = await openWithDave()
    const [first, second] = [(await setUp()).body, (await setUp()).body]
    expect(second.secret).not.toBe(first.secret)
    expect((await verify(totpCode(String(first.secret), issuer.clock.now()))).status).toBe(401)
    expect((await verify(totpCode(String(second.secret), issuer.clock.now()))).status).toBe(200)
  })

  test('of two at the same time the later one counts, for both of its answers agree', async () => {
    const { issuer, setUp } = await openWithDave()
    const answers = await Promise.all([setUp(), setUp()])
    const { secret } = await issuer.call('users.secondFactor', { id: 'dave' })
    expect(answers.map(({ body }) => body.secret)).toContain(secret)
  })

  test('names the user by username in the URI when there is no email', async () => {
    const { issuer, setUp } = await openWithDave()
    await issuer.call('users.update', { id: 'dave', changes: { email: null } })
    expect(decodeURIComponent(String((await setUp()).body.provisioning_uri))).toContain(
      'totp/Grantscope:dave?',
    )
  })
})

describe('POST /2fa/setup is refused', () => {
  test('when the second factor is on: 400, or a stolen token could replace it for good', async () => {
    const { issuer, setUp, verify } = await openWithDave()
    const { secret } = (await setUp()).body
    await verify(totpCode(String(secret), issuer.clock.now()))
    expectRefusal(await setUp(), {
      status: 400,
      error: 'invalid_request',
      description: 'The second factor is already on',
    })
    expect((await issuer.failedCheck()).check).toBe('second-factor.not-enrolled')
    expect((await issuer.call('users.secondFactor', { id: 'dave' })).secret).toBe(secret)
  })

  test('with a pending token: 401 "Second factor required"', async () => {
    const issuer = await openIssuer()
    const { access_token } = await issuer.login('carol')
    expectInvalidToken(
      await issuer.postJson('/2fa/setup', {}, bearer(access_token)),
      'Second factor required',
    )
  })

  test('reset in the workbench, it can be set up again', async () => {
    const issuer = await openIssuer()
    await issuer.call('users.resetSecondFactor', { id: 'carol' })
    const { access_token } = await issuer.login('carol')
    expect((await issuer.postJson('/2fa/setup', {}, bearer(access_token))).status).toBe(200)
  })
})
