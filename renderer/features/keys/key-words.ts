import type { Key, KeyState, KeyUsage } from '../../../shared/contract/operations/keys.ts'

/** What a key does in its state, and what becomes of tokens it signed. */
export function meaningOf({ state, use, publicJwk }: Key): string {
  if (use === 'encryption') return pairMeaning(state)
  if (state === 'active')
    return use === 'access'
      ? 'Signs every new access token, and ID tokens unless a client asks for another algorithm.'
      : 'Signs every new refresh token. Only the issuer itself verifies those.'
  if (state === 'revoked')
    return 'Whatever it signed is refused, here and wherever the JWKS or introspection is asked.'
  if (publicJwk === null)
    return state === 'retired'
      ? 'Put aside. The issuer itself still takes what it signed.'
      : 'Does not sign. The issuer still takes what it signed.'
  return state === 'published'
    ? 'In the JWKS, so its tokens still verify. It signs only for clients that ask for its algorithm.'
    : 'Out of the JWKS: an API that looks there refuses its tokens, though introspection still says active.'
}

/** The same for a pair that others encrypt with. */
function pairMeaning(state: KeyState): string {
  if (state === 'revoked') return 'Decrypts nothing: what was encrypted for it is refused.'
  return state === 'retired'
    ? 'Out of the JWKS, so nobody should encrypt for it any more. What is under way is still decrypted.'
    : 'In the JWKS: clients encrypt their request objects for it, and the issuer decrypts them. It signs nothing.'
}

/** What keys are for, in a table and in a list of facts. */
export const useWords: Record<Key['use'], { short: string; long: string }> = {
  access: { short: 'access', long: 'Signs access and ID tokens, and answers to clients' },
  refresh: { short: 'refresh', long: 'Signs refresh tokens' },
  encryption: { short: 'encrypt', long: 'Clients encrypt request objects for it (use "enc")' },
}

/** Those that sign first, then by state, the newest first within each. */
export const sortKeys = (keys: readonly Key[]): Key[] =>
  keys.toSorted(
    (a, b) =>
      order.indexOf(a.state) - order.indexOf(b.state) ||
      a.issuer.localeCompare(b.issuer) ||
      a.use.localeCompare(b.use) ||
      b.createdAt - a.createdAt,
  )
const order: readonly KeyState[] = ['active', 'published', 'retired', 'revoked']

export function matchesKey(key: Key, search: string): boolean {
  const words = search.toLowerCase().split(/\s+/)
  const text = [key.kid, key.alg, key.issuer, key.use, key.state].join(' ').toLowerCase()
  return words.every((word) => text.includes(word))
}

/** "3 of 12": tokens that count now, of all in the ledger. */
export const usageText = (usage: KeyUsage | undefined): string =>
  usage === undefined ? '0' : usage.live === usage.all ? `${usage.all}` : `${usage.live} of ${usage.all}`

/** Enough of a kid to tell keys apart by. */
export const shortKid = (kid: string): string => (kid.length > 14 ? `${kid.slice(0, 10)}…` : kid)
