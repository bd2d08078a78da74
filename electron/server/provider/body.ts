import { MAX_BODY_BYTES } from '../../../shared/protocol/checks/request/check-size.ts'

export interface Body {
  /** What was read; cut when `tooLarge`. */
  bytes: Uint8Array
  /** Bytes that came. */
  size: number
  tooLarge: boolean
}

const EMPTY: Body = { bytes: new Uint8Array(0), size: 0, tooLarge: false }

/** Reads a body whole; the host has bounded what it holds. */
export async function readBody(request: Request): Promise<Body> {
  if (request.method === 'GET' || request.method === 'HEAD') return EMPTY
  const bytes = new Uint8Array(await request.arrayBuffer())
  const tooLarge = bytes.length > MAX_BODY_BYTES
  return { bytes: tooLarge ? bytes.subarray(0, MAX_BODY_BYTES) : bytes, size: bytes.length, tooLarge }
}
