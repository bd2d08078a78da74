import type { FlowRequest } from '../../../shared/contract/operations/flows.ts'
import type { Message } from '../../../shared/contract/operations/traces.ts'
import { headerOf } from '../../../shared/flow/body.ts'
import { formatPairs, formatUrl, parsePairs, parseUrl } from './request-pairs.ts'

export type BodyForm = 'none' | 'form' | 'json' | 'text'

/** The name under which the unsaved changes to the request of a step are kept. */
export const draftName = (runId: string, step: number): string => `flow ${runId} step ${step}`

/** What a text was sent as, as a message of a recorded exchange. */
export const asMessage = ({ headers, body }: { headers: [string, string][]; body: string }): Message => ({
  headers,
  body,
  encoding: 'utf8',
  bytes: new TextEncoder().encode(body).length,
})

/** How the body of a request can be edited. */
export function bodyForm(request: FlowRequest): BodyForm {
  const type = headerOf(asMessage(request), 'content-type')?.toLowerCase() ?? ''
  if (type.startsWith('application/x-www-form-urlencoded')) return 'form'
  if (/^application\/([\w.-]+\+)?json/.test(type)) return 'json'
  return request.body === '' ? 'none' : 'text'
}

/** Without the rows that were added and left blank. */
export function withoutBlanks(request: FlowRequest): FlowRequest {
  const { base, pairs, fragment } = parseUrl(request.url)
  const typed = pairs.filter(({ name, value }) => name !== '' || value !== '')
  return {
    ...request,
    url: formatUrl({ base: base.trim(), pairs: typed, fragment }),
    headers: request.headers.filter(([name, value]) => name !== '' || value !== ''),
    body:
      bodyForm(request) === 'form'
        ? formatPairs(parsePairs(request.body).filter(({ name, value }) => name !== '' || value !== ''))
        : request.body,
  }
}
