import { isJsonObject, type JsonObject } from '../../protocol/jwt.ts'
import { BODY_KEPT } from '../kept-body.ts'
import { isAsset } from './left-out.ts'

/**
 * A HAR with what an import makes nothing of taken out, so that one of 50 MB fits into a call: members it does not read, bodies
 * beyond what the log keeps, all of assets. Every entry keeps its place, and what is wrong stays wrong: judging is not done here.
 */
export function slimHar(har: unknown): unknown {
  const log = isJsonObject(har) ? har.log : undefined
  if (!isJsonObject(log) || !Array.isArray(log.entries)) return har
  const { creator, browser, pages, entries } = log
  return { log: { creator, browser, pages: slimPages(pages), entries: entries.map(slimEntry) } }
}

const slimPages = (pages: unknown): unknown =>
  Array.isArray(pages)
    ? pages.map((page) => (isJsonObject(page) ? pick(page, ['id', 'title']) : page))
    : pages

function slimEntry(entry: unknown): unknown {
  if (!isJsonObject(entry)) return entry
  const { request, response } = entry
  const kept = pick(entry, ['pageref', 'startedDateTime', 'time', '_grantscope'])
  if (!isJsonObject(request) || !isJsonObject(response)) return { ...kept, request, response }
  const asset = looksLikeAsset(entry, request, response)
  return {
    ...kept,
    request: {
      ...pick(request, ['method', 'bodySize']),
      url: slimUrl(request.url),
      headers: asset ? [] : slimHeaders(request.headers),
      postData: asset ? undefined : slimBody(request.postData, ['mimeType', 'params']),
    },
    response: {
      ...pick(response, ['status']),
      headers: asset ? [] : slimHeaders(response.headers),
      content: asset
        ? { mimeType: mimeTypeOf(response) }
        : slimBody(response.content, ['mimeType', 'encoding', 'size']),
    },
  }
}

/** What is no HTTP is only counted: of a picture in a data: URL the beginning will do. */
const slimUrl = (url: unknown): unknown =>
  typeof url === 'string' && !/^https?:/i.test(url) ? url.slice(0, 100) : url

const slimHeaders = (headers: unknown): unknown =>
  Array.isArray(headers)
    ? headers.map((header) => (isJsonObject(header) ? pick(header, ['name', 'value']) : header))
    : headers

/** Characters are never fewer than a quarter of the bytes of their UTF-8, and base64 is cut where a group of four ends. */
function slimBody(body: unknown, members: string[]): unknown {
  if (!isJsonObject(body)) return body
  const { text, size } = body
  const kept = pick(body, members)
  if (typeof text !== 'string') return kept
  const longest = body.encoding === 'base64' ? Math.ceil(BODY_KEPT / 3) * 4 : BODY_KEPT + 1
  if (text.length <= longest) return { ...kept, text }
  return {
    ...kept,
    text: text.slice(0, longest),
    size: typeof size === 'number' && size > 0 ? size : text.length,
  }
}

function looksLikeAsset(entry: JsonObject, request: JsonObject, response: JsonObject): boolean {
  const { method, url } = request
  if (typeof method !== 'string' || typeof url !== 'string' || !Array.isArray(request.headers)) return false
  if (!Array.isArray(response.headers) || entry._grantscope !== undefined) return false
  return isAsset({ request: { method, url }, response: { content: { mimeType: mimeTypeOf(response) } } })
}

function mimeTypeOf({ content }: JsonObject): string | undefined {
  const mimeType = isJsonObject(content) ? content.mimeType : undefined
  return typeof mimeType === 'string' ? mimeType : undefined
}

const pick = (object: JsonObject, names: readonly string[]): JsonObject =>
  Object.fromEntries(names.flatMap((name) => (object[name] === undefined ? [] : [[name, object[name]]])))
