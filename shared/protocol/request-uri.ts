/** Characters of a request_uri (RFC 9101 5.2). */
const LONGEST = 512

/**
 * What keeps a URI from being one a request object is fetched from, as the end of a sentence; null when nothing does. It is https,
 * or on this machine, so that nobody on the way can write another request (RFC 9101 5.2, OpenID Connect Core 1.0 6.2).
 */
export function requestUriProblem(uri: string): string | null {
  if (uri.length > LONGEST) return `is longer than ${LONGEST} characters (RFC 9101 5.2)`
  if (!/^[\x21-\x7e]+$/.test(uri) || !URL.canParse(uri)) return 'must be an absolute URI'
  const { protocol, hostname, username, password } = new URL(uri)
  if (username !== '' || password !== '') return 'must have no user name and no password'
  if (protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname))) return null
  return 'must be https, or http on a loopback address (RFC 9101 5.2)'
}

const isLoopback = (hostname: string): boolean => /^(?:127(?:\.\d{1,3}){3}|\[::1\]|localhost)$/.test(hostname)

/** The URI without its fragment: what is fetched. The fragment only says which version is meant (OpenID Connect Core 1.0 6.2). */
export const withoutFragment = (uri: string): string => uri.split('#', 1)[0]!

/** What stands behind the "#"; null where there is none. */
export const fragmentOf = (uri: string): string | null => /#(.*)$/s.exec(uri)?.[1] ?? null

/** Whether the client registered it. The fragment does not count: it changes with the file. */
export const isRegisteredRequestUri = (uri: string, registered: readonly string[]): boolean =>
  registered.some((known) => withoutFragment(known) === withoutFragment(uri))
