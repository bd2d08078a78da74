import type { Core } from '../core.ts'
import { issuerPath, publicUrl } from '../issuers.ts'
import type { HeaderFields } from '../message.ts'
import type { RequestContext } from './context.ts'

// Threat: a Host or X-Forwarded header that makes the issuer name itself, and sign, after somebody else's server. Only names it
// was told of count, and forwarded ones only where --trust-proxy says that a proxy of ours has set them.

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]']

type Addressed = Pick<Core, 'options' | 'where'>

/** The path of a fixed public URL, which a proxy may strip or leave on; empty when there is none. */
export const basePath = ({ issuer }: Core['options']): string =>
  issuer === undefined ? '' : new URL(issuer).pathname.replace(/\/+$/, '')

/** The default issuer's URL as the sender of this request sees it: fixed, or of the host it came to. */
export function seenUrl(core: Addressed, url: URL, headers: HeaderFields): string {
  const { issuer, trustProxy } = core.options
  if (issuer) return issuer
  const forwarded = trustProxy ? forwardedUrl(url, headers) : null
  if (forwarded) return forwarded
  return ownHosts(core).includes(url.hostname) ? url.origin : (core.where()?.issuer ?? url.origin)
}

/** Scheme, host and port the client used. A proxy's word will do: this is only for what the trace says. */
export const usedOrigin = (url: URL, headers: HeaderFields): string =>
  forwardedUrl(url, headers) ?? url.origin

/** Another issuer's URL, seen as this one is. */
export const siblingUrl = ({ issuer, issuerName }: RequestContext, name: string): string =>
  issuer.slice(0, issuer.length - issuerPath(issuerName).length) + issuerPath(name)

/** Every URL under which tokens of this issuer may have been issued: one socket has several names. */
export function issuerUrls({
  core,
  issuer,
  issuerName,
}: Pick<RequestContext, 'issuer' | 'issuerName'> & { core: Addressed }): string[] {
  if (core.options.issuer) return [issuer]
  const listening = publicUrl(core, issuerName)
  return [...new Set([issuer, ...(listening ? [listening] : [])].flatMap((name) => aliases(core, name)))]
}

function aliases(core: Addressed, issuer: string): string[] {
  const { protocol, hostname, port, pathname } = new URL(issuer)
  const hosts = ownHosts(core)
  if (!hosts.includes(hostname)) return [issuer]
  const rest = `${port === '' ? '' : `:${port}`}${pathname === '/' ? '' : pathname}`
  return [issuer, ...hosts.map((host) => `${protocol}//${host}${rest}`)]
}

const ownHosts = ({ options }: Addressed): readonly string[] =>
  options.allowedHosts ? [...LOOPBACK, ...options.allowedHosts] : LOOPBACK

/** Of several proxies the first one knows what the client asked for. Null when none said anything that can be used. */
function forwardedUrl(url: URL, headers: HeaderFields): string | null {
  const first = (name: string) => headers.get(name)?.split(',', 1)[0]?.trim() || null
  const protocol = first('x-forwarded-proto')
  const host = first('x-forwarded-host')
  if (protocol === null && host === null) return null
  const named = URL.parse(`${protocol ?? url.protocol.slice(0, -1)}://${host ?? url.host}`)
  const bare = named && /^https?:$/.test(named.protocol) && named.href === `${named.origin}/`
  return bare ? named.origin : null
}
