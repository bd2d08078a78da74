import type { TokenMember } from '../../../../shared/contract/faults/endpoints.ts'
import { isJsonObject } from '../../../../shared/protocol/jwt.ts'
import type { Reply } from '../reply.ts'
import { readJson, withJson } from './reply-json.ts'
import { redirectOf } from './reply-redirect.ts'

export interface TokenOfReply {
  token: string
  /** The answer with another one in its place. */
  replaced(token: string): Reply
}

/** A token of an answer, be that in its body or in its redirect; null when it has none of this name. */
export function tokenOf(reply: Reply, member: TokenMember): TokenOfReply | null {
  const json = readJson(reply)
  if (isJsonObject(json)) {
    const token = json[member]
    if (typeof token !== 'string') return null
    return { token, replaced: (other) => withJson(reply, { ...json, [member]: other }) }
  }
  const found = redirectOf(reply)
  const token = found?.get(member)
  return found && token !== undefined ? { token, replaced: (other) => found.edit({ [member]: other }) } : null
}
