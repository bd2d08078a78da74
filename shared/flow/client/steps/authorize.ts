import type { JsonObject } from '../../../protocol/jwt.ts'
import { judgeAll } from '../check.ts'
import { checkJson, checkMember, checkStatus } from '../checks/answer.ts'
import { responseJwt } from '../checks/answer-jwt.ts'
import { firstOfEach, redirectChecks } from '../checks/redirect.ts'
import {
  accessPairs,
  asksForIdToken,
  asksForJwt,
  endpoint,
  expectedIssuer,
  extraPairs,
  givenPairs,
  jsonValue,
  needed,
  present,
} from '../context.ts'
import type { AnswerFacts, FlowContext, LoginStep, Pair, RedirectAnswer, RequestStep } from '../types.ts'
import { readAnswerJwt } from './answer-jwt.ts'
import { reading, refusedReading, texts } from './answers.ts'

const OWN_NEEDS = ['redirect_uri', 'state']

/** Parameters that are passed on as they were given (OpenID Connect Core 1.0 3.1.2.1). */
const PASSED_ON = [
  'response_mode',
  'prompt',
  'login_hint',
  'max_age',
  'acr_values',
  'ui_locales',
  'claims',
  'authorization_details',
]

/** The authorization request (RFC 6749 4.1.1), with PKCE (RFC 7636 4.3) unless that is switched off. */
function requestPairs(context: FlowContext): Pair[] {
  return [
    ['response_type', 'code'],
    ['client_id', context.profile.clientId],
    ['redirect_uri', needed(context, 'redirect_uri')],
    ...accessPairs(context),
    ['state', needed(context, 'state')],
    ...(asksForIdToken(context) ? present([['nonce', context.values.nonce]]) : []),
    ...challengePairs(context),
    ...(context.options.dpop ? present([['dpop_jkt', context.values.dpop_jkt]]) : []),
    ...givenPairs(context, PASSED_ON),
    ...extraPairs(context),
  ]
}

function challengePairs(context: FlowContext): Pair[] {
  const method = context.parameters.code_challenge_method || 'S256'
  if (method === 'none') return []
  const challenge = needed(context, method === 'plain' ? 'code_verifier' : 'code_challenge')
  return [
    ['code_challenge', challenge],
    ['code_challenge_method', method],
  ]
}

export const pushStep: RequestStep = {
  id: 'par',
  type: 'request',
  title: 'Push the authorization request',
  does: 'The request goes to the issuer directly, where nobody can read or change it. The browser then only carries a reference.',
  spec: 'RFC 9126 2.1',
  needs: OWN_NEEDS,
  gives: ['request_uri'],
  plan: (context) => ({
    method: 'POST',
    url: endpoint(context, 'pushed_authorization_request_endpoint'),
    form: requestPairs(context),
    clientAuth: true,
    dpop: true,
  }),
  read(answer) {
    // 201 by the standard; some answer 200, and no client minds.
    if (answer.status !== 201 && answer.status !== 200) return refusedReading(answer, 'RFC 9126 2.2', [201])
    const checks = judgeAll(
      [
        checkStatus('RFC 9126 2.2', [201]),
        checkJson('RFC 9126 2.2'),
        checkMember('request_uri', 'RFC 9126 2.2'),
        checkMember('expires_in', 'RFC 9126 2.2', 'number'),
      ],
      { answer },
    )
    const kept = texts(answer, ['request_uri'])
    return reading(checks, { passed: `The request is kept as ${kept.request_uri}.`, kept })
  },
}

const authorizationStep = {
  id: 'authorize',
  type: 'login',
  title: 'Log in at the issuer',
  spec: 'RFC 6749 4.1.1, OpenID Connect Core 1.0 3.1.2.1, RFC 7636 4.3',
  gives: ['code'],
  returnsTo: 'redirect_uri',
  stateValue: 'state',
  read(redirect, context, facts) {
    const { parameters, checks } = readParameters(redirect, context, facts)
    const kept: Record<string, string> = parameters.code ? { code: parameters.code } : {}
    return reading(checks, { passed: 'The browser came back with a code.', kept })
  },
} as const satisfies Partial<LoginStep>

/** What the redirect says, out of its JWT where it is one; and how it is judged. */
function readParameters(redirect: RedirectAnswer, context: FlowContext, { jwt, now }: AnswerFacts) {
  const signed = jwt && readAnswerJwt(responseJwt, { jwt, context, now })
  const parameters = signed ? textsOf(signed.claims ?? {}) : firstOfEach(redirect.parameters)
  const { authorization_response_iss_parameter_supported: promised } = jsonValue(context, 'metadata')
  // A JWT that cannot be read says nothing that could be judged.
  const judged =
    signed?.claims === null
      ? []
      : judgeAll(redirectChecks, {
          redirect,
          parameters,
          state: needed(context, 'state'),
          redirectUri: needed(context, 'redirect_uri'),
          // The iss of a JWT was judged with it (RFC 9207 2.4).
          issuer: signed ? null : expectedIssuer(context),
          issPromised: promised === true && !signed,
          jwt: { asked: asksForJwt(context), came: signed !== null },
        })
  return { parameters, checks: [...(signed?.checks ?? []), ...judged] }
}

const textsOf = (claims: JsonObject): Record<string, string> =>
  Object.fromEntries(
    Object.entries(claims).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  )

export const authorizeStep: LoginStep = {
  ...authorizationStep,
  does: 'The browser takes the request to the issuer, where the user logs in and consents. It comes back with a code.',
  needs: OWN_NEEDS,
  plan: (context) => ({
    method: 'GET',
    url: endpoint(context, 'authorization_endpoint'),
    query: requestPairs(context),
  }),
}

/** The same after a push. */
export const authorizePushedStep: LoginStep = {
  ...authorizationStep,
  spec: 'RFC 9126 4',
  does: 'The browser takes the reference to the issuer, where the user logs in and consents. It comes back with a code.',
  needs: ['request_uri', ...OWN_NEEDS],
  plan: (context) => ({
    method: 'GET',
    url: endpoint(context, 'authorization_endpoint'),
    query: [
      ['client_id', context.profile.clientId],
      ['request_uri', needed(context, 'request_uri')],
    ],
  }),
}
