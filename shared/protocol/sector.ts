/** What of a client decides who else sees its users under the same name. */
export interface SectorFacts {
  id: string
  redirectUris: readonly string[]
  sectorIdentifierUri: string | null
}

/**
 * The sector of a client with pairwise subjects (OpenID Connect Core 1.0 8.1): the host of its sector_identifier_uri, or the one
 * host of its redirect URIs; a client that is never redirected to is a sector of its own. Null when its redirect URIs have
 * several hosts, for then it has to name one.
 */
export function sectorOf({ id, redirectUris, sectorIdentifierUri }: SectorFacts): string | null {
  if (sectorIdentifierUri !== null) return new URL(sectorIdentifierUri).hostname
  const hosts = new Set(redirectUris.map(hostOf))
  if (hosts.size > 1) return null
  return [...hosts][0] ?? id
}

/** All of `loopback` is one host, whatever its name; a private scheme stands for its app (RFC 8252 7.1). */
function hostOf(redirectUri: string): string {
  if (redirectUri === 'loopback') return redirectUri
  const { hostname, protocol } = new URL(redirectUri)
  return hostname === '' ? protocol : hostname
}
