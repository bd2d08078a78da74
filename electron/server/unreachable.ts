const words: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'the connection was cut',
  UND_ERR_SOCKET: 'the connection was cut',
  EHOSTUNREACH: 'there is no way to that host',
  ENETUNREACH: 'there is no way to that network',
  ENOTFOUND: 'no host of this name is known',
  EAI_AGAIN: 'no host of this name is known, and names cannot be looked up now',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is signed by itself, and so not trusted',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is not signed by anybody who is trusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is not signed by anybody who is trusted',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host',
}

/** Why a request brought no answer, with the code the system has for it. Node's fetch keeps the reason in `cause`. */
export function whyUnreachable(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  if (!(cause instanceof Error)) return String(cause)
  // Of several addresses that were tried each has a reason; the first is as good as any.
  const first = cause instanceof AggregateError && cause.errors[0] instanceof Error ? cause.errors[0] : cause
  const code = 'code' in first ? String(first.code) : ''
  if (words[code] !== undefined) return `${words[code]} (${code})`
  // The port list of the Fetch standard.
  if (first.message === 'bad port') return 'no client asks this port by HTTP: it belongs to another protocol'
  return first.message || code || 'no reason is known'
}
