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
  /** The key that signs new tokens of this use. */
  signer(use: KeyUse): Promise<SigningKey>
  /**
   * The key that signs ID tokens: the one of access tokens when its algorithm is asymmetric, else one for RS256. HS256 would
   * take each client's own secret (OpenID Connect Core 1.0 10.1), which public clients have not.
   */
  idTokenSigner(): Promise<SigningKey>
  /** The key of this id and use; its algorithm, not the token's header, decides how a signature is checked. */
  verifier(kid: string, use: KeyUse): Promise<SigningKey | undefined>
  list(): KeyRecord[]
  /** Lets `alg` sign access tokens from now on, with a key made before or a new one. */
  signWith(alg: SigningAlg): Promise<void>
  /** Forgets what it holds in memory, after the table was changed by others. */
  reload(): void
}

const REFRESH_ALG = 'HS256'

/** What ID tokens are signed with while access tokens are signed with `alg`. */
export const idTokenAlg = (alg: SigningAlg): SigningAlg => (alg === 'HS256' ? 'RS256' : alg)

export function createKeyRing(parts: { database: Database; clock: Clock; random: Random }): KeyRing {
  const { database } = parts
  let records: KeyRecord[] | undefined
  let imported = new Map<string, Promise<CryptoKey | Uint8Array>>()
  let making: Promise<unknown> = Promise.resolve()

  const list = () => {
    records ??= listKeys(database.read)
    return records
  }
  const reload = () => {
    records = undefined
    imported = new Map()
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
  const make = (use: KeyUse, alg: SigningAlg): Promise<void> => {
    const made = making.then(async () => {
      const known = list().find((record) => record.use === use && record.alg === alg)
      if (known?.active) return
      if (known) database.write((writer) => activateKey(writer, known.kid, use))
      else {
        const key = await generate(use, alg, parts)
        database.write((writer) => insertKey(writer, key))
      }
      reload()
    })
    making = made.catch(() => {})
    return made
  }
  /** A key for RS256 beside the active one, which stays what it is. */
  const aside = (): Promise<KeyRecord> => {
    const found = making.then(async () => {
      const known = list().find((record) => record.use === 'access' && record.alg === 'RS256')
      if (known) return known
      const key = { ...(await generate('access', 'RS256', parts)), active: false }
      database.write((writer) => insertKey(writer, key))
      reload()
      return key
    })
    making = found.catch(() => {})
    return found
  }
  const active = (use: KeyUse) => list().find((record) => record.use === use && record.active)
  const signer = async (use: KeyUse): Promise<SigningKey> => {
    if (!active(use)) await make(use, use === 'refresh' ? REFRESH_ALG : 'RS256')
    return asSigningKey(active(use)!, 'private')
  }

  return {
    list,
    reload,
    signWith: (alg) => make('access', alg),
    signer,
    async idTokenSigner() {
      const signing = await signer('access')
      if (idTokenAlg(signing.alg) === signing.alg) return signing
      return asSigningKey(await aside(), 'private')
    },
    async verifier(kid, use) {
      const record = list().find((candidate) => candidate.kid === kid && candidate.use === use)
      return record && asSigningKey(record, 'public')
    },
  }
}

async function generate(
  use: KeyUse,
  alg: SigningAlg,
  { clock, random }: { clock: Clock; random: Random },
): Promise<KeyRecord> {
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
