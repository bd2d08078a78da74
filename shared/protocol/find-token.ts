// A paste may be of any size, so every pattern here is one that fails at once when it is tried in the middle of a run that it was
// tried at the beginning of.

const COMPACT =
  /(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{2,}\.[A-Za-z0-9_-]*\.[A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]*\.[A-Za-z0-9_-]*)?/
const TOKEN_FIELD = /["'?&#](?:access_token|id_token|refresh_token|token)["']?\s*[:=]\s*["']?([^"'&\s,}]+)/

/** A text without the quotes around it, and the comma after it. */
export const withoutQuotes = (text: string): string => text.replace(/^["'`]+|(?<!["'`,;])["'`,;]+$/g, '')

/** The token inside pasted text: after `Bearer`, in quotes, in JSON, in a URL or its fragment, wrapped over lines. */
export function findToken(text: string): string {
  const bare = withoutQuotes(text.trim().replace(/^(?:authorization\s*:\s*)?(?:bearer|dpop)\s+/i, ''))
  // A jose header starts with {" which is always eyJ: the surest sign inside a larger text.
  const joined = bare.replace(/\s+/g, '')
  const surrounded = /[\s{}"'?&#=<>]/.test(bare)
  if (!surrounded) return bare
  if (/^eyJ[A-Za-z0-9_.+/=-]*$/.test(joined)) return joined
  const field = TOKEN_FIELD.exec(bare)?.[1]
  if (field) return decodeUriSafely(field)
  return /eyJ[A-Za-z0-9_.+/=-]+/.exec(bare)?.[0] ?? COMPACT.exec(bare)?.[0] ?? bare
}

function decodeUriSafely(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
