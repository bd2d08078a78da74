import { base64UrlProblem, decodeBase64Url } from './base64url.ts'
import { decodeJwt, decodePart, isJsonObject, type JsonObject, type JwtProblem } from './jwt.ts'
import { type SdJwtParts, splitSdJwt } from './sd-jwt.ts'

/** One signature of a JWS, in the words of RFC 7515 7.2: compact ones have a protected header alone. */
export interface JoseSignature {
  /** The protected header as it was signed, base64url; empty when there is none. */
  protected: string
  /** The header a verifier goes by: protected and unprotected members joined (RFC 7515 4). */
  header: JsonObject
  unprotected: JsonObject | null
  /** Base64url; empty for an unsigned token. */
  signature: string
}

/** What the token is written as: the compact form, or one of the JSON serialisations (RFC 7515 7.2, RFC 7516 7.2). */
export type Serialization = 'compact' | 'flattened' | 'general'

/** Any token taken apart, not verified. What could be read is there even when the rest is broken. */
export interface DecodedToken {
  /** The token as it is sent. */
  token: string
  form: 'jws' | 'jwe' | 'sd-jwt' | 'opaque' | 'malformed'
  serialization: Serialization
  /** Of the first signature or recipient. */
  header: JsonObject | null
  claims: JsonObject | null
  /** The payload as signed: base64url, or the text itself under `b64: false` (RFC 7797). Null for what is not signed. */
  payload: string | null
  /** A payload that is text, but no claims: a JWS that is no JWT. */
  content: string | null
  /** Why that text is no claims set; a mistake only where a JWT was meant. */
  notClaims: JwtProblem | null
  signatures: JoseSignature[]
  sdJwt: SdJwtParts | null
  problems: JwtProblem[]
}

/**
 * Takes one token apart, whatever its form: JWS and JWE, compact or JSON, SD-JWT, opaque. The text is the token alone; `readPaste`
 * finds tokens inside other text. Never throws: what is broken is in `problems`.
 */
export function decodeToken(token: string): DecodedToken {
  const json = token.startsWith('{') ? parseObject(token) : null
  if (json && 'ciphertext' in json) return decodeJweJson(token, json)
  if (json && ('signatures' in json || 'signature' in json)) return decodeJwsJson(token, json)
  const parts = splitSdJwt(token)
  if (parts) return { ...decodeCompact(parts.jwt, token), sdJwt: parts, ...sdForm(parts) }
  return decodeCompact(token, token)
}

/** What is broken, as sentences. Text in place of claims counts unless a signature holds over it. */
export function problemsOf({ problems, notClaims }: DecodedToken, signed: boolean): string[] {
  const all = notClaims && !signed ? [...problems, notClaims] : problems
  return all.map(({ message }) => message)
}

/** A JWS or JWE written as JSON, told from any other JSON object. */
export const isJoseJson = (value: JsonObject): boolean =>
  ('payload' in value && ('signatures' in value || 'signature' in value)) ||
  (typeof value.ciphertext === 'string' && ('recipients' in value || 'protected' in value))

function sdForm({ jwt }: SdJwtParts): Partial<DecodedToken> {
  return decodeJwt(jwt).form === 'jws' ? { form: 'sd-jwt' } : {}
}

function decodeCompact(jws: string, token: string): DecodedToken {
  const parts = jws.split('.')
  const [protectedPart = '', payload = '', signature = ''] = parts
  const { form, header, claims, problems } = decodeJwt(jws)
  const base = { ...nothing, token, form, header, claims, problems } as const
  if (parts.length !== 3 || !header) return base
  const signatures = [{ protected: protectedPart, header, unprotected: null, signature }]
  if (header.b64 === false) return withContent({ ...base, payload, signatures }, payload)
  if (claims) return { ...base, payload, signatures }
  const text = textOf(payload)
  return text === null
    ? { ...base, payload, signatures }
    : withContent({ ...base, payload, signatures }, text)
}

