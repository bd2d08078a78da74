/** What came of a body: its first bytes, and why they may not be all. */
export interface SomeBody {
  bytes: Uint8Array
  /** Whether there was more than was asked for. */
  tooLong: boolean
  /** Whether the connection broke before its end. */
  broken: boolean
}

/** Reads the first `limit` bytes of an answer, however long it goes on. Never rejects. */
export async function readSome({ body }: Pick<Response, 'body'>, limit: number): Promise<SomeBody> {
  const chunks: Uint8Array[] = []
  let size = 0
  let broken = false
  try {
    for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) {
      chunks.push(chunk)
      size += chunk.length
      if (size > limit) break
    }
  } catch {
    broken = true
  }
  return { bytes: Buffer.concat(chunks).subarray(0, limit), tooLong: size > limit, broken }
}
