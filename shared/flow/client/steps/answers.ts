import type { Verdict } from '../../../contract/operations/traces.ts'
import { decodeJwt } from '../../../protocol/jwt.ts'
import { answered, failed, judgeAll } from '../check.ts'
import { checkJson, checkMember, checkNotCached, checkStatus } from '../checks/answer.ts'
import { checkOpens, checkReadable, idTokenChecks } from '../checks/id-token.ts'
import { checkIdTokenCame, tokenResponseChecks } from '../checks/token-response.ts'
import { asksForIdToken, expectedIssuer, requestedScope } from '../context.ts'
import type { FlowAnswer, FlowContext, FlowFacts, Reading } from '../types.ts'

// How answers are read. What came is kept also where a check failed: to go on against better knowledge is what this tool is for.

/** The reading of an answer that was judged: passed unless a check failed. */
export function reading(
  checks: Verdict[],
  { passed, kept = {} }: { passed: string; kept?: Record<string, string> },
): Reading {
  const [first] = failed(checks)
  if (!first) return { outcome: 'passed', summary: passed, kept, checks }
  const observed = first.observed === null ? '' : ` Observed: ${first.observed}.`
  return { outcome: 'failed', summary: `Does not hold: ${first.title}${observed}`, kept, checks }
}

/** The reading of an endpoint's refusal: one check that failed. */
export const refusedReading = (
  answer: FlowAnswer,
  spec: string,
  wanted: readonly number[] = [200],
): Reading => {
  const checks = judgeAll([checkStatus(spec, wanted)], { answer })
  return { outcome: 'failed', summary: `The endpoint refused: ${answered(answer)}.`, kept: {}, checks }
}

/** Members of a JSON answer that are texts or numbers, under their own names. */
export function texts(answer: FlowAnswer, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = answer.json?.[name]
      return (typeof value === 'string' && value !== '') || typeof value === 'number'
        ? [[name, String(value)]]
        : []
    }),
  )
}

const TOKEN_MEMBERS = [
  'access_token',
  'token_type',
  'expires_in',
  'refresh_token',
  'id_token',
  'issued_token_type',
]

interface TokenExpectations {
  spec: string
  /** Whether the nonce of the run has to be in the ID token; it need not in a refresh (OpenID Connect Core 1.0 12.2). */
  nonce: boolean
  /** Whether the scope openid brings an ID token here. */
  idToken: boolean
}

/** Reads what a token endpoint answers (RFC 6749 5.1 and 5.2, OpenID Connect Core 1.0 3.1.3.7). */
export function readTokens(
  answer: FlowAnswer,
  context: FlowContext,
  facts: FlowFacts,
  { spec, nonce, idToken }: TokenExpectations,
): Reading {
  if (answer.status !== 200) return refusedReading(answer, spec)
  const { dpop } = context.options
  const checks = [
    ...judgeAll(
      [
        checkStatus(spec),
        checkJson('RFC 6749 5.1'),
        checkMember('access_token', 'RFC 6749 5.1'),
        checkNotCached,
      ],
      { answer },
    ),
    ...judgeAll(tokenResponseChecks, {
      answer,
      scope: requestedScope(context),
      dpop,
      jkt: dpop ? (context.values.dpop_jkt ?? null) : null,
    }),
    ...judgeAll([checkIdTokenCame], { answer, asked: idToken && asksForIdToken(context) }),
    ...judgeIdToken(context, facts, nonce),
  ]
  const lifetime = answer.json?.expires_in
  const kept = { ...texts(answer, TOKEN_MEMBERS), ...fromIdToken(facts), ...expiry(lifetime, facts) }
  const names = ['access_token', 'refresh_token', 'id_token'].filter((name) => name in kept)
  return reading(checks, {
    passed: `Got ${names.join(', ').replaceAll('_', ' ')}.`,
    kept: withScope(kept, answer),
  })
}

/** What was granted; not called scope, which is what will be asked for. */
const withScope = (kept: Record<string, string>, { json }: FlowAnswer): Record<string, string> =>
  typeof json?.scope === 'string' ? { ...kept, granted_scope: json.scope } : kept

const expiry = (lifetime: unknown, { now }: FlowFacts): Record<string, string> =>
  typeof lifetime === 'number' ? { expires_at: String(now + lifetime) } : {}

/** Whom it is about; and, of an encrypted one, what is inside, since only that is a hint (OpenID Connect Core 1.0 3.1.2.1). */
function fromIdToken({ idToken }: FlowFacts): Record<string, string> {
  const signed = idToken?.signed ?? null
  if (signed === null) return {}
  const sub = decodeJwt(signed).claims?.sub
  return {
    ...(typeof sub === 'string' ? { sub } : {}),
    ...(idToken!.encryption === null ? {} : { id_token_hint: signed }),
  }
}

/** OpenID Connect Core 1.0 3.1.3.7: out of its encryption first. */
function judgeIdToken(context: FlowContext, { idToken, now }: FlowFacts, nonce: boolean): Verdict[] {
  if (idToken === null) return []
  const opened = judgeAll([checkOpens], idToken)
  if (idToken.signed === null) return opened
  const { header, claims, problems } = decodeJwt(idToken.signed)
  if (header === null || claims === null) {
    return [...opened, ...judgeAll([checkReadable], { claims, problem: problems[0]?.message ?? null })]
  }
  const judged = judgeAll(idTokenChecks, {
    ...idToken,
    header,
    claims,
    clientId: context.profile.clientId,
    issuer: expectedIssuer(context),
    nonce: nonce ? (context.values.nonce ?? null) : null,
    subjectBefore: nonce ? null : (context.values.sub ?? null),
    now,
  })
  return [...opened, ...judged]
}
