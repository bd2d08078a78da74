import type { Reply } from '../reply.ts'

const decoder = new TextDecoder()
const encoder = new TextEncoder()

/** The JSON of a good answer; undefined for any other, and for what another fault has made no JSON. */
export function readJson({ status, headers, body }: Reply): unknown {
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? ''
  if (status < 200 || status > 299 || !/^application\/(?:[\w.+-]+\+)?json\b/.test(type)) return undefined
  try {
    return JSON.parse(decoder.decode(body))
  } catch {
    return undefined
  }
}

export const withJson = (reply: Reply, json: unknown): Reply => ({
  ...reply,
  body: encoder.encode(JSON.stringify(json)),
})
