import { isLoopback } from './address.ts'

/** Where the window's page lives: a scheme of our own, so that it has an origin no web page can have. */
export const appScheme = 'app'
export const appOrigin = 'app://grantscope'

/** Whether a URL is of our own page: app://grantscope, or the dev server's origin while developing. */
export function isOwnPage(url: string, devServer: string | undefined): boolean {
  const parsed = parse(url)
  if (!parsed) return false
  if (parsed.protocol === `${appScheme}:`) return parsed.host === 'grantscope'
  return devServer !== undefined && parsed.origin === parse(devServer)?.origin
}

/** What may be handed to the system's browser: https, and http to this machine (the issuer). */
export function mayOpenOutside(url: string): boolean {
  const parsed = parse(url)
  if (!parsed || parsed.username || parsed.password) return false
  if (parsed.protocol === 'https:') return true
  return parsed.protocol === 'http:' && isLoopback(parsed.hostname)
}

/** The fragment that shows a trace alone, from the URL of a page that shows it; null when it shows something else. */
export function traceFragment(url: string): string | null {
  const id = /^#\/traces\/(trace-[\w-]{1,80})(?:\?|$)/.exec(parse(url)?.hash ?? '')?.[1]
  return id === undefined ? null : `#/traces/${id}?alone=1`
}

function parse(url: string): URL | null {
  try {
    return new URL(url)
  } catch {
    return null
  }
}
