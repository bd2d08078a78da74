import type { InputOf } from '../../../shared/contract/operations/index.ts'
import type { Exchange } from '../../../shared/contract/operations/traces.ts'
import { ownHeaders } from '../../../shared/flow/request-parts.ts'

/** A request as it stands in the form. */
export interface ReplayDraft {
  method: string
  target: string
  /** One a line. */
  headers: string
  /** Null for a body that is not text, which stays as it was. */
  body: string | null
}

export const draftOf = ({ method, target, request }: Exchange): ReplayDraft => ({
  method,
  target,
  headers: request.headers
    // What a client sets by itself is none of the user's; Host they may want to change.
    .filter(([name]) => name.toLowerCase() === 'host' || !ownHeaders.has(name.toLowerCase()))
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n'),
  body: request.encoding === 'utf8' ? request.body : null,
})

/** What the form changes; the body always goes along where it is text, so that a cut one is sent as it is seen. */
export function changesOf(exchange: Exchange, draft: ReplayDraft): Omit<InputOf<'exchanges.replay'>, 'id'> {
  return {
    ...(draft.method === exchange.method ? {} : { method: draft.method }),
    ...(draft.target === exchange.target ? {} : { target: draft.target.trim() }),
    headers: headersOf(draft.headers),
    ...(draft.body === null ? {} : { body: draft.body }),
  }
}

/** A line without a colon is a name without a value: the core says what is wrong with it. */
const headersOf = (text: string): [string, string][] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const colon = line.indexOf(':')
      return colon < 0 ? [line, ''] : [line.slice(0, colon).trim(), line.slice(colon + 1).trim()]
    })
