import { DEFAULT_ISSUER } from '../../../shared/contract/values.ts'
import type { Route } from './find-route.ts'

/** What a path leads to. */
export interface Destination {
  /** As the path says; there may be no such issuer. */
  issuerName: string
  /** The path within the issuer. */
  path: string
  /** Undefined when no route takes it. */
  route: Route | undefined
}

/**
 * Finds issuer and route of a path: `/token` is the default issuer's, `/{name}/token` another's. Well-known documents are there in
 * both forms, `/{name}/.well-known/{document}` (OpenID Connect Discovery 1.0 4.1) and `/.well-known/{document}/{name}` (RFC 8414 3.1).
 *
 * @param base path of the fixed public URL; it may be on the request, or a proxy has taken it off
 */
export function createIssuerFinder(
  findRoute: (path: string) => Route | undefined,
  base: string,
): (pathname: string) => Destination {
  return (pathname) => {
    const local = withoutBase(pathname, base)
    const places = [[DEFAULT_ISSUER, local] as const, ...namedPlaces(local)]
    for (const [issuerName, path] of places) {
      const route = findRoute(path)
      if (route) return { issuerName, path, route }
    }
    return { issuerName: DEFAULT_ISSUER, path: local, route: undefined }
  }
}

/** What a path may mean at an issuer with a name. */
function namedPlaces(path: string): [name: string, path: string][] {
  const inserted = /^(\/\.well-known\/[^/]+)\/([^/]+)(\/.*)?$/.exec(path)
  if (inserted) return [[inserted[2]!, inserted[1]! + (inserted[3] ?? '')]]
  const prefixed = /^\/([^/]+)(\/.*)$/.exec(path)
  return prefixed ? [[prefixed[1]!, prefixed[2]!]] : []
}

function withoutBase(path: string, base: string): string {
  if (base === '') return path
  const [, document = '', rest = ''] = /^(\/\.well-known\/[^/]+)?(.*)$/s.exec(path) ?? []
  return rest === base || rest.startsWith(`${base}/`) ? document + rest.slice(base.length) : path
}
