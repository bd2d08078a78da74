import { isIP } from 'node:net'

// What a host name means for binding and for trust. The name "localhost" is never bound: it resolves to one address
// family or the other, and then half the clients find nobody there.

const loopbackNames = ['localhost', '127.0.0.1', '[::1]']

/** The address to bind for what the user typed as `--host`. */
export const bindAddress = (host: string): string => (host === 'localhost' ? '127.0.0.1' : unbracketed(host))

export const isLoopback = (host: string): boolean => {
  const address = bindAddress(host)
  return address === '::1' || (isIP(address) === 4 && address.startsWith('127.'))
}

export const isWildcard = (host: string): boolean => ['0.0.0.0', '::'].includes(bindAddress(host))

/** Where a program on this machine finds what listens on `host`: `http://127.0.0.1:4400`, no trailing slash. */
export function localUrl(scheme: 'http' | 'https', host: string, port: number): string {
  const address = bindAddress(host)
  const reachable = address === '0.0.0.0' ? '127.0.0.1' : address === '::' ? '::1' : address
  return `${scheme}://${bracketed(reachable)}:${port}`
}

/**
 * Whether a Host header names us. A page that got its own name to resolve to this machine (DNS rebinding) sends that
 * name here, so only loopback names and the address we were told to bind pass. Bound to every interface, any literal
 * address does too: rebinding needs a name.
 */
export function isOwnHost(hostHeader: string, bound: { host: string; port: number }): boolean {
  const match = /^(\[[0-9a-f:.]+\]|[^:[\]]+)(?::(\d{1,5}))?$/i.exec(hostHeader)
  if (!match) return false
  const name = match[1]!.toLowerCase()
  if (Number(match[2] ?? 80) !== bound.port) return false
  if (loopbackNames.includes(name) || unbracketed(name) === bindAddress(bound.host).toLowerCase()) return true
  return isWildcard(bound.host) && isIP(unbracketed(name)) !== 0
}

const unbracketed = (host: string): string => host.replace(/^\[(.*)\]$/, '$1')
const bracketed = (address: string): string => (address.includes(':') ? `[${address}]` : address)
