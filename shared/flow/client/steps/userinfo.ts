import type { Verdict } from '../../../contract/operations/traces.ts'
import type { JsonObject } from '../../../protocol/jwt.ts'
import { type ClientCheck, equal, judgeAll } from '../check.ts'
import { checkJson, checkMember, checkStatus } from '../checks/answer.ts'
import { userinfoJwt } from '../checks/answer-jwt.ts'
import { endpoint, needed } from '../context.ts'
import type { AnswerFacts, FlowAnswer, FlowContext, RequestStep } from '../types.ts'
import { readAnswerJwt } from './answer-jwt.ts'
import { reading, refusedReading } from './answers.ts'

const SPEC = 'OpenID Connect Core 1.0 5.3.2'

export const userinfoStep: RequestStep = {
  id: 'userinfo',
  type: 'request',
  title: 'Ask who the user is',
  does: 'The access token is shown at the userinfo endpoint, which tells the claims its scopes stand for, as JSON or as a signed JWT.',
  spec: 'OpenID Connect Core 1.0 5.3.1',
  needs: ['access_token'],
  gives: [],
  plan: (context) => ({
    method: 'GET',
    url: endpoint(context, 'userinfo_endpoint'),
    headers: [['accept', 'application/json, application/jwt']],
    accessToken: needed(context, 'access_token'),
    dpop: true,
  }),
  read(answer, context, facts) {
    if (answer.status !== 200) return refusedReading(answer, 'OpenID Connect Core 1.0 5.3.3')
    const { claims, checks } = readClaims(answer, context, facts)
    // Of claims that cannot be read there is nothing to judge.
    const judged = claims && [
      ...judgeAll([checkMember('sub', SPEC)], { answer: { ...answer, json: claims } }),
      ...judgeAll([checkSameSub], { claims, sub: context.values.sub ?? null }),
    ]
    return reading([...checks, ...(judged ?? [])], { passed: `Claims of ${String(claims?.sub)}.` })
  },
}

function readClaims(
  answer: FlowAnswer,
  context: FlowContext,
  { jwt, now }: AnswerFacts,
): { claims: JsonObject | null; checks: Verdict[] } {
  const success = judgeAll([checkStatus(SPEC)], { answer })
  if (jwt === null) {
    return { claims: answer.json, checks: [...success, ...judgeAll([checkJson(SPEC)], { answer })] }
  }
  const { claims, checks } = readAnswerJwt(userinfoJwt, { jwt, context, now })
  return { claims, checks: [...success, ...checks] }
}

const checkSameSub: ClientCheck<{ claims: JsonObject; sub: string | null }> = {
  id: 'client.userinfo-sub-is-id-token-sub',
  title: 'The claims are of the user of the ID token.',
  spec: SPEC,
  judge: ({ claims, sub }) =>
    sub === null
      ? null
      : equal(claims.sub, sub, 'Another sub means that the access token was swapped (token substitution).'),
}
