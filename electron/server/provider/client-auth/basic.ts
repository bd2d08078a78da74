export interface BasicCredentials {
  /** False when the header cannot be read; id and secret are empty then. */
  wellFormed: boolean
  clientId: string
  secret: string
}

/**
 * Credentials of an `Authorization: Basic` header (RFC 7617), form-decoded (RFC 6749 2.3.1). Null when there is none, or
 * when both halves are empty: Swagger UI sends that for a login without a client.
 */
export function readBasic(header: string | null): BasicCredentials | null {
  const encoded = /^basic\s+(.*)$/i.exec(header ?? '')?.[1]
  if (encoded === undefined) return null
  const unreadable = { wellFormed: false, clientId: '', secret: '' }
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(encoded)) return unreadable
  try {
    const text = utf8.decode(Buffer.from(encoded, 'base64'))
    const colon = text.indexOf(':')
    if (colon < 0) return unreadable
    const clientId = formDecode(text.slice(0, colon))
    const secret = formDecode(text.slice(colon + 1))
    return clientId === '' && secret === '' ? null : { wellFormed: true, clientId, secret }
  } catch {
    return unreadable
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

const formDecode = (text: string): string => decodeURIComponent(text.replaceAll('+', ' '))
