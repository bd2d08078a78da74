import type { Exchange, Message } from '../contract/operations/traces.ts'
import { isJsonObject } from '../protocol/jwt.ts'

// Threat model: what is copied from here ends up in chats and issue trackers. Better one value too many is taken out than one
// too few: names are matched wherever they stand, whatever the Content-Type says, and anything shaped like a JWT goes.

/** Stands in the place of what was taken out. */
export const REDACTED = 'REDACTED'

const secretNames = [
  'access_token',
  'actor_token',
  'assertion',
  'client_assertion',
  'client_secret',
  'code',
  'code_verifier',
  'current_password',
  'device_code',
  'id_token',
  'id_token_hint',
  'login_hint_token',
  'logout_token',
  'new_password',
  'otp',
  'passwd',
  'password',
  'pending_token',
  'provisioning_uri',
  'qr',
  'qr_code',
  'refresh_token',
  'registration_access_token',
  'request',
  'secret',
  'session_id',
  'subject_token',
  'token',
  'totp',
  'totp_secret',
  'user_code',
]

const isSecretName = (name: string): boolean =>
  secretNames.includes(
    name
      .toLowerCase()
      .replaceAll('-', '_')
      .replace(/^.*[.[]/, '')
      .replace(/\]$/, ''),
  ) || secretNames.includes(name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`))

const wholeHeaders = new Set(['dpop', 'x-api-key', 'x-auth-token', 'x-csrf-token'])

/** The exchange without passwords, secrets, codes, cookies and tokens. Sizes stay what they were on the wire. */
export const redactExchange = (exchange: Exchange): Exchange => ({
  ...exchange,
  url: redactText(exchange.url),
  target: redactText(exchange.target),
  request: redactMessage(exchange.request),
  response: redactMessage(exchange.response),
})

export const redactMessage = (message: Message): Message => ({
  ...message,
  headers: message.headers.map(([name, value]) => [name, redactHeader(name, value)]),
  body: message.encoding === 'utf8' ? redactText(message.body) : '',
})

/** A header's value without what it proves: schemes, cookie names and attributes stay. */
export function redactHeader(name: string, value: string): string {
  switch (name.toLowerCase()) {
    case 'authorization':
    case 'proxy-authorization':
      return value.replace(
        /^(\s*[\w-]+\s+)?.*$/s,
        (_, scheme: string | undefined) => `${scheme ?? ''}${REDACTED}`,
      )
    case 'cookie':
      return value.replace(/([^=;\s]+)=[^;]*/g, `$1=${REDACTED}`)
    case 'set-cookie':
      return value.replace(/^([^=;]*)=[^;]*/, `$1=${REDACTED}`)
    default:
      return wholeHeaders.has(name.toLowerCase()) ? REDACTED : redactText(value)
  }
}

/** Text of any form (JSON, form, multipart, URL, cut or broken ones too) without the values of secrets. */
export function redactText(text: string): string {
  const json = redactJson(text)
  if (json !== null) return json
  return redactLoose(text)
}

/** Null when the text is no JSON object or array. */
function redactJson(text: string): string | null {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return null
  }
  if (!isJsonObject(value) && !Array.isArray(value)) return null
  const redacted = redactValue(value)
  // Nothing found: the text stays as it was sent, spacing and all.
  return JSON.stringify(redacted) === JSON.stringify(value) ? text : JSON.stringify(redacted)
}

function redactValue(value: unknown): unknown {
  if (typeof value === 'string') return redactLoose(value)
  if (Array.isArray(value)) return value.map(redactValue)
  if (!isJsonObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      isSecretName(name) && isFilled(inner) ? REDACTED : redactValue(inner),
    ]),
  )
}

/** Null, false and the like hide nothing, and say something worth seeing. */
const isFilled = (value: unknown): boolean =>
  typeof value === 'number' ||
  (typeof value === 'string' && value !== '') ||
  (typeof value === 'object' && value !== null)

const redactLoose = (text: string): string =>
  [redactUserInfo, redactMultipart, redactMembers, redactPairs, redactJwts].reduce(
    (current, redact) => redact(current),
    text,
  )

const redactUserInfo = (text: string): string =>
  text.replace(/([a-z][a-z0-9+.-]*:\/\/)[^\s/?#@"']+@/gi, `$1${REDACTED}@`)

const redactMultipart = (text: string): string =>
  text.replace(
    /(\bname="([^"\r\n]*)"[^\r\n]*\r?\n(?:[^\r\n]+\r?\n)*\r?\n)([\s\S]*?)(?=\r?\n--|$)/g,
    (whole, head: string, name: string) => (isSecretName(name) ? head + REDACTED : whole),
  )

/** `"name": "value"`, of which a cut body may have lost the closing quote. */
const redactMembers = (text: string): string =>
  text.replace(
    /("([^"\\]{1,80})"\s*:\s*)(?:"(?:[^"\\]|\\.)*("|\\?$)|-?\d[\d.]*)/g,
    (whole, head: string, name: string) => (isSecretName(name) ? `${head}"${REDACTED}"` : whole),
  )

/** `name=value` of a form, a query or a fragment, to the next `&`: a value sent without encoding may hold anything else. */
function redactPairs(text: string): string {
  const heads = /(?<=^|[?&#;\s"'])([^=&?#;\s"'<>/]{1,80})=/g
  let result = ''
  let from = 0
  for (let head = heads.exec(text); head; head = heads.exec(text)) {
    if (!isSecretName(decodeName(head[1]!))) continue
    const start = head.index + head[0].length
    const length = text.slice(start).search(/[&\r\n]|$/)
    result += text.slice(from, start) + (length > 0 ? REDACTED : '')
    from = start + length
    heads.lastIndex = from
  }
  return result + text.slice(from)
}

const redactJwts = (text: string): string => text.replace(/eyJ[\w-]{5,}\.[\w-]*(?:\.[\w-]*){0,3}/g, REDACTED)

function decodeName(name: string): string {
  try {
    return decodeURIComponent(name.replaceAll('+', ' '))
  } catch {
    return name
  }
}
