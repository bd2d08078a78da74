import type { Verdict } from '../../../contract/operations/traces.ts'
import { decodeJwt, type JsonObject } from '../../../protocol/jwt.ts'
import { judgeAll } from '../check.ts'
import { type AnswerJwtKind, answerClaimsChecks, answerFormChecks } from '../checks/answer-jwt.ts'
import { expectedIssuer } from '../context.ts'
import type { FlowContext, JwtFacts } from '../types.ts'

export interface AnswerJwt {
  /** Also of a JWT that must not be believed; null when none can be read. */
  claims: JsonObject | null
  checks: Verdict[]
}

/** Takes an answer out of its JWT, and judges that. */
export function readAnswerJwt(
  kind: AnswerJwtKind,
  { jwt, context, now }: { jwt: JwtFacts; context: FlowContext; now: number },
): AnswerJwt {
  const { header, claims, problems } = decodeJwt(jwt.signed ?? '')
  const form = judgeAll(answerFormChecks(kind), { ...jwt, claims, problem: problems[0]?.message ?? null })
  if (header === null || claims === null) return { claims: null, checks: form }
  const facts = { ...jwt, header, claims, now }
  const { clientId } = context.profile
  const issuer = expectedIssuer(context)
  return { claims, checks: [...form, ...judgeAll(answerClaimsChecks(kind), { ...facts, clientId, issuer })] }
}
