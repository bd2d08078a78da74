import { createRemoteJWKSet, errors, jwtVerify } from 'jose'
import { describe, expect, test } from 'vitest'
import { serverForFile } from './server.ts'

const server = serverForFile()

const readJson = async (response: Response) => (await response.json()) as Record<string, string>
const login = async () => {
  const body = new URLSearchParams({
    grant_type: 'password',
    username: 'alice',
    password: 'wonderland',
    scope: 'read',
  })
  return readJson(await fetch(`${server().issuer}/token`, { method: 'POST', body }))
}
const accessToken = async (): Promise<string> => (await login()).access_token!
const discovered = async () => {
  const metadata = await readJson(await fetch(`${server().issuer}/.well-known/openid-configuration`))
  return { issuer: metadata.issuer!, keys: createRemoteJWKSet(new URL(metadata.jwks_uri!)) }
}
const signWith = (signingAlg: string) => server().call('settings.update', { signingAlg })

describe("an API that verifies with jose's createRemoteJWKSet, from discovery alone", () => {
  test.each(['RS256', 'PS256', 'ES256', 'EdDSA'])('accepts an access token signed with %s', async (alg) => {
    await signWith(alg)
    const { issuer, keys } = await discovered()
    const { payload, protectedHeader } = await jwtVerify(await accessToken(), keys, {
      issuer,
      audience: issuer,
      typ: 'at+jwt',
      algorithms: [alg],
      requiredClaims: ['sub', 'client_id', 'iat', 'jti', 'exp'],
    })
    expect(protectedHeader.alg).toBe(alg)
    expect(payload).toMatchObject({ sub: 'alice', client_id: 'demo-spa', scope: 'read' })
  })

  test('finds the new key by its kid when the algorithm changes while running', async () => {
    await signWith('ES256')
    const before = await accessToken()
    await signWith('EdDSA')
    const after = await accessToken()
    const { issuer, keys } = await discovered()
    for (const token of [before, after]) await jwtVerify(token, keys, { issuer, audience: issuer })
  })

  test('refuses a token for another audience, one changed, and a refresh token', async () => {
    await signWith('RS256')
    const { issuer, keys } = await discovered()
    const token = await accessToken()
    await expect(jwtVerify(token, keys, { issuer, audience: 'other' })).rejects.toThrow(
      errors.JWTClaimValidationFailed,
    )
    const [header, , signature] = token.split('.')
    const payload = Buffer.from(JSON.stringify({ iss: issuer, aud: issuer, sub: 'root' })).toString(
      'base64url',
    )
    await expect(jwtVerify([header, payload, signature].join('.'), keys)).rejects.toThrow(
      errors.JWSSignatureVerificationFailed,
    )
    const { refresh_token } = await login()
    await expect(jwtVerify(refresh_token!, keys, { issuer })).rejects.toThrow(errors.JOSEError)
  })

  test('HS256 verifies with the secret from the workbench', async () => {
    await signWith('HS256')
    const token = await accessToken()
    const { kid } = JSON.parse(Buffer.from(token.split('.')[0]!, 'base64url').toString())
    const { secret } = await server().call<{ secret: string }>('keys.secret', { kid })
    const { issuer } = server()
    await jwtVerify(token, Buffer.from(secret, 'base64url'), { issuer, audience: issuer, typ: 'at+jwt' })
  })
})
