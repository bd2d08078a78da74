import { createPrivateKey, createPublicKey, createSecretKey, type KeyObject } from 'node:crypto'
import type { EncryptionKeyAlg, SigningAlg } from '../../../shared/contract/values.ts'
import type { JsonObject } from '../../../shared/protocol/jwt.ts'
import type { Clock } from '../clock.ts'
import type { Random } from '../random.ts'
import type { Database } from '../store/database.ts'
import {
  activateKey,
  type EncryptionKeyRecord,
  insertKey,
  isCurrent,
  isEncryptionKey,
  isSigningKey,
  type KeyRecord,
  type KeyUse,
  listKeys,
  type SigningKeyRecord,
} from '../store/keys.ts'
import { generateEncryptionKey, generateSigningKey } from './generate-key.ts'

export interface SigningKey {
  kid: string
  alg: SigningAlg
  key: KeyObject
  /** Hashes of tokens that were seen to be signed by it: the same letters need no second look. */
  genuine: Set<string>
}

export interface KeyRing {
  /** The key that signs new tokens of this use for this issuer. */
  signer(issuer: string, use: KeyUse): Promise<SigningKey>
  /**
   * The key that signs ID tokens and other answers to a client: one for `alg`, made when there is none. Left out, it is the one
   * of access tokens when its algorithm is asymmetric, else one for RS256. HS256 would take each client's own secret (OpenID
   * Connect Core 1.0 10.1), which public clients have not.
   */
  responseSigner(issuer: string, alg?: SigningAlg | null): Promise<SigningKey>
  /** The key `responseSigner` would take for `alg`; undefined when it would make one. */
  forAlg(issuer: string, alg: SigningAlg): SigningKeyRecord | undefined
  /**
   * The issuer's key of this id and use, unless it is revoked; its algorithm, not the token's header, decides how a signature
   * is checked.
   */
  verifier(issuer: string, kid: string, use: KeyUse): Promise<SigningKey | undefined>
  /** Of one issuer, or of all, whatever they are for. */
  list(issuer?: string): readonly KeyRecord[]
  /** Those of one issuer, or of all, that sign or signed. */
  signing(issuer?: string): readonly SigningKeyRecord[]
  /** The pairs of an issuer that others encrypt with, the newest first; also those that are out of the JWKS, but none revoked. */
  decrypters(issuer: string): readonly EncryptionKeyRecord[]
  /** Makes the issuer a pair to encrypt with if it has none, of the kind of `alg`, which it signs with. */
  ensureDecrypter(issuer: string, alg: SigningAlg): Promise<void>
  /** The public keys an issuer shows to everyone (RFC 7517 5); a symmetric key has no public half and stays out. */
  published(issuer: string): { keys: Record<string, unknown>[] }
  /** Lets `alg` sign the issuer's access tokens from now on, with a key made before or a new one. */
  signWith(issuer: string, alg: SigningAlg): Promise<void>
}

export interface KeyRingParts {
  database: Database
  clock: Clock
  random: Random
  /** What the issuer is set to sign access tokens with. */
  algOf: (issuer: string) => SigningAlg
}

const REFRESH_ALG = 'HS256'

/** What ID tokens are signed with while access tokens are signed with `alg`. */
export const idTokenAlg = (alg: SigningAlg): SigningAlg => (alg === 'HS256' ? 'RS256' : alg)

/** Whoever can verify what the issuer signs can encrypt with a key of that kind. */
const pairAlg = (alg: SigningAlg): EncryptionKeyAlg =>
  alg === 'ES256' || alg === 'EdDSA' ? 'ECDH-ES' : 'RSA-OAEP-256'

