import type { Message } from '../contract/operations/traces.ts'

/** Longer bodies are cut in the log; the number of bytes is kept. */
export const BODY_KEPT = 65_536

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** A body as the log keeps it: as text where it is UTF-8, and cut. `bytes`: its size on the wire. */
export function keptBody(body: Uint8Array, bytes: number): Omit<Message, 'headers'> {
  const kept = body.subarray(0, body.length > BODY_KEPT ? cutAt(body) : body.length)
  try {
    return { body: utf8.decode(kept), encoding: 'utf8', bytes }
  } catch {
    return { body: toBase64(body.subarray(0, BODY_KEPT)), encoding: 'base64', bytes }
  }
}

/** Not inside a character of UTF-8, whose bytes after the first begin with 10. */
function cutAt(body: Uint8Array): number {
  let end = BODY_KEPT
  while (end > BODY_KEPT - 4 && (body[end]! & 0xc0) === 0x80) end--
  return end
}

const CHUNK = 8_192

function toBase64(bytes: Uint8Array): string {
  let binary = ''
  for (let at = 0; at < bytes.length; at += CHUNK)
    binary += String.fromCharCode(...bytes.subarray(at, at + CHUNK))
  return btoa(binary)
}
