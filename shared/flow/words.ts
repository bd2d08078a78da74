import type { Exchange, ExchangeSummary, StruckFault, Verdict } from '../contract/operations/traces.ts'
import { isJsonObject } from '../protocol/jwt.ts'
import { headerOf } from './body.ts'

const grants: Readonly<Record<string, string>> = {
  authorization_code: 'authorization code',
  client_credentials: 'client credentials',
  refresh_token: 'refresh token',
  'urn:ietf:params:oauth:grant-type:device_code': 'device code',
  'urn:ietf:params:oauth:grant-type:jwt-bearer': 'JWT bearer',
  'urn:ietf:params:oauth:grant-type:token-exchange': 'token exchange',
}

/** "password grant". */
export const grantWords = (grantType: string): string =>
  `${(Object.hasOwn(grants, grantType) && grants[grantType]) || grantType} grant`

/** "0.3 ms", "4.6 ms", "61 ms", "1.2 s". */
export function durationWords(milliseconds: number): string {
  if (milliseconds >= 1000) return `${(milliseconds / 1000).toFixed(1)} s`
  return `${milliseconds < 10 ? Number(milliseconds.toFixed(1)) : Math.round(milliseconds)} ms`
}

/** "120 bytes", "1.4 KB", "2 MB"; a KB has 1024 bytes. */
export function sizeWords(bytes: number): string {
  if (bytes < 1024) return bytes === 1 ? '1 byte' : `${bytes} bytes`
  const [size, unit] = bytes < 1024 * 1024 ? [bytes / 1024, 'KB'] : [bytes / 1024 / 1024, 'MB']
  return `${Number(size.toFixed(1))} ${unit}`
}

export const pathOf = (target: string): string => target.split('?')[0]!

/** Refused, in the sense of the lists: the answer is an error, or takes one to the app by redirect (RFC 6749 4.1.2.1). */
export const isRefused = ({ status, error }: Pick<ExchangeSummary, 'status' | 'error'>): boolean =>
  status >= 400 || error !== null

/** "demo-spa · alice" */
export const traceWords = ({ clientId, userId }: Pick<ExchangeSummary, 'clientId' | 'userId'>): string =>
  [clientId, userId].filter(Boolean).join(' · ') || 'anonymous'

/** "400 invalid_grant", "200", "no answer" */
export function answerWords({ status, error }: Pick<ExchangeSummary, 'status' | 'error'>): string {
  const words = status === 0 ? 'no answer' : `${status}`
  return error ? `${words} ${error}` : words
}

/** “Slow” waits 5 s before the work. */
export const faultWords = (faults: readonly StruckFault[]): string =>
  faults.map(({ name, did }) => `“${name}” ${did}.`).join(' ')

/** One line: "POST /token · password grant · 400 invalid_grant · 61 ms". */
export function exchangeWords(exchange: ExchangeSummary): string {
  const { method, target, grantType, durationMs } = exchange
  return [
    `${method} ${pathOf(target)}`,
    grantType && grantWords(grantType),
    answerWords(exchange),
    durationWords(durationMs),
  ]
    .filter(Boolean)
    .join(' · ')
}

export interface ExchangeVerdict {
  outcome: 'accepted' | 'warned' | 'refused' | 'broken'
  /** The verdict in a few words. */
  title: string
  reason: string
}

/** How an exchange ended and which check decided it. */
export function exchangeVerdict(exchange: Exchange): ExchangeVerdict {
  const { status, verdicts, faults } = exchange
  if (faults.length > 0)
    return {
      outcome: status === 0 || status >= 400 ? 'broken' : 'warned',
      title: `Struck by ${count(faults.length, 'fault')}`,
      reason: faultWords(faults),
    }
  const failed = verdicts.find(({ outcome }) => outcome === 'failed')
  if (failed)
    return { outcome: 'refused', title: `Check failed: “${failed.title}”`, reason: verdictReason(failed) }
  if (status >= 500)
    return { outcome: 'broken', title: `The issuer failed with ${status}`, reason: answerReason(exchange) }
  if (status >= 400)
    return { outcome: 'refused', title: refusalTitle(exchange), reason: answerReason(exchange) }
  const warned = verdicts.filter(({ outcome }) => outcome === 'warned')
  if (warned.length > 0)
    return {
      outcome: 'warned',
      title: `Let through with ${count(warned.length, 'warning')}`,
      reason: warned.map(({ title }) => `Not so: ${title}.`).join(' '),
    }
  if (exchange.between !== null && verdicts.length === 0)
    return { outcome: 'accepted', title: `Answered with ${status}`, reason: importedReason(status) }
  return { outcome: 'accepted', title: 'Accepted', reason: passedReason(verdicts.length) }
}

export const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`

const refusalTitle = ({ status, error }: Exchange): string =>
  error ? `Refused with ${status} ${error}` : `Refused with ${status}`

const importedReason = (status: number): string =>
  status === 0 ? 'No answer came.' : 'Imported: which checks whoever answered had is not in the file.'

const passedReason = (checks: number): string => {
  if (checks === 0) return 'Nothing had to be checked: this endpoint answers anyone.'
  return checks === 1 ? 'The one check passed.' : `All ${checks} checks passed.`
}

function verdictReason({ observed, expected, hint }: Verdict): string {
  const parts = [observed && `Seen: ${observed}.`, expected && `Expected: ${expected}.`, hint]
  return parts.filter(Boolean).join(' ')
}

/** What the answer itself says of its error (RFC 6749 5.2, RFC 6750 3). */
function answerReason({ response }: Exchange): string {
  const challenge = headerOf(response, 'www-authenticate')
  const described = challenge && /error_description="([^"]*)"/.exec(challenge)?.[1]
  return bodyReason(response.body) ?? described ?? 'The answer gives no reason.'
}

function bodyReason(body: string): string | null {
  try {
    const value: unknown = JSON.parse(body)
    if (!isJsonObject(value)) return null
    const text = value.error_description ?? value.detail
    return typeof text === 'string' && text !== '' ? text : null
  } catch {
    return null
  }
}
