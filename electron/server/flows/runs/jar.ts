/** A cookie as far as a flow needs it: no other site, no subdomains. */
export interface Cookie {
  /** Without port: cookies know none (RFC 6265 8.5). */
  host: string
  path: string
  name: string
  value: string
  secure: boolean
  /** Epoch milliseconds, real time; null for one that ends with the run. */
  expiresAt: number | null
}

/** The jar after an answer's Set-Cookie headers (RFC 6265 5.2, 5.3). */
export function withCookies(
  jar: readonly Cookie[],
  url: string,
  headers: readonly string[],
  now: number,
): Cookie[] {
  return headers.reduce<Cookie[]>(
    (cookies, header) => {
      const cookie = parse(header, new URL(url), now)
      if (cookie === null) return cookies
      const others = cookies.filter((other) => !isSame(other, cookie))
      return cookie.expiresAt !== null && cookie.expiresAt <= now ? others : [...others, cookie]
    },
    [...jar],
  )
}

const isSame = (a: Cookie, b: Cookie): boolean => a.name === b.name && a.host === b.host && a.path === b.path

function parse(header: string, { hostname, pathname }: URL, now: number): Cookie | null {
  const [pair = '', ...attributes] = header.split(';').map((part) => part.trim())
  const equals = pair.indexOf('=')
  if (equals < 1) return null
  const attribute = (name: string): string | undefined =>
    attributes.findLast((one) => one.toLowerCase().split('=')[0] === name)
  const textOf = (name: string): string | undefined => attribute(name)?.slice(name.length + 1)
  const path = textOf('path')
  return {
    host: hostname,
    path: path?.startsWith('/') ? path : pathname.replace(/\/[^/]*$/, '') || '/',
    name: pair.slice(0, equals),
    value: pair.slice(equals + 1),
    secure: attribute('secure') !== undefined,
    expiresAt: expiryOf(textOf('max-age'), textOf('expires'), now),
  }
}

/** Max-Age goes before Expires. */
function expiryOf(maxAge: string | undefined, expires: string | undefined, now: number): number | null {
  if (maxAge !== undefined && /^-?\d+$/.test(maxAge)) return now + Number(maxAge) * 1000
  const at = expires === undefined ? Number.NaN : Date.parse(expires)
  return Number.isNaN(at) ? null : at
}

/** The Cookie header for a request to this URL; null when the jar has nothing for it. */
export function cookieHeader(jar: readonly Cookie[], url: string, now: number): string | null {
  const { hostname, pathname, protocol } = new URL(url)
  const fitting = jar.filter(
    ({ host, path, secure, expiresAt }) =>
      host === hostname &&
      isUnder(pathname, path) &&
      (!secure || protocol === 'https:' || hostname === 'localhost' || hostname.startsWith('127.')) &&
      (expiresAt === null || expiresAt > now),
  )
  return fitting.length === 0 ? null : fitting.map(({ name, value }) => `${name}=${value}`).join('; ')
}

/** RFC 6265 5.1.4 */
const isUnder = (path: string, prefix: string): boolean =>
  path === prefix || path.startsWith(prefix.endsWith('/') ? prefix : `${prefix}/`)
