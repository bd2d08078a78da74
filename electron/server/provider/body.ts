import { MAX_BODY_BYTES } from '../../../shared/protocol/checks/request/check-size.ts'

export interface Body {
  /** What was read; cut when `tooLarge`. */
  bytes: Uint8Array
  /** Bytes that came, or were announced. */
  size: number
  tooLarge: boolean
}

const EMPTY: Body = { bytes: new Uint8Array(0), size: 0, tooLarge: false }

/** Reads a body to its end, or to just past the limit. A client that breaks off is taken for one that is done. */
export async function readBody(request: Request): Promise<Body> {
  if (!request.body) return EMPTY
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
      chunks.push(chunk)
      size += chunk.length
      if (size > MAX_BODY_BYTES) break
    }
  } catch {
    // The connection broke while the body came; nobody is left to answer, but the log keeps what was seen.
  }
  const announced = Number(request.headers.get('content-length') ?? 0)
  return {
    bytes: Buffer.concat(chunks),
    size: Math.max(size, Number.isFinite(announced) ? announced : 0),
    tooLarge: size > MAX_BODY_BYTES,
  }
}
