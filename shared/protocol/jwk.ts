import { base64UrlProblem } from './base64url.ts'
import { agreementEncryptions, rsaEncryptions } from './jwe.ts'
import { isJsonObject, type JsonObject } from './jwt.ts'

/** A public key as JSON (RFC 7517 4). */
export interface PublicJwk {
  kty: string
  kid?: string | undefined
  alg?: string | undefined
  use?: string | undefined
  [member: string]: unknown
}

interface Kind {
  /** What the public half consists of. */
  members: readonly string[]
  /** What a key of this kind signs with. */
  algorithms: readonly string[]
  /** How something is encrypted for it. */
  encryptions: readonly string[]
}

/** Keys a client may sign with, or have its answers encrypted for. */
const kinds: Readonly<Record<string, Kind>> = {
  RSA: {
    members: ['n', 'e'],
    algorithms: ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
    encryptions: rsaEncryptions,
  },
  'EC P-256': { members: ['x', 'y'], algorithms: ['ES256'], encryptions: agreementEncryptions },
  'EC P-384': { members: ['x', 'y'], algorithms: ['ES384'], encryptions: agreementEncryptions },
  'EC P-521': { members: ['x', 'y'], algorithms: ['ES512'], encryptions: agreementEncryptions },
  'OKP Ed25519': { members: ['x'], algorithms: ['EdDSA', 'Ed25519'], encryptions: [] },
}

/** Every asymmetric algorithm a signature of a client may have (RFC 7518 3.1, RFC 8037 3.1, RFC 9864 2.2). */
export const publicKeyAlgorithms: readonly string[] = Object.values(kinds).flatMap(
  ({ algorithms }) => algorithms,
)

/** Every algorithm for a signature with the client's secret (RFC 7518 3.2). */
export const secretAlgorithms: readonly string[] = ['HS256', 'HS384', 'HS512']

/** Algorithms this key may sign with: its own `alg` where it names one. Empty for a key that is for something else. */
export function algorithmsOf(jwk: PublicJwk): readonly string[] {
  if ((jwk.use !== undefined && jwk.use !== 'sig') || !isFor(jwk, SIGNING)) return []
  const fitting = kinds[kindOf(jwk)]?.algorithms ?? []
  return jwk.alg === undefined ? fitting : fitting.filter((alg) => alg === jwk.alg)
}

/** How something may be encrypted for this key: by its own `alg` where it names one. Empty for a key that only signs. */
export function encryptionsOf(jwk: PublicJwk): readonly string[] {
  if ((jwk.use !== undefined && jwk.use !== 'enc') || !isFor(jwk, ENCRYPTING)) return []
  const fitting = kinds[kindOf(jwk)]?.encryptions ?? []
  return jwk.alg === undefined ? fitting : fitting.filter((alg) => alg === jwk.alg)
}

const SIGNING = ['sign', 'verify']
const ENCRYPTING = ['encrypt', 'decrypt', 'wrapKey', 'unwrapKey', 'deriveKey', 'deriveBits']

/** By what a key says it is for (RFC 7517 4.3). An empty list says nothing: WebCrypto writes one for the public half of an agreement. */
const isFor = ({ key_ops: operations }: PublicJwk, wanted: readonly string[]): boolean =>
  operations === undefined ||
  (Array.isArray(operations) &&
    (operations.length === 0 || operations.some((operation) => wanted.includes(operation))))

/** What keeps a JSON value from being the public half of a key that signs or is encrypted for, as the end of a sentence; null when it is. */
export function publicJwkProblem(value: unknown): string | null {
  if (!isJsonObject(value)) return 'must be an object (RFC 7517 4)'
  const secret = ['k', 'd', 'p', 'q', 'dp', 'dq', 'qi', 'oth'].find((member) => member in value)
  if (value.kty === 'oct' || secret === 'k') {
    return 'is a symmetric key (kty "oct"); register public keys only, and use the client secret for HMAC'
  }
  if (secret !== undefined) {
    return `holds a private key (member "${secret}"); register its public half only`
  }
  const kind = kinds[kindOf(value)]
  if (!kind) return `has kty and crv ${kindOf(value)}; they must be ${Object.keys(kinds).join(', ')}`
  const missing = kind.members.find((member) => !isBase64Url(value[member]))
  if (missing !== undefined) return `has no member "${missing}" in base64url (RFC 7518 6)`
  return namingProblem(value, kind)
}

function namingProblem(
  { kid, use, alg }: JsonObject,
  { algorithms, encryptions }: Pick<Kind, 'algorithms' | 'encryptions'>,
): string | null {
  if (kid !== undefined && typeof kid !== 'string') return 'has a kid that is not text'
  if (use !== undefined && use !== 'sig' && use !== 'enc') return 'has a use other than "sig" or "enc"'
  if (alg === undefined || use === 'enc') return null
  if (typeof alg !== 'string') return 'has an alg that is not text'
  if (algorithms.includes(alg) || (use === undefined && encryptions.includes(alg))) return null
  return `is for alg ${JSON.stringify(alg)}; a key of this kind signs with ${algorithms.join(', ')}`
}

const kindOf = ({ kty, crv }: { kty?: unknown; crv?: unknown }): string =>
  kty === 'RSA' ? 'RSA' : `${nameOr(kty)} ${nameOr(crv)}`

const nameOr = (value: unknown): string => (typeof value === 'string' ? value.slice(0, 60) : 'none')

const isBase64Url = (value: unknown): boolean =>
  typeof value === 'string' && value !== '' && base64UrlProblem(value) === null
