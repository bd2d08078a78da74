import { base64UrlProblem, decodeBase64Url } from './base64url.ts'

export type JsonObject = Record<string, unknown>

export interface JwtProblem {
  part: 'token' | 'header' | 'payload' | 'signature'
  /** A sentence that names what is wrong. */
  message: string
}

/** A token taken apart, not verified. What could be read is there even when the rest is broken. */
export interface DecodedJwt {
  token: string
  /** `jws`: three parts; `jwe`: five, of which only the header can be read; `opaque`: no JWT at all. */
  form: 'jws' | 'jwe' | 'opaque' | 'malformed'
  header: JsonObject | null
  claims: JsonObject | null
  /** Base64url; empty for an unsigned token. */
  signature: string | null
  problems: JwtProblem[]
}

/**
 * Takes a compact JWT (RFC 7519, RFC 7515 3.1) apart. The text is the token alone; `findToken` finds one inside other text. Never
 * throws: what is broken is in `problems`.
 */
export function decodeJwt(token: string): DecodedJwt {
  const parts = token.split('.')
  if (parts.length === 5) return decodeJwe(token, parts[0]!)
  if (parts.length !== 3) return notThreeParts(token, parts)
  const [headerPart, payloadPart, signature] = parts as [string, string, string]
  const header = decodePart('header', headerPart)
  const claims = decodePart('payload', payloadPart)
  const signatureProblem = base64UrlProblem(signature)
  const problems = [header.problem, claims.problem].filter((problem) => problem !== null)
  if (signatureProblem) problems.push({ part: 'signature', message: `The signature ${signatureProblem}.` })
  return {
    token,
    form: problems.length > 0 ? 'malformed' : 'jws',
    header: header.value,
    claims: claims.value,
    signature,
    problems,
  }
}

/** What keeps a token from being a signed JWT, as a sentence; null for one that is. */
export const signedJwtProblem = ({ form, problems }: DecodedJwt): string | null =>
  form === 'jws' ? null : (problems[0]?.message ?? 'This is not a signed JWT.')

function decodeJwe(token: string, headerPart: string): DecodedJwt {
  const header = decodePart('header', headerPart)
  const problems = header.problem ? [header.problem] : []
  return {
    token,
    form: problems.length > 0 ? 'malformed' : 'jwe',
    header: header.value,
    claims: null,
    signature: null,
    problems,
  }
}

function notThreeParts(token: string, parts: string[]): DecodedJwt {
  const header = decodePart('header', parts[0]!)
  // Something that starts like a JWT was meant to be one; anything else is an opaque token.
  const looksLikeJwt = header.value !== null || token.startsWith('eyJ')
  const count = parts.length === 1 ? 'one part' : `${parts.length} parts`
  const message = looksLikeJwt
    ? `The token has ${count} instead of three (header.payload.signature); it was cut or pasted together.`
    : 'This is not a JWT, which would be three base64url parts with dots between.'
  return {
    token,
    form: looksLikeJwt ? 'malformed' : 'opaque',
    header: header.value,
    claims: parts.length > 1 ? decodePart('payload', parts[1]!).value : null,
    signature: null,
    problems: looksLikeJwt ? [{ part: 'token', message }] : [],
  }
}

/** One base64url part: the JSON object inside, or what keeps it from being one. */
export type PartResult = { value: JsonObject; problem: null } | { value: null; problem: JwtProblem }

export function decodePart(part: 'header' | 'payload', text: string): PartResult {
  const fail = (message: string): PartResult => ({
    value: null,
    problem: { part, message: `The ${part} ${message}.` },
  })
  if (text === '') return fail('is empty')
  const problem = base64UrlProblem(text)
  if (problem) return fail(problem)
  let json: string
  try {
    json = new TextDecoder('utf-8', { fatal: true }).decode(decodeBase64Url(text))
  } catch {
    return fail('is base64url, but not UTF-8 text inside')
  }
  const value = parseJson(json)
  if ('problem' in value) return fail(`is not JSON inside: ${value.problem}`)
  return isJsonObject(value.json) ? { value: value.json, problem: null } : fail('is JSON, but not an object')
}

function parseJson(text: string): { json: unknown } | { problem: string } {
  try {
    return { json: JSON.parse(text) }
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) }
  }
}

export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A header's or claim's value for explanations, cut. What is nested is left out: it may be deeper than the stack. */
export function shown(value: unknown): string {
  if (value === undefined) return 'left out'
  const shallow = Array.isArray(value) ? value.slice(0, 50).map(flat) : flat(value)
  return JSON.stringify(shallow).slice(0, 200)
}

const flat = (value: unknown): unknown => (typeof value === 'object' && value !== null ? '…' : value)