export function createKeyRing({ database, clock, random, algOf }: KeyRingParts): KeyRing {
  let records: KeyRecord[] | undefined
  let revision = -1
  const asSigningKey = createImporter()
  let making: Promise<unknown> = Promise.resolve()

  const list = (issuer?: string): readonly KeyRecord[] => {
    const current = database.read.revision('keys')
    if (!records || current !== revision) records = listKeys(database.read)
    revision = current
    return issuer === undefined ? records : records.filter((record) => record.issuer === issuer)
  }
  const signing = (issuer?: string) => list(issuer).filter(isSigningKey)
  const active = (issuer: string, use: KeyUse) =>
    signing(issuer).find((record) => record.use === use && record.active)
  /** The one that signs, if it is for `alg`, else the newest that waits. */
  const current = (issuer: string, use: KeyUse, alg: SigningAlg) => {
    const fitting = signing(issuer).filter(
      (record) => record.use === use && record.alg === alg && isCurrent(record),
    )
    return fitting.find((record) => record.active) ?? fitting.at(-1)
  }
  const generate = async (issuer: string, use: KeyUse, alg: SigningAlg, signs: boolean) => {
    const material = await generateSigningKey(alg, random)
    const key = { ...material, issuer, use, active: signs, createdAt: clock.now() }
    database.write((writer) => insertKey(writer, key))
    return signing().find(({ kid }) => kid === key.kid)!
  }
  /** One at a time: two requests at start-up must not make two active keys. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = making.then(work)
    making = done.catch(() => {})
    return done
  }
  const make = (issuer: string, use: KeyUse, alg: SigningAlg): Promise<void> =>
    inTurn(async () => {
      const known = current(issuer, use, alg)
      if (known?.active) return
      if (known) database.write((writer) => activateKey(writer, known, clock.now()))
      else await generate(issuer, use, alg, true)
    })
  /** A key for `alg` beside the active one, which stays what it is. */
  const aside = (issuer: string, alg: SigningAlg): Promise<SigningKeyRecord> =>
    inTurn(async () => current(issuer, 'access', alg) ?? generate(issuer, 'access', alg, false))
  const signer = async (issuer: string, use: KeyUse): Promise<SigningKey> => {
    if (!active(issuer, use)) await make(issuer, use, use === 'refresh' ? REFRESH_ALG : algOf(issuer))
    return asSigningKey(active(issuer, use)!, 'private')
  }

  return {
    list,
    signing,
    ...createPairs({ database, clock, list, inTurn }),
    signWith: (issuer, alg) => make(issuer, 'access', alg),
    signer,
    forAlg: (issuer, alg) => current(issuer, 'access', alg),
    published: (issuer) => ({
      keys: list(issuer).flatMap((record) =>
        record.publicJwk && isCurrent(record) ? [record.publicJwk] : [],
      ),
    }),
    async responseSigner(issuer, alg) {
      const signing = await signer(issuer, 'access')
      const wanted = alg ?? idTokenAlg(signing.alg)
      if (wanted === signing.alg) return signing
      return asSigningKey(current(issuer, 'access', wanted) ?? (await aside(issuer, wanted)), 'private')
    },
    async verifier(issuer, kid, use) {
      const record = signing(issuer).find((candidate) => candidate.kid === kid && candidate.use === use)
      return record && record.revokedAt === null ? asSigningKey(record, 'public') : undefined
    },
  }
}

interface PairParts extends Pick<KeyRingParts, 'database' | 'clock'> {
  list: KeyRing['list']
  inTurn: <T>(work: () => Promise<T>) => Promise<T>
}

/** The pairs that others encrypt with, which sign nothing. */
function createPairs({
  database,
  clock,
  list,
  inTurn,
}: PairParts): Pick<KeyRing, 'decrypters' | 'ensureDecrypter'> {
  const pairs = (issuer: string) => list(issuer).filter(isEncryptionKey)
  return {
    decrypters: (issuer) =>
      pairs(issuer)
        .filter(({ revokedAt }) => revokedAt === null)
        .toReversed(),
    ensureDecrypter: (issuer, alg) =>
      inTurn(async () => {
        if (pairs(issuer).length > 0) return
        const material = await generateEncryptionKey(pairAlg(alg))
        const place = { issuer, use: 'encryption', active: false, createdAt: clock.now() } as const
        database.write((writer) => insertKey(writer, { ...material, ...place }))
      }),
  }
}

/** Keys of the store as keys to sign or verify with, each imported once. */
function createImporter() {
  // By the JWK as it was read, so that a kid that comes again with another key is not mistaken.
  const imported = new WeakMap<object, SigningKey>()
  return ({ kid, alg, publicJwk, privateJwk }: SigningKeyRecord, part: 'private' | 'public'): SigningKey => {
    const jwk = (part === 'public' && publicJwk) || privateJwk
    const known = imported.get(jwk) ?? { kid, alg, key: importKey(jwk, part), genuine: new Set<string>() }
    imported.set(jwk, known)
    return known
  }
}

function importKey(jwk: JsonObject, part: 'private' | 'public'): KeyObject {
  if (jwk.kty === 'oct') return createSecretKey(String(jwk.k), 'base64url')
  const input = { key: jwk, format: 'jwk' } as const
  return part === 'public' ? createPublicKey(input) : createPrivateKey(input)
}
