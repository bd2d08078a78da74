const SCOPE_TOKEN = /^[\x21\x23-\x5B\x5D-\x7E]+$/

/**
 * The scope-tokens of a `scope` value (RFC 6749 3.3), each once, in order; empty for an empty or missing value.
 * Null when a character is not allowed.
 */
export function parseScope(value: string | undefined): string[] | null {
  const tokens = (value ?? '').split(' ').filter((token) => token !== '')
  return tokens.every((token) => SCOPE_TOKEN.test(token)) ? [...new Set(tokens)] : null
}

export const formatScope = (scopes: readonly string[]): string => scopes.join(' ')
