import { type CryptoKey, calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose'
import type { SigningAlg } from '../../../shared/contract/values.ts'
import type { Clock } from '../clock.ts'
import { type Random, randomId } from '../random.ts'
import type { Database } from '../store/database.ts'
import { activateKey, insertKey, type KeyRecord, type KeyUse, listKeys } from '../store/keys.ts'

export interface SigningKey {
  kid: string
  alg: SigningAlg
  key: CryptoKey | Uint8Array
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
  /** The issuer's key of this id and use; its algorithm, not the token's header, decides how a signature is checked. */
  verifier(issuer: string, kid: string, use: KeyUse): Promise<SigningKey | undefined>
  /** Of one issuer, or of all. */
  list(issuer?: string): readonly KeyRecord[]
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

export function createKeyRing(parts: KeyRingParts): KeyRing {
  const { database } = parts
  let records: KeyRecord[] | undefined
  let revision = -1
  const imported = new Map<string, Promise<CryptoKey | Uint8Array>>()
  let making: Promise<unknown> = Promise.resolve()

  const list = (issuer?: string): readonly KeyRecord[] => {
    const current = database.read.revision('keys')
    if (!records || current !== revision) records = listKeys(database.read)
    revision = current
    return issuer === undefined ? records : records.filter((record) => record.issuer === issuer)
  }
  const usable = (record: KeyRecord, part: 'private' | 'public'): Promise<CryptoKey | Uint8Array> => {
    const name = `${part}:${record.kid}`
    const jwk = (part === 'public' && record.publicJwk) || record.privateJwk
    const known = imported.get(name) ?? importJWK(jwk as JWK, record.alg)
    imported.set(name, known)
    return known
  }
  const asSigningKey = async (record: KeyRecord, part: 'private' | 'public'): Promise<SigningKey> => ({
    kid: record.kid,
    alg: record.alg,
    key: await usable(record, part),
  })
  /** One at a time: two requests at start-up must not make two active keys. */
  const make = (issuer: string, use: KeyUse, alg: SigningAlg): Promise<void> => {
    const made = making.then(async () => {
      const known = list(issuer).find((record) => record.use === use && record.alg === alg)
      if (known?.active) return
      if (known) database.write((writer) => activateKey(writer, known))
      else {
        const key = { ...(await generate(use, alg, parts)), issuer }
        database.write((writer) => insertKey(writer, key))
      }
    })
    making = made.catch(() => {})
    return made
  }
  const madeFor = (issuer: string, alg: SigningAlg) =>
    list().find((record) => record.issuer === issuer && record.use === 'access' && record.alg === alg)
  /** A key for `alg` beside the active one, which stays what it is. */
  const aside = (issuer: string, alg: SigningAlg): Promise<KeyRecord> => {
    const found = making.then(async () => {
      const known = madeFor(issuer, alg)
      if (known) return known
      const key = { ...(await generate('access', alg, parts)), issuer, active: false }
      database.write((writer) => insertKey(writer, key))
      return key
    })
    making = found.catch(() => {})
    return found
  }
  const active = (issuer: string, use: KeyUse) =>
    list().find((record) => record.issuer === issuer && record.use === use && record.active)
  const signer = async (issuer: string, use: KeyUse): Promise<SigningKey> => {
    if (!active(issuer, use)) await make(issuer, use, use === 'refresh' ? REFRESH_ALG : parts.algOf(issuer))
    return asSigningKey(active(issuer, use)!, 'private')
  }

  return {
    list,
    signWith: (issuer, alg) => make(issuer, 'access', alg),
    signer,
    async responseSigner(issuer, alg) {
      const signing = await signer(issuer, 'access')
      const wanted = alg ?? idTokenAlg(signing.alg)
      if (wanted === signing.alg) return signing
      return asSigningKey(madeFor(issuer, wanted) ?? (await aside(issuer, wanted)), 'private')
    },
    async verifier(issuer, kid, use) {
      const record = list().find(
        (candidate) => candidate.kid === kid && candidate.use === use && candidate.issuer === issuer,
      )
      return record && asSigningKey(record, 'public')
    },
  }
}

async function generate(
  use: KeyUse,
  alg: SigningAlg,
  { clock, random }: { clock: Clock; random: Random },
): Promise<Omit<KeyRecord, 'issuer'>> {
  const base = { use, alg, active: true, createdAt: clock.now() }
  if (alg === 'HS256') {
    // RFC 7518 3.2: at least as long as the hash. Its thumbprint would be a hash of the secret, so the kid is random.
    const kid = randomId(random)
    const secret = randomId(random, 32)
    return { ...base, kid, privateJwk: { kty: 'oct', k: secret, kid, alg, use: 'sig' }, publicJwk: null }
  }
  const pair = await generateKeyPair(alg, { extractable: true, modulusLength: 2048 })
  const kid = await calculateJwkThumbprint(pair.publicKey)
  const described = { kid, alg, use: 'sig' }
  return {
    ...base,
    kid,
    privateJwk: { ...(await exportJWK(pair.privateKey)), ...described },
    publicJwk: { ...(await exportJWK(pair.publicKey)), ...described },
  }
}
