import {
  CompactEncrypt,
  type CompactJWEHeaderParameters,
  compactDecrypt,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JSONWebKeySet,
  type JWK,
} from 'jose'
import type { Issuer } from './issuer.ts'

/** A key pair that others encrypt with. */
export interface OpeningKey {
  /** Public half, as it is registered. */
  jwk: JWK & { kty: string }
  /** What is inside a JWE, and its header. */
  open(jwe: string): Promise<{ header: CompactJWEHeaderParameters; text: string }>
}

export async function openingKey(kind: 'RSA' | 'EC' = 'EC', kid = 'e1'): Promise<OpeningKey> {
  const alg = kind === 'RSA' ? 'RSA-OAEP-256' : 'ECDH-ES'
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true })
  const privateJwk = await exportJWK(privateKey)
  const imported = new Map<string, ReturnType<typeof importJWK>>()
  /** What WebCrypto opens with is for one algorithm, and its making takes longer than the opening. */
  const keyFor = (alg: string) => {
    const key = imported.get(alg) ?? importJWK(privateJwk, alg)
    imported.set(alg, key)
    return key
  }
  return {
    jwk: { ...(await exportJWK(publicKey)), kid, use: 'enc' } as OpeningKey['jwk'],
    async open(jwe) {
      const { plaintext, protectedHeader } = await compactDecrypt(jwe, async ({ alg }) => keyFor(alg))
      return { header: protectedHeader, text: new TextDecoder().decode(plaintext) }
    },
  }
}

/** The key of an issuer's JWKS that others encrypt with. */
export async function encryptionKeyOf(issuer: Issuer, kty?: string): Promise<JWK> {
  const { keys } = (await issuer.get('/jwks')).body as unknown as JSONWebKeySet
  return keys.find((key) => key.use === 'enc' && (kty === undefined || key.kty === kty))!
}

/** A compact JWE, as a client makes it. */
export const encryptText = async (
  text: string,
  key: JWK | Uint8Array,
  header: { alg: string; enc: string } & Record<string, unknown>,
): Promise<string> =>
  new CompactEncrypt(new TextEncoder().encode(text))
    .setProtectedHeader(header)
    .encrypt(key instanceof Uint8Array ? key : await importJWK(key, header.alg))
