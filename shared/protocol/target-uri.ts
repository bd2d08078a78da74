/**
 * Whether a URL, without query and fragment, is that of a request (RFC 9449 4.3): after syntax-based and scheme-based
 * normalization (RFC 3986 6.2.2, 6.2.3). False for a text that is no absolute URL.
 */
export function sameTarget(htu: string, target: string): boolean {
  const named = normalized(htu)
  return named !== null && named === normalized(target)
}

function normalized(uri: string): string | null {
  // The parser lower-cases scheme and host, drops the default port, and resolves dot segments.
  if (!URL.canParse(uri)) return null
  const url = new URL(uri)
  if (url.username !== '' || url.password !== '') return null
  return `${url.protocol}//${url.host}${url.pathname.replace(/%[0-9A-Fa-f]{2}/g, decodeUnreserved)}`
}

/** RFC 3986 6.2.2.1, 6.2.2.2: hexadecimal digits in upper case, and no escape where none is needed. */
function decodeUnreserved(encoded: string): string {
  const character = String.fromCharCode(Number.parseInt(encoded.slice(1), 16))
  return /[A-Za-z0-9._~-]/.test(character) ? character : encoded.toUpperCase()
}
