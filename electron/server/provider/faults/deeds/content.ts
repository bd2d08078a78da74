import type { FaultActionOf } from '../../../../../shared/contract/faults/actions/index.ts'
import { mergePatch } from '../../../../../shared/protocol/merge-patch.ts'
import { readJson, withJson } from '../reply-json.ts'
import type { Deed } from './deed.ts'

const encoder = new TextEncoder()

export const content: Deed<FaultActionOf<'content'>> = {
  after({ contentType, body }, reply) {
    if (reply.body.length === 0) return null
    const others = reply.headers.filter(([name]) => name.toLowerCase() !== 'content-type')
    const headers: typeof reply.headers =
      contentType === null ? reply.headers : [['content-type', contentType], ...others]
    return () => ({
      ...reply,
      headers: [...headers],
      body: body === null ? reply.body : encoder.encode(body),
    })
  },
}

export const patch: Deed<FaultActionOf<'patch'>> = {
  after({ patch }, reply) {
    const json = readJson(reply)
    if (json === undefined) return null
    const patched = mergePatch(json, patch)
    return JSON.stringify(patched) === JSON.stringify(json) ? null : () => withJson(reply, patched)
  },
}
