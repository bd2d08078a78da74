import { notFound } from '../../../shared/contract/envelope.ts'
import type { TokenDetail } from '../../../shared/contract/operations/tokens.ts'
import type { Core } from '../core.ts'
import type { Reader, Writer } from '../store/database.ts'
import {
  expireToken,
  findToken,
  listFamily,
  listTokens,
  restoreToken,
  revokeFamily,
  revokeToken,
  toTokenRow,
} from '../store/tokens.ts'
import { inspectToken } from '../tokens/inspect.ts'
import { issueForOperation } from '../tokens/issue-for-operation.ts'
import { previewTokens } from '../tokens/preview.ts'
import type { HandlersOf } from './handlers.ts'

const BY_HAND = 'revoked in the workbench'

export function tokenHandlers(core: Core): HandlersOf<'tokens'> {
  const { database, clock, events } = core
  const told = (jtis: string[]) => {
    if (jtis.length > 0) events.publish({ type: 'changed', noun: 'tokens' })
    return { jtis }
  }
  /** Changes many tokens in one transaction, and returns those it really changed. */
  const change = (jtis: string[], one: (writer: Writer, jti: string) => boolean) => {
    const wanted = [...new Set(jtis)]
    return told(
      database.write((writer) => {
        if (wanted.length === 1) existing(writer, wanted[0]!)
        return wanted.filter((jti) => one(writer, jti))
      }),
    )
  }

  return {
    'tokens.list': ({ filter, offset, limit }) => {
      const now = clock.now()
      const { total, tokens } = listTokens(database.read, { filter, now, offset, limit })
      return { total, rows: tokens.map((token) => toTokenRow(token, now)) }
    },
    'tokens.get': ({ jti }) => toDetail(database.read, jti, clock.now()),
    'tokens.revoke': ({ jtis, reason }) => {
      const now = clock.now()
      return change(jtis, (writer, jti) => revokeToken(writer, jti, reason ?? BY_HAND, now))
    },
    'tokens.revokeFamily': ({ grantId }) =>
      told(
        database.write((writer) => {
          if (listFamily(writer, grantId).length === 0) throw notFound('grant', grantId)
          return revokeFamily(writer, grantId, BY_HAND, clock.now())
        }),
      ),
    'tokens.expire': ({ jtis }) => {
      const now = clock.now()
      return change(jtis, (writer, jti) => expireToken(writer, jti, now))
    },
    'tokens.restore': ({ jtis }) => change(jtis, restoreToken),
    'tokens.issue': (input) => issueForOperation(core, input),
    'tokens.preview': (input) => previewTokens(core, input),
    'tokens.inspect': (input) => inspectToken(core, input),
  }
}

function existing(reader: Reader, jti: string) {
  const token = findToken(reader, jti)
  if (!token) throw notFound('token', jti)
  return token
}

function toDetail(reader: Reader, jti: string, now: number): TokenDetail {
  const token = existing(reader, jti)
  const family = listFamily(reader, token.grantId).map((member) => toTokenRow(member, now))
  return { ...toTokenRow(token, now), header: token.header, claims: token.claims, family }
}
