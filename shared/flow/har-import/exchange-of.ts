import type { HarEntry } from '../../contract/operations/har.ts'
import type { Exchange, Message } from '../../contract/operations/traces.ts'
import { isJsonObject } from '../../protocol/jwt.ts'
import { formPairs, headerOf, readBody } from '../body.ts'
import { keptBody } from '../kept-body.ts'

/** The exchange of an entry, with `id` its place in the file; what other entries must tell (endpoint, parties) is left null. */
export function exchangeOf(entry: HarEntry, id: number): Exchange {
  const url = new URL(entry.request.url)
  const durationMs = Math.max(0, entry.time ?? 0)
  const request = requestOf(entry)
  const response = responseOf(entry)
  const status = Math.max(0, entry.response.status)
  const extra = entry._grantscope
  const verdicts = extra?.verdicts ?? []
  return {
    id,
    traceId: '',
    // Begins are written in whole milliseconds, cut; answers were dated by them.
    at: Math.ceil(Date.parse(entry.startedDateTime) + durationMs),
    durationMs,
    issuer: extra?.issuer ?? url.origin,
    direction: extra?.direction ?? 'inbound',
    endpoint: extra?.endpoint ?? null,
    method: entry.request.method,
    target: url.pathname + url.search,
    status,
    error: extra ? extra.error : errorOf(response, status),
    grantType: extra ? extra.grantType : formValue(request, 'grant_type'),
    clientId: extra?.clientId ?? null,
    userId: extra?.userId ?? null,
    failedChecks: verdicts.filter(({ outcome }) => outcome !== 'passed').length,
    replayOf: null,
    faults: extra?.faults ?? [],
    url: url.href,
    request,
    response,
    verdicts,
    jtis: extra?.jtis ?? [],
    between: extra?.between ?? null,
  }
}

function requestOf({ request: { headers, postData, bodySize }, _grantscope: extra }: HarEntry): Message {
  const text = postData?.text || formOf(postData?.params ?? [])
  const body = extra?.requestBytes === undefined ? encode(text) : decode(extra.requestBytes)
  return {
    headers: headersOf(headers, body.length > 0 ? postData?.mimeType : null),
    ...keptBody(body, Math.max(bodySize ?? 0, body.length)),
  }
}

function responseOf({ response: { headers, content } }: HarEntry): Message {
  const text = content?.text ?? ''
  const body = content?.encoding === 'base64' ? decode(text) : encode(text)
  return {
    headers: headersOf(headers, body.length > 0 ? content?.mimeType : null),
    ...keptBody(body, Math.max(content?.size ?? 0, body.length)),
  }
}

/** @param mediaType for an archive that has it beside the body and not among the headers */
function headersOf(
  pairs: readonly { name: string; value: string }[],
  mediaType: string | null | undefined,
): Message['headers'] {
  const headers = pairs
    // Of HTTP/2, and in method and URL already (RFC 9113 8.3.1).
    .filter(({ name }) => !name.startsWith(':'))
    .flatMap(({ name, value }) => linesOf(name, value).map((line): [string, string] => [name, line]))
  const typed = headers.some(([name]) => name.toLowerCase() === 'content-type')
  return mediaType && !typed ? [...headers, ['content-type', mediaType]] : headers
}

/** Browsers write all cookies an answer sets into one header, one a line. */
const linesOf = (name: string, value: string): string[] =>
  name.toLowerCase() === 'set-cookie' ? value.split('\n') : [value]

const formOf = (params: readonly { name: string; value?: string | null | undefined }[]): string =>
  new URLSearchParams(params.map(({ name, value }): [string, string] => [name, value ?? ''])).toString()

const encode = (text: string): Uint8Array => new TextEncoder().encode(text)

const decode = (base64: string): Uint8Array =>
  Uint8Array.from(atob(base64.replace(/\s+/g, '')), (character) => character.charCodeAt(0))

function formValue(request: Message, name: string): string | null {
  const { content } = readBody(request)
  return (content.kind === 'form' && content.pairs.find((pair) => pair.name === name)?.value) || null
}

/** The error code of a refusal: in its JSON (RFC 6749 5.2), its challenge (RFC 6750 3), or on its way to the app (RFC 6749 4.1.2.1). */
function errorOf(response: Message, status: number): string | null {
  if (status >= 300 && status < 400) return errorIn(headerOf(response, 'location') ?? '')
  if (status < 400) return null
  const { content } = readBody(response)
  const error = content.kind === 'json' && isJsonObject(content.value) ? content.value.error : null
  if (typeof error === 'string' && error !== '') return error.slice(0, 200)
  return /\berror="([^"]{1,200})"/.exec(headerOf(response, 'www-authenticate') ?? '')?.[1] ?? null
}

const errorIn = (url: string): string | null =>
  formPairs((/[?#](.*)$/s.exec(url)?.[1] ?? '').replaceAll('#', '&'))
    .find(({ name, value }) => name === 'error' && value !== '')
    ?.value.slice(0, 200) ?? null
