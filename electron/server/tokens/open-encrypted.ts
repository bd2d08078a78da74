import { errors } from 'jose'
import { isSecretEncryption, keyEncryptions } from '../../../shared/protocol/jwe.ts'
import { encryptionsOf, type PublicJwk } from '../../../shared/protocol/jwk.ts'
import { type JsonObject, shown } from '../../../shared/protocol/jwt.ts'
import type { Core } from '../core.ts'
import type { ClientRecord } from '../store/clients.ts'
import { type EncryptionKeyRecord, isCurrent } from '../store/keys.ts'
import { decrypt } from './jwe/decrypt.ts'
import { keyOfSecret } from './jwe/secret-key.ts'

// Threat: a token that chooses how it is opened. Its alg only picks one of the ways the issuer has a key for; whoever calls has
// seen to it that it is one of them.

/** What came of decrypting something. */
export interface Opened {
  /** Null when it stayed shut. */
  text: string | null
  /** What it was decrypted with, in words. */
  key: string
  /** Why it stayed shut; null when it did not. */
  problem: string | null
}

/** Ways to encrypt for an issuer: for a pair of its JWKS, or with a key made of the client's secret. */
export const offeredEncryptions = (core: Core, issuer: string): string[] =>
  waysOf(core.keys.decrypters(issuer).filter(isCurrent), true)

/** What the issuer can decrypt of a client, also for a pair that is out of the JWKS. */
export const knownEncryptions = (core: Core, issuer: string, client: ClientRecord | null): string[] =>
  waysOf(core.keys.decrypters(issuer), client !== null && client.secret !== null)

const waysOf = (pairs: readonly EncryptionKeyRecord[], secret: boolean): string[] =>
  keyEncryptions.filter((alg) => (isSecretEncryption(alg) ? secret : pairs.some((pair) => isFor(pair, alg))))

const isFor = ({ publicJwk }: EncryptionKeyRecord, alg: unknown): boolean =>
  encryptionsOf(publicJwk as PublicJwk).some((known) => known === alg)

/** Decrypts a compact JWE that was encrypted for the issuer. Never rejects on account of it. */
export async function openEncrypted(
  core: Core,
  issuer: string,
  { token, header, client }: { token: string; header: JsonObject; client: ClientRecord | null },
): Promise<Opened> {
  const { alg, enc } = header
  if (isSecretEncryption(alg)) {
    const key = keyOfSecret(client?.secret ?? '', String(alg), String(enc))
    return attempt(token, header, { key, name: 'a key made of the client secret' })
  }
  const pairs = core.keys.decrypters(issuer).filter((pair) => isFor(pair, alg))
  const named = pairs.filter(({ kid }) => header.kid === undefined || header.kid === kid)
  let last: Opened = { text: null, key: '', problem: unknownKey(core, issuer, header) }
  for (const { kid, privateJwk } of named) {
    last = await attempt(token, header, { key: privateJwk, name: `key "${kid}"` })
    if (last.text !== null) return last
  }
  return last
}

async function attempt(
  token: string,
  header: JsonObject,
  { key, name }: { key: JsonObject | Buffer; name: string },
): Promise<Opened> {
  try {
    return { text: await decrypt(token, header, key), key: name, problem: null }
  } catch (error) {
    const wrong = error instanceof errors.JWEDecryptionFailed
    const reason = wrong ? 'it is for another key, or was changed on its way' : messageOf(error)
    return { text: null, key: name, problem: `does not open with ${name}: ${reason}` }
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

function unknownKey({ keys }: Core, issuer: string, { kid, alg }: JsonObject): string {
  const known = keys.list(issuer).find((key) => key.kid === kid)
  if (known?.use === 'encryption')
    return `the key ${shown(kid)} is ${known.revokedAt === null ? `not for ${shown(alg)}` : 'revoked'}`
  if (known) return `the key ${shown(kid)} is one the issuer signs with`
  return `no key of the issuer to encrypt with has the kid ${shown(kid)}`
}
