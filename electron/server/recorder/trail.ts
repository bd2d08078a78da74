import type { StruckFault, Verdict } from '../../../shared/contract/operations/traces.ts'

/** What one request leaves behind while it is handled: filled by checks and endpoints, read by the recorder. */
export interface Trail {
  endpoint: string | null
  grantType: string | null
  clientId: string | null
  userId: string | null
  error: string | null
  verdicts: Verdict[]
  jtis: string[]
  /** What ties this exchange to others: `grant:<id>`, `session:<hash>`, `device:<hash>`, `pushed:<hash>`. Never time. */
  links: string[]
  /** What faults did to it. */
  faults: StruckFault[]
  /** What was sent again from the workbench; null for what an app sent. */
  replayOf: Replayed | null
}

/** An exchange whose request is sent again, and its trace, to which the new one belongs unless something ties it to another. */
export interface Replayed {
  exchangeId: number
  traceId: string
  /** Told which exchange it became, if it is recorded at all. */
  recorded(exchangeId: number): void
}

export const createTrail = (replayOf: Replayed | null = null): Trail => ({
  endpoint: null,
  grantType: null,
  clientId: null,
  userId: null,
  error: null,
  verdicts: [],
  jtis: [],
  links: [],
  faults: [],
  replayOf,
})

/** Notes that a token, and so its grant, had a part in this exchange. */
export function noteToken(trail: Trail, token: { jti: string; grantId: string }): void {
  if (!trail.jtis.includes(token.jti)) trail.jtis.push(token.jti)
  const link = `grant:${token.grantId}`
  if (!trail.links.includes(link)) trail.links.push(link)
}

/** Notes the tokens an exchange gave out. */
export function noteIssued(trail: Trail, issued: { jtis: string[]; grant: { id: string } }): void {
  for (const jti of issued.jtis) noteToken(trail, { jti, grantId: issued.grant.id })
}