const nothing = {
  serialization: 'compact',
  header: null,
  claims: null,
  payload: null,
  content: null,
  notClaims: null,
  signatures: [],
  sdJwt: null,
  problems: [],
} as const satisfies Partial<DecodedToken>

/** Text in place of claims is legal in a JWS (RFC 7515 2); only a JWT wants claims. */
function withContent(decoded: DecodedToken, content: string): DecodedToken {
  const claims = parseObject(content)
  const problems = decoded.problems.filter(({ part }) => part !== 'payload')
  const form = problems.length > 0 ? 'malformed' : 'jws'
  if (claims) return { ...decoded, form, claims, problems }
  const found = decoded.problems.find(({ part }) => part === 'payload')
  const notClaims = found ?? { part: 'payload', message: 'The payload is text, but no JSON object.' }
  return { ...decoded, form, claims, content, notClaims, problems }
}

function decodeJwsJson(token: string, json: JsonObject): DecodedToken {
  const general = Array.isArray(json.signatures)
  const entries = general ? (json.signatures as unknown[]) : [json]
  const problems: JwtProblem[] = []
  const signatures = entries.map((entry) => readSignature(entry, problems))
  if (signatures.length === 0)
    problems.push({ part: 'signature', message: 'The list of signatures is empty.' })
  const payload = typeof json.payload === 'string' ? json.payload : null
  const header = signatures[0]?.header ?? null
  const serialization = general ? 'general' : 'flattened'
  const base: DecodedToken = {
    ...nothing,
    token,
    form: 'jws',
    serialization,
    header,
    payload,
    signatures,
    problems,
  }
  if (payload === null) {
    problems.push({ part: 'payload', message: 'There is no payload, or it is not text (RFC 7515 7.2.1).' })
    return { ...base, form: 'malformed' }
  }
  const raw = header?.b64 === false ? payload : textOf(payload)
  if (raw === null) problems.push({ part: 'payload', message: `The payload ${payloadProblem(payload)}.` })
  return problems.length > 0 ? { ...base, form: 'malformed' } : withContent(base, raw ?? '')
}

const payloadProblem = (payload: string): string =>
  base64UrlProblem(payload) ?? 'is base64url, but not UTF-8 text inside'

function readSignature(entry: unknown, problems: JwtProblem[]): JoseSignature {
  const found = isJsonObject(entry) ? entry : {}
  const protectedPart = typeof found.protected === 'string' ? found.protected : ''
  const read = protectedPart === '' ? null : decodePart('header', protectedPart)
  if (read?.problem) problems.push(read.problem)
  const unprotected = isJsonObject(found.header) ? found.header : null
  const signature = typeof found.signature === 'string' ? found.signature : ''
  const wrong = base64UrlProblem(signature)
  if (typeof found.signature !== 'string' || wrong) {
    problems.push({ part: 'signature', message: `The signature ${wrong ?? 'is missing or not text'}.` })
  }
  return { protected: protectedPart, header: { ...unprotected, ...read?.value }, unprotected, signature }
}

function decodeJweJson(token: string, json: JsonObject): DecodedToken {
  const recipients = Array.isArray(json.recipients) ? json.recipients.filter(isJsonObject) : []
  const first = recipients[0]?.header ?? json.header
  const read = typeof json.protected === 'string' ? decodePart('header', json.protected) : null
  const header = {
    ...(isJsonObject(json.unprotected) ? json.unprotected : {}),
    ...(isJsonObject(first) ? first : {}),
    ...read?.value,
  }
  const problems = read?.problem ? [read.problem] : []
  const serialization = Array.isArray(json.recipients) ? 'general' : 'flattened'
  return {
    ...nothing,
    token,
    form: problems.length > 0 ? 'malformed' : 'jwe',
    serialization,
    header,
    problems,
  }
}

function textOf(base64url: string): string | null {
  if (base64UrlProblem(base64url)) return null
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(decodeBase64Url(base64url))
  } catch {
    return null
  }
}

/** The JSON object in a text; null when it is none. */
export function parseObject(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text)
    return isJsonObject(value) ? value : null
  } catch {
    return null
  }
}
