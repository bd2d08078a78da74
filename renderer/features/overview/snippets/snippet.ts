import type { GrantType } from '../../../../shared/contract/operations/clients.ts'
import type { SigningAlg } from '../../../../shared/contract/values.ts'

/** What an app is set up with. */
export interface Setup {
  /** Without a trailing slash. */
  issuer: string
  /** What it signs access tokens with. */
  alg: SigningAlg
  clientId: string
  /** Null for a public client. */
  secret: string | null
  grantTypes: readonly GrantType[]
  /** What the app asks for. */
  scopes: readonly string[]
  /** As registered: URIs to the letter, or `loopback`. */
  redirectUris: readonly string[]
}

export interface Snippet {
  id: string
  label: string
  group: 'Log in' | 'Protect an API' | 'Send requests'
  /** What it needs and shows, a sentence. */
  about: string
  code: string
  /** Where it has the browser sent back to; null where there is no browser. */
  redirectUri: string | null
  /** Whether a client without a secret cannot be used. */
  needsSecret?: true
}

/** A text as JavaScript, Go, Python, C# and TOML all write one. */
export const quoted = (text: string): string => JSON.stringify(text)

/** A text as one word of a POSIX shell. */
export const shellWord = (text: string): string =>
  /^[\w.:/@=&?+-]+$/.test(text) && !/[&?]/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`

export const scopeText = ({ scopes }: Setup): string => scopes.join(' ')

/** The URI a library uses by its own convention, or the registered one where it can be told. */
export function redirectUriOf({ redirectUris }: Setup, usual: string): string {
  if (redirectUris.length === 0 || redirectUris.includes('loopback') || redirectUris.includes(usual))
    return usual
  return redirectUris[0]!
}

/** Whether a client may be sent back there (RFC 9700 2.1; `loopback` stands for any loopback URI). */
export const isRegistered = ({ redirectUris }: Setup, uri: string): boolean =>
  redirectUris.includes(uri) ||
  (redirectUris.includes('loopback') && /^https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?:[:/]|$)/.test(uri))
