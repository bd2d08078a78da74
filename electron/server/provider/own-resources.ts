import type { RequestContext } from './context.ts'
import { issuerUrls } from './issuer-url.ts'

/** Routes of the sample API that describe themselves (RFC 9728). The issuer's URL alone stands for all of them. */
export const describedRoutes = ['/me', '/items'] as const

export const isDescribed = (path: string): boolean => describedRoutes.some((route) => route === path)

/** Resources that are the issuer's own API, under every name of the issuer, its own first. */
export const ownResources = (context: RequestContext): string[] =>
  issuerUrls(context).flatMap((issuer) =>
    ['', ...describedRoutes, '/userinfo'].map((route) => issuer + route),
  )

/** Where the metadata of a route is: the well-known path comes before that of the resource (RFC 9728 3.1). */
export function resourceMetadataUrl(issuer: string, route: string): string {
  const { origin, pathname } = new URL(issuer + route)
  return `${origin}/.well-known/oauth-protected-resource${pathname === '/' ? '' : pathname}`
}
