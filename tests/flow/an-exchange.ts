import type { Exchange, Message, Verdict } from '../../shared/contract/operations/traces.ts'

export const aMessage = (message: Partial<Message> = {}): Message => {
  const body = message.body ?? ''
  return { headers: [], body, encoding: 'utf8', bytes: new TextEncoder().encode(body).length, ...message }
}

export const aForm = (body: string): Message =>
  aMessage({ headers: [['content-type', 'application/x-www-form-urlencoded']], body })

export const someJson = (value: unknown): Message =>
  aMessage({ headers: [['content-type', 'application/json']], body: JSON.stringify(value) })

export const aVerdict = (verdict: Partial<Verdict> = {}): Verdict => ({
  check: 'password.right',
  title: 'The password is right',
  spec: 'RFC 6749 4.3.2',
  outcome: 'passed',
  observed: null,
  expected: null,
  hint: null,
  ...verdict,
})

/** A password grant that was answered 200, but for what is given. */
export const anExchange = (exchange: Partial<Exchange> = {}): Exchange => ({
  id: 1,
  traceId: 't1',
  at: 1_700_000_000_000,
  durationMs: 61.2,
  issuer: 'default',
  direction: 'inbound',
  endpoint: 'token',
  method: 'POST',
  target: '/token',
  url: 'http://127.0.0.1:4400/token',
  status: 200,
  error: null,
  grantType: 'password',
  clientId: 'demo-spa',
  userId: 'alice',
  failedChecks: 0,
  replayOf: null,
  faults: [],
  request: aForm('grant_type=password&username=alice&password=wonderland'),
  response: aMessage(),
  verdicts: [],
  jtis: [],
  between: null,
  ...exchange,
})

/** The trace of these exchanges, as an export is given it. */
export const aTrace = (exchanges: Exchange[], name: string | null = null) => ({
  id: 't1',
  issuer: 'default',
  startedAt: 1_700_000_000_000,
  lastAt: 1_700_000_000_000,
  exchangeCount: exchanges.length,
  refusals: 0,
  clientId: 'demo-spa',
  userId: 'alice',
  name,
  pinned: false,
  imported: null,
  problems: 0,
  worst: null,
  exchanges,
  findings: [],
})

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A JWT with a signature of no worth. */
export const aJwt = (claims: Record<string, unknown>): string =>
  `${part({ alg: 'RS256', typ: 'JWT' })}.${part(claims)}.${Buffer.from('signature').toString('base64url')}`
