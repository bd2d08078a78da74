import { slimHar } from '../../shared/flow/har-import/slim.ts'
import { isJoseJson } from '../../shared/protocol/jose.ts'
import { isJsonObject } from '../../shared/protocol/jwt.ts'
import { readPaste } from '../../shared/protocol/token-source.ts'

/** An HTTP archive, which may become traces or give its tokens to the JWT lab. */
export interface OpenedHar {
  /** As traces.import takes it. */
  value: unknown
  /** Text for the JWT lab; null when there is no token in it. */
  lab: string | null
}

/** What a file turned out to be. */
export type OpenedFile =
  /** Tokens or a key, as text for the JWT lab. */
  | { kind: 'lab'; text: string; tokens: number }
  | { kind: 'workspace'; value: object }
  | { kind: 'scenario'; value: object }
  | { kind: 'har'; har: OpenedHar }
  | { kind: 'unknown'; why: string }

export const LARGEST_FILE = 50 * 1024 * 1024
/** The lab shows what it is given; of a longer HAR only the tokens. */
const MOST_SHOWN = 1024 * 1024

/** What scenario files say they are. */
const SCENARIO = 'grantscope-scenario'
const workspaceKeys = ['users', 'clients', 'scopes', 'issuers', 'settings', 'faults', 'extends']

/** Recognises a workspace, a scenario, a HAR, tokens and keys by what is in the file: names and types of files say little. */
export function recogniseFile(text: string): OpenedFile {
  const content = text.replace(/^\uFEFF/, '').trim()
  if (content === '') return unknown('It is empty.')
  if (content.includes('\0')) return unknown('It is no text.')
  const json = /^[[{]/.test(content) ? parse(content) : undefined
  if (json && !Array.isArray(json)) {
    if (isHar(json)) return { kind: 'har', har: { value: slimHar(json), lab: labText(content) } }
    if ('format' in json && json.format === SCENARIO) return { kind: 'scenario', value: json }
    if (workspaceKeys.some((key) => Object.hasOwn(json, key))) return { kind: 'workspace', value: json }
  }
  const { tokens, key } = readPaste(content)
  if (key !== null) return { kind: 'lab', text: content, tokens: 0 }
  const readable = tokens.filter(({ token }) => isToken(token))
  if (readable.length > 0) return { kind: 'lab', text: content, tokens: readable.length }
  return unknown('It holds no token, no key, no HTTP archive, no workspace and no scenario.')
}

function labText(text: string): string | null {
  const { tokens } = readPaste(text)
  if (!tokens.some(({ token }) => isToken(token))) return null
  if (text.length <= MOST_SHOWN) return text
  const kept = Object.fromEntries(tokens.map(({ place, token }) => [place, { token }]))
  return JSON.stringify(kept, null, 2)
}

const unknown = (why: string): OpenedFile => ({ kind: 'unknown', why })

const isHar = (json: object): boolean => {
  const { log } = json as { log?: { entries?: unknown } }
  return Array.isArray(log?.entries)
}

/** A JWS, JWE or SD-JWT in any form; not the opaque rest that a text without one is read as. */
const isToken = (token: string): boolean => token.startsWith('eyJ') || isJoseText(token)

function isJoseText(text: string): boolean {
  const json = text.startsWith('{') ? parse(text) : undefined
  return isJsonObject(json) && isJoseJson(json)
}

function parse(text: string): object | undefined {
  try {
    return JSON.parse(text) as object
  } catch {
    return undefined
  }
}
