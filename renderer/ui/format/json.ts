export type JsonTokenKind = 'key' | 'string' | 'number' | 'literal' | 'punctuation' | 'space'

export interface JsonToken {
  kind: JsonTokenKind
  text: string
}

const pattern =
  /(?<key>"(?:[^"\\]|\\.)*"(?=\s*:))|(?<string>"(?:[^"\\]|\\.)*")|(?<number>-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?<literal>true|false|null)|(?<space>\s+)|(?<punctuation>[^\s"\w-]+|.)/g

/** Cuts the text JSON.stringify gives into coloured pieces; joined they are the text again. */
export function jsonTokens(json: string): JsonToken[] {
  return [...json.matchAll(pattern)].map(({ 0: text, groups = {} }) => ({ kind: kindOf(groups), text }))
}

const kinds = ['key', 'string', 'number', 'literal', 'space', 'punctuation'] as const

const kindOf = (groups: Readonly<Record<string, string | undefined>>): JsonTokenKind =>
  kinds.find((kind) => groups[kind] !== undefined) ?? 'punctuation'

export type ParsedObject = { ok: true; value: Record<string, unknown> } | { ok: false; message: string }

/** Reads the text of a JSON editor that must hold an object; the message is for the user. */
export function parseJsonObject(text: string): ParsedObject {
  let value: unknown
  try {
    value = JSON.parse(text.trim() === '' ? '{}' : text)
  } catch (error) {
    return { ok: false, message: `Not valid JSON: ${(error as Error).message}` }
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    return { ok: false, message: 'Must be a JSON object: { "name": value }' }
  return { ok: true, value: value as Record<string, unknown> }
}
