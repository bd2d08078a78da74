/**
 * Takes the control token out of a URL fragment (`#token=…`, alone or joined by `&` to a route), so that it can leave the
 * address bar. `rest` is the fragment without it, "" or starting with "#".
 */
export function takeToken(fragment: string): { token: string | null; rest: string } {
  const parts = fragment.replace(/^#/, '').split('&')
  const found = parts.find((part) => part.startsWith('token='))
  const rest = parts.filter((part) => part !== '' && !part.startsWith('token=')).join('&')
  const token = found ? safeDecode(found.slice('token='.length)) : null
  return { token: token || null, rest: rest ? `#${rest}` : '' }
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
