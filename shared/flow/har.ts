import type { HarExtra } from '../contract/operations/har.ts'
import type { Exchange, Message } from '../contract/operations/traces.ts'
import { formPairs, headerOf } from './body.ts'
import { redactExchange } from './redact.ts'
import { partiesOf } from './sequence.ts'
import { exchangeWords } from './words.ts'

export interface HarPage {
  id: string
  title: string
  startedAt: number
  exchanges: readonly Exchange[]
}

export interface HarOptions {
  /** Put passwords, secrets, cookies, codes and tokens in as they were sent. */
  includeSecrets: boolean
  /** Of Grantscope, the creator. */
  version: string
}

/** Traces as an HTTP Archive 1.2: a page for each, the checks that failed in `_checks` of their entry, and what an import needs besides in `_grantscope`. */
export const toHar = (pages: readonly HarPage[], { includeSecrets, version }: HarOptions) => ({
  log: {
    version: '1.2',
    creator: { name: 'Grantscope', version },
    pages: pages.map(({ id, title, startedAt }) => ({
      startedDateTime: new Date(startedAt).toISOString(),
      id,
      title,
      pageTimings: {},
    })),
    entries: pages
      .flatMap(({ id, exchanges }) => exchanges.map((exchange) => ({ id, exchange })))
      .map(({ id, exchange }) => toEntry(id, includeSecrets ? exchange : redactExchange(exchange))),
  },
})

function toEntry(pageref: string, exchange: Exchange) {
  const { at, durationMs, verdicts } = exchange
  const failed = verdicts.filter(({ outcome }) => outcome !== 'passed')
  return {
    pageref,
    startedDateTime: new Date(at - durationMs).toISOString(),
    time: durationMs,
    request: toRequest(exchange),
    response: toResponse(exchange),
    cache: {},
    timings: { send: 0, wait: durationMs, receive: 0 },
    comment: exchangeWords(exchange),
    ...(failed.length > 0 ? { _checks: failed } : {}),
    _grantscope: toExtra(exchange),
  }
}

function toExtra(exchange: Exchange): HarExtra {
  const { issuer, direction, endpoint, error, grantType, clientId, userId, verdicts, jtis, faults, request } =
    exchange
  return {
    issuer,
    direction,
    endpoint,
    error,
    grantType,
    clientId,
    userId,
    between: partiesOf(exchange),
    verdicts,
    jtis,
    ...(faults.length > 0 ? { faults } : {}),
    ...(request.encoding === 'base64' && request.body !== '' ? { requestBytes: request.body } : {}),
  }
}

const toRequest = ({ method, url, request }: Exchange) => ({
  method,
  url,
  httpVersion: 'HTTP/1.1',
  cookies: cookiePairs(headerOf(request, 'cookie') ?? ''),
  headers: headersOf(request),
  queryString: pairsOf(/\?([^#]*)/.exec(url)?.[1] ?? ''),
  // A HAR has no place for bytes in a request: they are in what is our own, and bodySize tells.
  ...(request.body !== '' && request.encoding === 'utf8'
    ? { postData: { mimeType: headerOf(request, 'content-type') ?? '', text: request.body } }
    : {}),
  headersSize: -1,
  bodySize: request.bytes,
})

const toResponse = ({ status, response }: Exchange) => ({
  status,
  statusText: '',
  httpVersion: 'HTTP/1.1',
  cookies: response.headers
    .filter(([name]) => name.toLowerCase() === 'set-cookie')
    .flatMap(([, value]) => cookiePairs(value.split(';', 1)[0]!)),
  headers: headersOf(response),
  content: {
    size: response.bytes,
    mimeType: headerOf(response, 'content-type') ?? '',
    ...(response.body === '' ? {} : { text: response.body }),
    ...(response.encoding === 'base64' ? { encoding: 'base64' } : {}),
  },
  redirectURL: headerOf(response, 'location') ?? '',
  headersSize: -1,
  bodySize: response.bytes,
})

const headersOf = ({ headers }: Message) => headers.map(([name, value]) => ({ name, value }))

const pairsOf = (query: string) => formPairs(query).map(({ name, value }) => ({ name, value }))

const cookiePairs = (cookies: string) =>
  cookies.split(';').flatMap((pair) => {
    const equals = pair.indexOf('=')
    return equals < 0 ? [] : [{ name: pair.slice(0, equals).trim(), value: pair.slice(equals + 1).trim() }]
  })
