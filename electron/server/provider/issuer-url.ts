import type { Core } from '../core.ts'

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

/** The issuer's URL as the sender of this request sees it: fixed, or the loopback address it came to. */
export function issuerUrl(core: Core, url: URL): string {
  if (core.options.issuer) return core.options.issuer
  return LOOPBACK.has(url.hostname) ? url.origin : (core.where()?.issuer ?? url.origin)
}

/** Every URL under which tokens of this issuer may have been issued: one socket has three loopback names. */
export function issuerUrls(core: Core, current: string): string[] {
  if (core.options.issuer) return [core.options.issuer]
  const listening = core.where()?.issuer
  const names = [current, ...(listening ? [listening] : [])].flatMap(aliases)
  return [...new Set(names)]
}

function aliases(issuer: string): string[] {
  const url = new URL(issuer)
  if (!LOOPBACK.has(url.hostname)) return [issuer]
  const port = url.port === '' ? '' : `:${url.port}`
  return [issuer, ...[...LOOPBACK].map((host) => `${url.protocol}//${host}${port}`)]
}
