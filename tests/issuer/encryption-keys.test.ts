import { generateKeyPairSync } from 'node:crypto'
import { CompactSign, decodeProtectedHeader, importJWK } from 'jose'
import { describe, expect, test } from 'vitest'
import { encryptionKeyOf } from '../support/encryption.ts'
import { bearer, type Issuer, openIssuer } from '../support/issuer.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

// The pair of an issuer that clients encrypt with: it decrypts, and nothing else.

const pairsOf = async (issuer: Issuer) =>
  (await issuer.call('keys.list', {})).filter(
    ({ use, issuer: name }) => use === 'encryption' && name === 'default',
  )
const offered = async (issuer: Issuer) =>
  (await issuer.get('/.well-known/openid-configuration')).body.request_object_encryption_alg_values_supported

describe('the pair of an issuer', () => {
  test('is in the JWKS with its use, and without its private half', async () => {
    const issuer = await openIssuer()
    const key = await encryptionKeyOf(issuer)
    expect(Object.keys(key).sort()).toEqual(['crv', 'kid', 'kty', 'use', 'x', 'y'])
    const [pair] = await pairsOf(issuer)
    expect(pair).toMatchObject({ kid: key.kid, alg: 'ECDH-ES', state: 'published', active: false })
    const shown = await issuer.call('keys.get', { kid: pair!.kid })
    expect(shown.pem).toContain('BEGIN PUBLIC KEY')
    expect(JSON.stringify(shown)).not.toContain('"d"')
    expect(await issuer.grantscope.dispatch('keys.secret', { kid: pair!.kid })).toMatchObject({
      ok: false,
      error: { code: 'refused' },
    })
  })

  test('never signs, and what it signed would be no token', async () => {
    const issuer = await openIssuer()
    const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' })
    const text = JSON.stringify({ ...pair, kid: 'mine' })
    await issuer.call('keys.import', { text, use: 'encryption' })
    expect(await issuer.grantscope.dispatch('keys.activate', { kid: 'mine' })).toMatchObject({
      ok: false,
      error: { code: 'refused', message: expect.stringContaining('signs nothing') },
    })
    const { access_token } = await issuer.login('alice')
    const [head, payload] = access_token.split('.')
    const header = JSON.parse(Buffer.from(head!, 'base64url').toString())
    const forged = await new CompactSign(Buffer.from(payload!, 'base64url'))
      .setProtectedHeader({ ...header, kid: 'mine' })
      .sign(await importJWK(pair, 'ES256'))
    expect((await issuer.get('/me', bearer(forged))).status).toBe(401)
    expect(await issuer.call('tokens.inspect', { input: forged })).toMatchObject({ signature: 'unknown_key' })
    const labKey = { kind: 'issuer', kid: 'mine' } as const
    const signed = { header: JSON.stringify({ alg: 'ES256' }), payload: '{}', key: labKey }
    expect(await issuer.grantscope.dispatch('lab.sign', signed)).toMatchObject({ ok: false })
    // The issuer goes on signing with its own, whatever it is told to sign with.
    await issuer.call('settings.update', { signingAlg: 'EdDSA' })
    await issuer.call('settings.update', { signingAlg: 'ES256' })
    const again = await issuer.login('alice')
    expect(decodeProtectedHeader(again.access_token).kid).toBe(header.kid)
  })

  test('is rotated: the new one is offered, the old one decrypts until it is revoked', async () => {
    const issuer = await openIssuer()
    const [old] = await pairsOf(issuer)
    const next = await issuer.call('keys.generate', { use: 'encryption', alg: 'ECDH-ES', activate: true })
    expect((await pairsOf(issuer)).map(({ kid, state }) => [kid, state])).toEqual([
      [old!.kid, 'retired'],
      [next.kid, 'published'],
    ])
    expect((await encryptionKeyOf(issuer)).kid).toBe(next.kid)
    expect((await issuer.call('keys.publish', { kid: old!.kid })).state).toBe('published')
    expect((await issuer.call('keys.retire', { kid: old!.kid })).state).toBe('retired')
    expect((await issuer.call('keys.revoke', { kid: old!.kid })).state).toBe('revoked')
    await issuer.call('keys.delete', { kid: old!.kid })
    expect(await pairsOf(issuer)).toHaveLength(1)
  })

  test('of another kind is beside it, and discovery names what there is a key for', async () => {
    const issuer = await openIssuer()
    const curve = ['ECDH-ES', 'ECDH-ES+A128KW', 'ECDH-ES+A256KW']
    const secret = ['dir', 'A128KW', 'A256KW']
    expect(await offered(issuer)).toEqual([...curve, ...secret])
    await issuer.call('keys.generate', { use: 'encryption', alg: 'RSA-OAEP-256', activate: true })
    expect(await offered(issuer)).toEqual(['RSA-OAEP', 'RSA-OAEP-256', ...curve, ...secret])
    const [first] = await pairsOf(issuer)
    await issuer.call('keys.retire', { kid: first!.kid })
    expect(await offered(issuer)).toEqual(['RSA-OAEP', 'RSA-OAEP-256', ...secret])
  })

  test('is made with an issuer, and survives a restart', async () => {
    const folder = await temporaryFolder()
    const database = `${folder.path}/keys.db`
    const first = await openIssuer({ database })
    await first.call('issuers.create', { name: 'acme', settings: { signingAlg: 'ES256' } })
    const before = await first.call('keys.list', {})
    expect(before.filter(({ use }) => use === 'encryption').map(({ issuer }) => issuer)).toEqual([
      'default',
      'acme',
    ])
    await first.grantscope.close()
    const second = await openIssuer({
      database,
      workspace: { issuers: [{ name: 'acme', settings: { signingAlg: 'ES256' } }] },
    })
    expect(await second.call('keys.list', {})).toEqual(before)
    await second.grantscope.close()
    await folder.remove()
  })

  test('that was retired on purpose is not made again', async () => {
    const issuer = await openIssuer()
    const [pair] = await pairsOf(issuer)
    await issuer.call('keys.retire', { kid: pair!.kid })
    await issuer.call('settings.update', { signingAlg: 'EdDSA' })
    expect((await pairsOf(issuer)).map(({ state }) => state)).toEqual(['retired'])
  })
})

