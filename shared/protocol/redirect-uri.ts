/** Stands in a client's list for every http(s) URI on a loopback host, any port, any path. */
export const ANY_LOOPBACK = 'loopback'

const LOOPBACK_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]'])

/** RFC 8252 7.3: the literal addresses, of which the port is the app's choice at each start. */
const LOOPBACK_LITERAL = /^(http:\/\/(?:127\.0\.0\.1|\[::1\]))(?::\d{1,5})?((?:[/?].*)?)$/

/** Why a text cannot be a redirect URI at all (RFC 6749 3.1.2, RFC 3986); null when it can. */
export function redirectUriProblem(uri: string): string | null {
  if (!/^[\x21-\x7E]+$/.test(uri)) return 'a URI with a character no URI has'
  if (uri.includes('#')) return 'a URI with a fragment'
  return URL.canParse(uri) ? null : 'no absolute URI'
}

/**
 * Whether a client may be answered at this URI: one of its list to the letter (RFC 9700 4.1.3), but for the port of a loopback
 * address (RFC 8252 7.3).
 */
export const isRegisteredRedirectUri = (uri: string, registered: readonly string[]): boolean =>
  registered.some((entry) =>
    entry === ANY_LOOPBACK ? isLoopback(uri) : entry === uri || sameButPort(uri, entry),
  )

function isLoopback(uri: string): boolean {
  const { protocol, hostname, username, password } = new URL(uri)
  return /^https?:$/.test(protocol) && LOOPBACK_HOSTS.has(hostname) && username === '' && password === ''
}

function sameButPort(uri: string, entry: string): boolean {
  const [asked, known] = [LOOPBACK_LITERAL.exec(uri), LOOPBACK_LITERAL.exec(entry)]
  return asked !== null && known !== null && asked[1] === known[1] && asked[2] === known[2]
}

/** The one URI a client can mean when it names none (RFC 6749 3.1.2.3). Null when there is a choice. */
export const onlyRedirectUri = (registered: readonly string[]): string | null =>
  registered.length === 1 && registered[0] !== ANY_LOOPBACK ? registered[0]! : null
