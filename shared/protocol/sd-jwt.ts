import { base64UrlProblem, decodeBase64Url } from './base64url.ts'
import { isJsonObject, type JsonObject } from './jwt.ts'

/** An SD-JWT cut at its tildes (RFC 9901 4): `<jwt>~<disclosure>~...~<key binding jwt>`. */
export interface SdJwtParts {
  /** The JWT the issuer signed. */
  jwt: string
  disclosures: string[]
  /** Null when it ends with a tilde: the holder proves no key. */
  keyBinding: string | null
}

/** Null for a text that is no SD-JWT: no tilde, or no JWT before the first one. */
export function splitSdJwt(token: string): SdJwtParts | null {
  const [jwt = '', ...rest] = token.split('~')
  if (rest.length === 0 || jwt.split('.').length !== 3) return null
  const last = rest.pop() ?? ''
  return { jwt, disclosures: rest, keyBinding: last === '' ? null : last }
}

/** One disclosure: what it says, and which digest of the signed part stands for it. */
export interface Disclosure {
  encoded: string
  digest: string
  salt: string | null
  /** Null for the element of an array. */
  name: string | null
  value: unknown
  /** Where its digest stands: "address.country", "nationalities[0]"; null when it stands nowhere. */
  path: string | null
  /** What is wrong with it, as the end of a sentence. */
  problem: string | null
}

export interface ResolvedSdJwt {
  disclosures: Disclosure[]
  /** The claims with what was disclosed in their place (RFC 9901 7.1). */
  claims: JsonObject
  /** Digests that no disclosure fits: claims kept back, or decoys. */
  undisclosed: number
  hashAlg: string
  /** Why RFC 9901 7.1 refuses it; empty when it does not. */
  problems: string[]
}

/** base64url of the hash of a text's ASCII bytes; null for an algorithm it does not know. */
export type HashText = (alg: string, text: string) => string | null

const deepest = 100

/** Puts the disclosures where their digests stand (RFC 9901 7.1). Never throws. */
export function resolveSdJwt(claims: JsonObject, encoded: readonly string[], hash: HashText): ResolvedSdJwt {
  const hashAlg = typeof claims._sd_alg === 'string' ? claims._sd_alg : 'sha-256'
  const disclosures = encoded.map((text) => readDisclosure(text, hash(hashAlg, text) ?? ''))
  const work = new Resolution(disclosures)
  if (hash(hashAlg, '') === null)
    work.problems.push(`The hash algorithm ${JSON.stringify(hashAlg)} is not known.`)
  const { _sd_alg: _alg, ...resolved } = work.object(claims, '', 0)
  for (const disclosure of disclosures) {
    if (disclosure.path === null) disclosure.problem ??= 'has a digest that stands nowhere in the signed part'
    if (disclosure.problem) work.problems.push(`The disclosure ${nameOf(disclosure)} ${disclosure.problem}.`)
  }
  return { disclosures, claims: resolved, undisclosed: work.undisclosed, hashAlg, problems: work.problems }
}

const nameOf = ({ name, encoded }: Disclosure) => JSON.stringify(name ?? encoded.slice(0, 24))

function readDisclosure(encoded: string, digest: string): Disclosure {
  const base = { encoded, digest, salt: null, name: null, value: undefined, path: null }
  const wrong = base64UrlProblem(encoded)
  if (wrong) return { ...base, problem: wrong }
  try {
    const read: unknown = JSON.parse(
      new TextDecoder('utf-8', { fatal: true }).decode(decodeBase64Url(encoded)),
    )
    if (!Array.isArray(read) || (read.length !== 2 && read.length !== 3) || typeof read[0] !== 'string')
      return { ...base, problem: 'is not an array of salt, name and value (RFC 9901 4.2)' }
    const [salt, name] = read
    if (read.length === 2) return { ...base, salt, value: read[1], problem: null }
    const reserved = typeof name !== 'string' || name === '_sd' || name === '...'
    const problem = reserved ? 'names a claim it must not (RFC 9901 7.1)' : null
    return { ...base, salt, name: String(name), value: read[2], problem }
  } catch {
    return { ...base, problem: 'is not JSON inside' }
  }
}

class Resolution {
  readonly problems: string[] = []
  readonly #byDigest: ReadonlyMap<string, Disclosure>
  readonly #seen = new Set<string>()
  undisclosed = 0

  constructor(disclosures: readonly Disclosure[]) {
    this.#byDigest = new Map(disclosures.map((disclosure) => [disclosure.digest, disclosure]))
  }

  object({ _sd, ...open }: JsonObject, path: string, depth: number): JsonObject {
    const resolved: JsonObject = {}
    for (const [name, value] of Object.entries(open)) {
      define(resolved, name, this.value(value, path === '' ? name : `${path}.${name}`, depth + 1))
    }
    for (const digest of Array.isArray(_sd) ? _sd : []) {
      const found = this.#take(digest)
      if (!found || found.name === null || found.problem) continue
      found.path = path === '' ? found.name : `${path}.${found.name}`
      if (Object.hasOwn(resolved, found.name))
        found.problem = 'names a claim that is there already (RFC 9901 7.1)'
      else define(resolved, found.name, this.value(found.value, found.path, depth + 1))
    }
    return resolved
  }

  value(value: unknown, path: string, depth: number): unknown {
    if (depth > deepest) return value
    if (Array.isArray(value)) return this.#array(value, path, depth)
    return isJsonObject(value) ? this.object(value, path, depth) : value
  }

  #array(values: unknown[], path: string, depth: number): unknown[] {
    return values.flatMap((value, index) => {
      const digest = isJsonObject(value) && Object.keys(value).length === 1 ? value['...'] : undefined
      if (digest === undefined) return [this.value(value, `${path}[${index}]`, depth + 1)]
      const found = this.#take(digest)
      if (!found || found.name !== null || found.problem) return []
      found.path = `${path}[${index}]`
      return [this.value(found.value, found.path, depth + 1)]
    })
  }

  #take(digest: unknown): Disclosure | undefined {
    if (typeof digest !== 'string') return undefined
    if (this.#seen.has(digest)) {
      this.problems.push(`The digest ${digest} stands in two places (RFC 9901 7.1).`)
      // What is inside would double with each level.
      return undefined
    }
    this.#seen.add(digest)
    const found = this.#byDigest.get(digest)
    if (!found) this.undisclosed++
    return found
  }
}

/** A claim may be called "__proto__". */
const define = (target: JsonObject, name: string, value: unknown) =>
  Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true })
