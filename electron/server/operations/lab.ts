import { ContractError, notFound } from '../../../shared/contract/envelope.ts'
import type { SeenToken } from '../../../shared/contract/operations/lab.ts'
import { decodeToken } from '../../../shared/protocol/jose.ts'
import type { Core } from '../core.ts'
import type { Writer } from '../store/database.ts'
import { listOutboundCalls } from '../store/outbound-calls.ts'
import {
  deleteSeenToken,
  deleteSeenTokens,
  insertSeenToken,
  listSeenTokens,
  type NewSeenToken,
  readSeenToken,
} from '../store/seen-tokens.ts'
import { breakForLab } from '../tokens/lab/break.ts'
import { decryptForLab } from '../tokens/lab/decrypt.ts'
import { fetchKeys } from '../tokens/lab/fetch-keys.ts'
import { generateKey } from '../tokens/lab/generate.ts'
import { inspectWithKey } from '../tokens/lab/inspect.ts'
import { mustBeAllowed, sendToken } from '../tokens/lab/outbound.ts'
import { signForLab } from '../tokens/lab/sign.ts'
import { hashOf } from '../tokens/read.ts'
import type { HandlersOf } from './handlers.ts'

export function labHandlers(core: Core): HandlersOf<'lab'> {
  const { database, clock, random, events } = core
  const change = <T>(work: (writer: Writer) => T extends PromiseLike<unknown> ? never : T): T => {
    const value = database.write(work)
    events.publish({ type: 'changed', noun: 'lab' })
    return value
  }

  return {
    'lab.inspect': (input) => inspectWithKey(core, input),
    'lab.sign': (input) => signForLab(core, input),
    'lab.break': (input) => breakForLab(core, input),
    'lab.decrypt': (input) => decryptForLab(input),
    'lab.generateKey': ({ alg }) => generateKey(random, alg),
    'lab.fetchKeys': (input) => fetchKeys(core, input),
    'lab.send': ({ url, token, method, confirmed }) => {
      mustBeAllowed(url, confirmed)
      return sendToken(core, { url, token, method })
    },
    'lab.outbound': ({ limit }) => listOutboundCalls(database.read, limit),
    'lab.remember': ({ token }) => {
      const seen = toSeen(token, clock.now())
      return change((writer) => insertSeenToken(writer, seen))
    },
    'lab.history': ({ search, limit }) => listSeenTokens(database.read, search, limit),
    'lab.recall': ({ id }) => {
      const token = readSeenToken(database.read, id)
      if (token === undefined) throw notFound('token in the history', id)
      return { token }
    },
    'lab.forget': ({ ids }) =>
      change((writer) => ({
        count: ids
          ? ids.reduce((count, id) => count + deleteSeenToken(writer, id), 0)
          : deleteSeenTokens(writer),
      })),
  }
}

/** @throws ContractError `refused` for what is no JWT, JWE or SD-JWT */
function toSeen(token: string, seenAt: number): NewSeenToken {
  const { form, header, claims } = decodeToken(token)
  if (form === 'opaque' || form === 'malformed')
    throw new ContractError('refused', 'Only a readable JWT is remembered; any other text may be a secret.')
  return {
    hash: hashOf(token),
    token,
    seenAt,
    form: form satisfies SeenToken['form'],
    alg: textOf(header?.alg),
    typ: textOf(header?.typ),
    iss: textOf(claims?.iss),
    sub: textOf(claims?.sub),
    expiresAt: typeof claims?.exp === 'number' && Math.abs(claims.exp) < 8.64e12 ? claims.exp * 1000 : null,
  }
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value.slice(0, 300) : null)
