import type { Session } from '../../../shared/contract/operations/sessions.ts'
import { DEFAULT_ISSUER } from '../../../shared/contract/values.ts'

/** "At tenant-a, by pwd and otp, in demo-web, demo-spa". */
export function sessionSummary({
  issuer,
  amr,
  clients,
}: Pick<Session, 'issuer' | 'amr' | 'clients'>): string {
  const place = issuer === DEFAULT_ISSUER ? 'At the default issuer' : `At ${issuer}`
  const proof = amr.length > 0 ? `by ${amr.join(' and ')}` : 'without proof'
  const apps = clients.length > 0 ? `in ${clients.join(', ')}` : 'in no app yet'
  return `${place}, ${proof}, ${apps}`
}

/** What became of the apps of a session that was ended. */
export function toldInWords(told: readonly string[]): string {
  return told.length === 0
    ? 'Session ended; no app had a back channel to be told by'
    : `Session ended; told by the back channel: ${told.join(', ')}`
}
