import { ANY_LOOPBACK } from './redirect-uri.ts'

/** How a redirect URI differs from one that is registered. */
export interface RedirectUriDifference {
  part:
    | 'scheme'
    | 'user-info'
    | 'host'
    | 'host-case'
    | 'port'
    | 'path'
    | 'path-case'
    | 'trailing-slash'
    | 'encoding'
    | 'query'
    | 'fragment'
  /** A clause that names both sides: "the scheme is http, and https is registered". */
  message: string
}

export interface NearestRedirectUri {
  registered: string
  /** In the order of the URI; at least one. */
  differences: RedirectUriDifference[]
}

interface Parts {
  scheme: string
  userInfo: string | null
  host: string
  port: string | null
  path: string
  query: string | null
  fragment: string | null
}

/** RFC 3986 appendix B. It takes every text, and changes no letter: what a URL parser evens out is what is looked for. */
const URI = /^(?:([^:/?#]+):)?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#([\s\S]*))?$/

function partsOf(uri: string): Parts {
  const [, scheme = '', authority = '', path = '', query = null, fragment = null] = URI.exec(uri) ?? []
  const [, userInfo = null, host = '', port = null] =
    /^(?:([\s\S]*)@)?(\[[^\]]*\]|[^:]*)(?::([\s\S]*))?$/.exec(authority) ?? []
  return { scheme, userInfo, host, port, path, query, fragment }
}

/** In what a redirect URI that was sent differs from a registered one, to the letter. Empty for the same URI. */
export function redirectUriDifferences(sent: string, registered: string): RedirectUriDifference[] {
  const [was, known] = [partsOf(sent), partsOf(registered)]
  return [
    schemeDifference(was, known),
    userInfoDifference(was, known),
    hostDifference(was, known),
    portDifference(was, known),
    pathDifference(was, known),
    queryDifference(was, known),
    fragmentDifference(was, known),
  ].filter((difference) => difference !== null)
}

/** How far apart two URIs are by each difference: what is mistyped or left out weighs less than another place. */
const weights: Record<RedirectUriDifference['part'], number> = {
  'trailing-slash': 1,
  'path-case': 1,
  'host-case': 1,
  encoding: 1,
  fragment: 2,
  port: 2,
  scheme: 2,
  query: 3,
  'user-info': 4,
  path: 5,
  host: 5,
}

/** From here on it is another URI, and no near miss. */
const FAR = 10

/**
 * The registered URI that was most likely meant, and what is different about the one that was sent. Null when none is near, and
 * for `loopback`, which is no URI.
 */
export function nearestRedirectUri(sent: string, registered: readonly string[]): NearestRedirectUri | null {
  const candidates = registered
    .filter((entry) => entry !== ANY_LOOPBACK && entry !== sent)
    .map((entry) => ({ registered: entry, differences: redirectUriDifferences(sent, entry) }))
    .map((candidate) => ({ candidate, distance: distanceOf(candidate) }))
    .filter(({ distance }) => distance < FAR)
    .sort((a, b) => a.distance - b.distance)
  return candidates[0]?.candidate ?? null
}

const distanceOf = ({ differences }: NearestRedirectUri): number =>
  differences.reduce((sum, { part }) => sum + weights[part], 0)

const orNone = (text: string | null): string => (text === null || text === '' ? 'none' : text)

function schemeDifference(was: Parts, known: Parts): RedirectUriDifference | null {
  if (was.scheme === known.scheme) return null
  return {
    part: 'scheme',
    message: `the scheme is ${orNone(was.scheme)}, and ${orNone(known.scheme)} is registered`,
  }
}

function userInfoDifference(was: Parts, known: Parts): RedirectUriDifference | null {
  if (was.userInfo === known.userInfo) return null
  const message =
    was.userInfo === null ? 'it has no user name before the host' : 'it has a user name before the host'
  return { part: 'user-info', message }
}

const LOOPBACK_NAMES = ['localhost', '127.0.0.1', '[::1]']

function hostDifference({ host: was }: Parts, { host: known }: Parts): RedirectUriDifference | null {
  if (was === known) return null
  const both = `the host is ${orNone(was)}, and ${orNone(known)} is registered`
  if (was.toLowerCase() === known.toLowerCase()) {
    return { part: 'host-case', message: `${both}: capitals count` }
  }
  const loopback = [was, known].every((host) => LOOPBACK_NAMES.includes(host.toLowerCase()))
  return { part: 'host', message: loopback ? `${both}: they are compared as text` : both }
}

function portDifference({ port: was }: Parts, { port: known }: Parts): RedirectUriDifference | null {
  if (was === known) return null
  return { part: 'port', message: `the port is ${portOf(was)}, and ${portOf(known)} is registered` }
}

const portOf = (port: string | null): string => (port === null ? 'left out' : port === '' ? 'empty' : port)

function pathDifference({ path: was }: Parts, { path: known }: Parts): RedirectUriDifference | null {
  if (was === known) return null
  if (was === `${known}/`) {
    return { part: 'trailing-slash', message: 'it ends in a slash, which the registered one does not' }
  }
  if (`${was}/` === known) {
    return { part: 'trailing-slash', message: 'it lacks the slash the registered one ends in' }
  }
  const both = `the path is ${orNone(was)}, and ${orNone(known)} is registered`
  if (decoded(was) === decoded(known)) {
    return { part: 'encoding', message: `${both}: percent-encoding is compared as text` }
  }
  if (was.toLowerCase() === known.toLowerCase()) {
    return { part: 'path-case', message: `${both}: capitals count` }
  }
  return { part: 'path', message: both }
}

function queryDifference({ query: was }: Parts, { query: known }: Parts): RedirectUriDifference | null {
  if (was === known) return null
  const both = `the query is ${orNone(was)}, and ${orNone(known)} is registered`
  const encoding = was !== null && known !== null && decoded(was) === decoded(known)
  return encoding
    ? { part: 'encoding', message: `${both}: percent-encoding is compared as text` }
    : { part: 'query', message: both }
}

const fragmentDifference = (was: Parts, known: Parts): RedirectUriDifference | null =>
  was.fragment === known.fragment
    ? null
    : { part: 'fragment', message: `it has the fragment #${was.fragment ?? ''}, and none may be registered` }

/** Without percent-encoding where that can be read; the text itself where it cannot. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
