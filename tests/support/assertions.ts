import { CompactSign, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose'
import { ISSUER, type Issuer, START } from './issuer.ts'

export const CLIENT_ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

export type Signer = (claims: object, header?: object) => Promise<string>

export interface TestKey {
  /** Public half, as it is registered. */
  jwk: JWK & { kty: string }
  sign: Signer
  /** Signs a payload as it is, whatever its JSON. */
  signText(payload: string): Promise<string>
}

/** A new key pair of a client. */
export async function makeKey(alg = 'ES256', kid: string | undefined = 'k1'): Promise<TestKey> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true })
  const jwk = { ...(await exportJWK(publicKey)), ...(kid === undefined ? {} : { kid }) }
  return {
    jwk: jwk as TestKey['jwk'],
    sign: (claims, header = {}) =>
      new SignJWT({ ...claims })
        .setProtectedHeader({ alg, ...(kid === undefined ? {} : { kid }), ...header })
        .sign(privateKey),
    signText: (payload) =>
      new CompactSign(new TextEncoder().encode(payload)).setProtectedHeader({ alg }).sign(privateKey),
  }
}

/** Signs with the bytes of a client secret (OpenID Connect Core 1.0 10.1). */
export const secretSigner =
  (secret: string, alg = 'HS256'): Signer =>
  (claims, header = {}) =>
    new SignJWT({ ...claims }).setProtectedHeader({ alg, ...header }).sign(new TextEncoder().encode(secret))

let made = 0

/** Claims that pass every check at START, for a client that authenticates (RFC 7523 3, OpenID Connect Core 1.0 9). */
export const claimsOf = (client: string, changes: Record<string, unknown> = {}) => ({
  iss: client,
  sub: client,
  aud: ISSUER,
  iat: START / 1000,
  exp: START / 1000 + 60,
  jti: `jti-${++made}`,
  ...changes,
})

/** A JWT with alg none (RFC 7515 appendix A.5), signed by nobody. */
export function unsigned(claims: object, header: object = {}): string {
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${encode({ alg: 'none', ...header })}.${encode(claims)}.`
}

export const asClient = (assertion: string) => ({
  client_assertion_type: CLIENT_ASSERTION_TYPE,
  client_assertion: assertion,
})

/** Registers a client that proves itself with this key. */
export const registerSigner = (issuer: Issuer, key: TestKey, more: object = {}) =>
  issuer.call('clients.create', {
    id: 'signer',
    authMethods: ['private_key_jwt'],
    jwks: { keys: [key.jwk] },
    grantTypes: ['client_credentials', 'password', 'refresh_token'],
    ...more,
  })
