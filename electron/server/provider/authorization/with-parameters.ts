/** To the letter: a URI that was parsed and written again might not be the one that was registered. */
export function withParameters(
  uri: string,
  responseMode: 'query' | 'fragment',
  parameters: Record<string, string>,
): string {
  const text = new URLSearchParams(parameters).toString()
  if (text === '') return uri
  if (responseMode === 'fragment') return `${uri}#${text}`
  return `${uri}${uri.includes('?') ? '&' : '?'}${text}`
}
