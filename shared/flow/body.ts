import type { Message } from '../contract/operations/traces.ts'
import { isJsonObject } from '../protocol/jwt.ts'

export interface FormPair {
  name: string
  value: string
  /** What keeps the pair from being read as sent. */
  problem: string | null
}

/** A recorded body, read for showing: never strict, never throwing. */
export type BodyContent =
  | { kind: 'none' }
  | { kind: 'binary'; bytes: Uint8Array }
  | { kind: 'form'; pairs: FormPair[] }
  | { kind: 'json'; value: unknown }
  | { kind: 'text' }

export interface ReadBody {
  content: BodyContent
  /** Media type without parameters, in lower case; null when none was sent. */
  mediaType: string | null
  /** Bytes kept; smaller than `bytes` of the message when the body was cut. */
  kept: number
  cut: boolean
  /** How the body differs from what its Content-Type says. */
  problem: string | null
}

/** The value of a header, whose name is compared without case; null when it was not sent. */
export const headerOf = (message: Message, name: string): string | null =>
  message.headers.find(([header]) => header.toLowerCase() === name)?.[1] ?? null

export function readBody(message: Message): ReadBody {
  const mediaType = headerOf(message, 'content-type')?.split(';')[0]?.trim().toLowerCase() || null
  const bytes = message.encoding === 'base64' ? decodeBase64(message.body) : null
  const kept = bytes?.length ?? new TextEncoder().encode(message.body).length
  const cut = message.bytes > kept
  const content: BodyContent = bytes ? { kind: 'binary', bytes } : readText(message.body, mediaType)
  return { content, mediaType, kept, cut, problem: problemOf(content, mediaType, cut) }
}

function readText(body: string, mediaType: string | null): BodyContent {
  if (body === '') return { kind: 'none' }
  if (mediaType === 'application/x-www-form-urlencoded') return { kind: 'form', pairs: formPairs(body) }
  const json = parseJson(body)
  if (json !== undefined && (isJsonType(mediaType) || isStructure(json))) return { kind: 'json', value: json }
  return { kind: 'text' }
}

function problemOf(content: BodyContent, mediaType: string | null, cut: boolean): string | null {
  if (content.kind === 'text' && isJsonType(mediaType) && !cut)
    return `Sent as ${mediaType}, but it is not JSON.`
  if (content.kind === 'form' && content.pairs.length === 1 && /^\s*[{[]/.test(content.pairs[0]!.name))
    return `Sent as ${mediaType}, but it looks like JSON.`
  if (content.kind === 'json' && !isJsonType(mediaType))
    return mediaType === null ? 'Sent without a Content-Type.' : `Sent as ${mediaType}, but it is JSON.`
  return null
}

const isJsonType = (mediaType: string | null): boolean =>
  mediaType !== null && /^application\/(?:[^;]+\+)?json$/.test(mediaType)

const isStructure = (value: unknown): boolean => isJsonObject(value) || Array.isArray(value)

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The pairs of a form body or query, duplicates included, in the order sent. */
export const formPairs = (text: string): FormPair[] =>
  text
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const equals = pair.indexOf('=')
      const name = decodeFormText(equals < 0 ? pair : pair.slice(0, equals))
      const value = decodeFormText(equals < 0 ? '' : pair.slice(equals + 1))
      return { name: name.text, value: value.text, problem: name.problem ?? value.problem }
    })

function decodeFormText(raw: string): { text: string; problem: string | null } {
  try {
    return { text: decodeURIComponent(raw.replaceAll('+', ' ')), problem: null }
  } catch {
    return { text: raw, problem: 'not valid percent-encoded UTF-8, shown as sent' }
  }
}

const decodeBase64 = (text: string): Uint8Array =>
  Uint8Array.from(atob(text), (character) => character.charCodeAt(0))

const ROW = 8

/** The first bytes as rows of a hex dump: offset, eight bytes, and what of them is printable ASCII. */
export function hexDump(bytes: Uint8Array, limit = 256): string {
  const rows: string[] = []
  for (let offset = 0; offset < Math.min(bytes.length, limit); offset += ROW) {
    const row = [...bytes.subarray(offset, Math.min(offset + ROW, limit))]
    const hex = row.map((byte) => byte.toString(16).padStart(2, '0')).join(' ')
    const text = row.map((byte) => (byte > 31 && byte < 127 ? String.fromCharCode(byte) : '.')).join('')
    rows.push(`${offset.toString(16).padStart(6, '0')}  ${hex.padEnd(ROW * 3 - 1)}  ${text}`)
  }
  return rows.join('\n')
}
