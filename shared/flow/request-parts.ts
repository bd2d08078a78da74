/** Set by every HTTP client itself, or true only of the connection they came over. */
export const ownHeaders: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

/** The issuer's own certificate is one that no system trusts. */
export const isLoopbackHttps = (url: string): boolean =>
  /^https:\/\/(?:127\.\d+\.\d+\.\d+|localhost|\[::1\])[:/]/i.test(url)
