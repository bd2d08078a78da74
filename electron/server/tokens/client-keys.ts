import { type PublicJwk, publicJwkProblem } from '../../../shared/protocol/jwk.ts'
import { isJsonObject } from '../../../shared/protocol/jwt.ts'
import type { SimulatedClock } from '../clock.ts'
import type { ClientRecord } from '../store/clients.ts'

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
  of(client: Pick<ClientRecord, 'jwks' | 'jwksUri'>, kid: string | null): Promise<readonly PublicJwk[]>
}

interface FetchedSet {
  at: number
  keys: Promise<readonly PublicJwk[]>
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
  return {
    async of({ jwks, jwksUri }, kid) {
      if (jwks) return jwks.keys
      if (jwksUri === null) throw new Error('the client has neither jwks nor jwksUri')
      const keys = await fetched(jwksUri, KEPT_MS)
      const known = kid === null || keys.some((key) => key.kid === kid)
      return known ? keys : fetched(jwksUri, AGAIN_AFTER_MS)
    },
  }
}

function keysOf(json: unknown, url: string): readonly PublicJwk[] {
  if (!isJsonObject(json) || !Array.isArray(json.keys)) throw new Error(`${url} holds no JWK Set.`)
  const usable = json.keys.filter((key): key is PublicJwk => publicJwkProblem(key) === null)
  if (usable.length === 0) throw new Error(`${url} holds no public key that signs.`)
  return usable.slice(0, KEYS_USED)
}
