import type { Inspection, TokenVerdict } from '../../shared/contract/operations/tokens.ts'
import type { DecodedJwt, JsonObject, JwtProblem } from '../../shared/protocol/jwt.ts'
import { columns } from './command.ts'
import { explainTime } from './times.ts'

// A token is a stranger's text on the user's terminal: control and direction characters are shown as escapes, so that no claim
// can move the cursor, rewrite a line above or read backwards.

export interface Report extends Inspection {
  /** What is broken; empty for a token that could be read. */
  problems: JwtProblem[]
}

const verdictWords: Readonly<Record<TokenVerdict, string>> = {
  valid: '✓ Valid',
  expired: '✗ Expired',
  not_yet_valid: '✗ Not valid yet',
  revoked: '✗ Revoked',
  consumed: '✗ Used up',
  invalid_signature: '✗ Wrong signature',
  unknown_key: '? Unknown key',
  unsigned: '✗ Unsigned',
  unverified: '? Not checked',
  opaque: '? Opaque',
  malformed: '✗ Broken',
}

const signatureWords: Readonly<Record<Report['signature'], string>> = {
  valid: 'valid',
  invalid: 'invalid',
  unknown_key: 'not checked: the key is unknown',
  none: 'none',
  not_checked: 'not checked',
}

/** A token for people: the verdict and what is broken on top, then header, claims with their times, and signature. */
export function formatReport(report: Report, decoded: DecodedJwt, now: number): string {
  const lines = report.problems.length > 0 ? report.problems.map(({ message }) => message) : [report.reason]
  const blocks = [[verdictWords[report.verdict], ...lines.map(visible)].join('\n')]
  if (decoded.header) blocks.push(block('Header', rowsOf(decoded.header, now)))
  if (decoded.claims) blocks.push(block('Claims', rowsOf(decoded.claims, now)))
  if (decoded.form === 'jwe')
    blocks.push('Claims\n  encrypted (JWE); only the header can be read without the key')
  if (decoded.form === 'jws') blocks.push(block('Signature', signatureRows(report)))
  return `${blocks.join('\n\n')}\n`
}

const block = (title: string, rows: readonly (readonly [string, string])[]) =>
  rows.length > 0 ? `${title}\n${columns(rows)}` : `${title}\n  empty`

const rowsOf = (object: JsonObject, now: number): [string, string][] =>
  Object.entries(object).map(([name, value]) => {
    const time = explainTime(name, value, now)
    const text = JSON.stringify(value)
    return [visible(name), visible(time ? `${text}  (${time})` : text)]
  })

function signatureRows({ signature, verifiedWith, row }: Report): [string, string][] {
  const rows: [string, string][] = [['state', signatureWords[signature]]]
  if (verifiedWith) rows.push(['key', visible(verifiedWith)])
  if (row)
    rows.push(['ledger', visible(`${row.kind} token of ${row.username ?? row.clientId}, ${row.state}`)])
  return rows
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what has to be made visible
const hidden = /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g
const visible = (text: string) =>
  text.replace(hidden, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
