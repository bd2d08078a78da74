import { decodeBase64Url } from '../../shared/protocol/base64url.ts'
import { type DecodedToken, parseObject } from '../../shared/protocol/jose.ts'

/** Header and payload as text to edit. */
export interface TokenDraft {
  header: string
  payload: string
}

/** A token's parts as one edits them: JSON laid out, any other text as it is. */
export function draftOf(decoded: DecodedToken): TokenDraft {
  const { header, claims, content, sdJwt, payload } = decoded
  if (header === null) return { header: '', payload: '' }
  // What JSON.parse would lose (two names alike, 1.0) is shown as it was signed.
  const text = payload === null || sdJwt ? null : textOf(payload)
  return {
    header: JSON.stringify(header, null, 2),
    payload: claims ? laidOut(text, claims) : (content ?? text ?? ''),
  }
}

function laidOut(text: string | null, claims: object): string {
  const lossless = text === null || JSON.stringify(claims) === withoutSpaces(text)
  return lossless ? JSON.stringify(claims, null, 2) : text
}

/** JSON without the spaces between its pieces. */
const withoutSpaces = (json: string): string =>
  json.replace(/"(?:[^"\\]|\\.)*"|\s+/g, (piece) => (piece.startsWith('"') ? piece : ''))

function textOf(base64url: string): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(decodeBase64Url(base64url))
  } catch {
    return null
  }
}

/** What is signed: JSON without the spaces it was laid out with; anything else to the letter. */
export function compactJson(text: string): string {
  const parsed = parseObject(text)
  if (!parsed) return text
  const compact = JSON.stringify(parsed)
  return JSON.stringify(parsed, null, 2) === text.trim() ? compact : text
}