describe('what is refused', () => {
  const issuesOf = async (issuer: Issuer, name: 'keys.generate' | 'keys.import', input: object) => {
    const envelope = await issuer.grantscope.dispatch(name, input)
    return envelope.ok ? [] : (envelope.error.issues ?? []).map(({ path }) => path)
  }

  test('an algorithm that signs, for a pair, and the other way round', async () => {
    const issuer = await openIssuer()
    expect(await issuesOf(issuer, 'keys.generate', { use: 'encryption', alg: 'ES256' })).toEqual(['alg'])
    expect(await issuesOf(issuer, 'keys.generate', { alg: 'ECDH-ES' })).toEqual(['alg'])
    expect(await issuesOf(issuer, 'keys.generate', { use: 'refresh', alg: 'RSA-OAEP-256' })).toEqual(['alg'])
  })

  test('a key nobody can encrypt with', async () => {
    const issuer = await openIssuer()
    const ed = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' })
    const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const signing = { ...ec.privateKey.export({ format: 'jwk' }), use: 'sig' }
    for (const jwk of [ed, signing, ec.publicKey.export({ format: 'jwk' }), { kty: 'oct', k: 'AAAA' }])
      expect(await issuesOf(issuer, 'keys.import', { use: 'encryption', text: JSON.stringify(jwk) })).toEqual(
        ['text'],
      )
    const text = JSON.stringify(ec.privateKey.export({ format: 'jwk' }))
    expect(await issuesOf(issuer, 'keys.import', { use: 'encryption', alg: 'RSA-OAEP-256', text })).toEqual([
      'alg',
    ])
  })
})
