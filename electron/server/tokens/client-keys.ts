import { encryptionsOf, type PublicJwk, publicJwkProblem } from '../../../shared/protocol/jwk.ts'
import { isJsonObject } from '../../../shared/protocol/jwt.ts'
import type { SimulatedClock } from '../clock.ts'
import type { ClientRecord } from '../store/clients.ts'
import { unusableKey } from './unusable-key.ts'

// Threat: a jwks_uri that is slow, endless or answers nonsense, asked anew by everybody who sends a made-up assertion.

/** How long a fetched JWK Set is taken for granted, and how soon an unknown kid may have it fetched again. */
const KEPT_MS = 60_000
const AGAIN_AFTER_MS = 5_000
const SETS_KEPT = 100
const KEYS_USED = 50

export interface ClientKeys {
  /**
   * The public keys of a client: registered, or behind its jwksUri.
   *
   * @param kid when the set holds no such key, it is fetched again, for the client may have rotated its keys
   * @throws Error that says why there are none
   */
  of(client: KeySource, kid: string | null): Promise<readonly PublicJwk[]>
  /**
   * The public key to encrypt for a client with, one for encryption alone before one for both. A set without any is fetched again.
   *
   * @throws Error that says why there is none
   */
  encrypting(client: KeySource, alg: string): Promise<PublicJwk>
}

type KeySource = Pick<ClientRecord, 'jwks' | 'jwksUri'>

interface KeyList {
  keys: readonly PublicJwk[]
  /** What is wrong with the keys that were left out, as sentences without an end. */
  unusable: readonly string[]
}

interface FetchedSet {
  at: number
  keys: Promise<KeyList>
}

export interface ClientKeysParts {
  clock: SimulatedClock
  /** The JSON behind a URL. */
  fetchJson(url: string): Promise<unknown>
}

export function createClientKeys({ clock, fetchJson }: ClientKeysParts): ClientKeys {
  const sets = new Map<string, FetchedSet>()
  // The web outside does not follow the simulated clock.
  const now = () => clock.real.now()
  const fetched = (url: string, freshFor: number) => {
    const known = sets.get(url)
    if (known && now() - known.at < freshFor) return known.keys
    const keys = fetchJson(url).then((json) => keysOf(json, url))
    // A failure is forgotten at once: whoever mends the server wants to see it.
    keys.catch(() => {
      if (sets.get(url)?.keys === keys) sets.delete(url)
    })
    sets.delete(url)
    sets.set(url, { at: now(), keys })
    if (sets.size > SETS_KEPT) sets.delete(sets.keys().next().value!)
    return keys
  }
  /** The keys of a client, fetched anew where these will not do. */
  const such = async (
    { jwks, jwksUri }: KeySource,
    will: (keys: readonly PublicJwk[]) => boolean,
  ): Promise<KeyList> => {
    if (jwks) return { keys: jwks.keys, unusable: [] }
    if (jwksUri === null) throw new Error('the client has neither jwks nor jwksUri')
    const found = await fetched(jwksUri, KEPT_MS)
    return will(found.keys) ? found : fetched(jwksUri, AGAIN_AFTER_MS)
  }
  return {
    async of(client, kid) {
      const { keys, unusable } = await such(
        client,
        (known) => kid === null || known.some((key) => key.kid === kid),
      )
      if (keys.length === 0)
        throw new Error(['the client has no key that can be used', ...unusable].join('; '))
      return keys
    },
    async encrypting(client, alg) {
      const { keys, unusable } = await such(client, (known) => encryptionKey(known, alg) !== undefined)
      const key = encryptionKey(keys, alg)
      const none = `none of the client's ${keys.length} public keys is for ${alg}`
      if (!key) throw new Error([none, ...unusable].join('; '))
      return key
    },
  }
}

/** The key of a set to encrypt with by this algorithm: one that says it is for that before one that says nothing. */
export function encryptionKey(keys: readonly PublicJwk[], alg: string): PublicJwk | undefined {
  const fitting = keys.filter((key) => encryptionsOf(key).includes(alg))
  return fitting.find(({ use }) => use === 'enc') ?? fitting[0]
}

/** What is of another kind is passed over, as RFC 7517 5 has it; what is of a kind in use and broken is told. */
function keysOf(json: unknown, url: string): KeyList {
  if (!isJsonObject(json) || !Array.isArray(json.keys)) throw new Error(`${url} holds no JWK Set.`)
  const known = json.keys.filter((key): key is PublicJwk => publicJwkProblem(key) === null)
  if (known.length === 0) throw new Error(`${url} holds no public key of a kind in use here.`)
  const judged = known.slice(0, KEYS_USED).map((key) => ({ key, problem: unusableKey(key) }))
  return {
    keys: judged.flatMap(({ key, problem }) => (problem === null ? [key] : [])),
    unusable: judged.flatMap(({ key, problem }) => (problem === null ? [] : [`${keyName(key)} ${problem}`])),
  }
}

/** A key in words. */
export const keyName = ({ kid, kty }: PublicJwk): string =>
  kid === undefined ? `a ${kty} key without kid` : `key "${kid}"`
