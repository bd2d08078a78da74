import { accessPairs, endpoint, extraPairs, givenPairs, needed, present, requestedScope } from '../context.ts'
import type { FlowContext, Pair, RequestPlan, RequestStep } from '../types.ts'
import { readTokens } from './answers.ts'

const TOKENS = ['access_token', 'refresh_token', 'id_token', 'expires_at', 'sub']

const tokenRequest = (context: FlowContext, grant: readonly Pair[]): RequestPlan => ({
  method: 'POST',
  url: endpoint(context, 'token_endpoint'),
  headers: [['accept', 'application/json']],
  form: [...grant, ...extraPairs(context)],
  clientAuth: true,
  dpop: true,
})

const resourcePairs = (context: FlowContext): Pair[] =>
  accessPairs(context).filter(([name]) => name !== 'scope')

export const codeStep: RequestStep = {
  id: 'token',
  type: 'request',
  title: 'Exchange the code for tokens',
  does: 'The code is good once and for a moment. The code verifier proves that it is shown by whoever asked for it.',
  spec: 'RFC 6749 4.1.3, RFC 7636 4.5',
  needs: ['code', 'redirect_uri'],
  gives: TOKENS,
  plan: (context) =>
    tokenRequest(context, [
      ['grant_type', 'authorization_code'],
      ['code', needed(context, 'code')],
      ['redirect_uri', needed(context, 'redirect_uri')],
      ...(context.parameters.code_challenge_method === 'none'
        ? []
        : present([['code_verifier', context.values.code_verifier]])),
      ...resourcePairs(context),
    ]),
  read: (answer, context, facts) =>
    readTokens(answer, context, facts, { spec: 'RFC 6749 4.1.4', nonce: true, idToken: true }),
}

export const clientCredentialsStep: RequestStep = {
  id: 'token',
  type: 'request',
  title: 'Ask for a token',
  does: 'The client asks in its own name. No user is involved, so there is no ID token and no refresh token.',
  spec: 'RFC 6749 4.4.2',
  needs: [],
  gives: ['access_token', 'expires_at'],
  plan: (context) => tokenRequest(context, [['grant_type', 'client_credentials'], ...accessPairs(context)]),
  read: (answer, context, facts) =>
    readTokens(answer, context, facts, { spec: 'RFC 6749 4.4.3', nonce: false, idToken: false }),
}

export const passwordStep: RequestStep = {
  id: 'token',
  type: 'request',
  title: 'Send name and password',
  does: "The app itself sends the user's password: what OAuth was made to end (RFC 9700 2.4), and what many tutorials begin with.",
  spec: 'RFC 6749 4.3.2',
  needs: ['username', 'password'],
  gives: TOKENS,
  plan: (context) =>
    tokenRequest(context, [
      ['grant_type', 'password'],
      ['username', needed(context, 'username')],
      ['password', needed(context, 'password')],
      ...accessPairs(context),
    ]),
  read: (answer, context, facts) =>
    readTokens(answer, context, facts, { spec: 'RFC 6749 4.3.3', nonce: false, idToken: false }),
}

export const refreshStep: RequestStep = {
  id: 'refresh',
  type: 'request',
  title: 'Refresh the tokens',
  does: 'The refresh token brings a new access token. Most issuers give a new refresh token too, and the old one must not be used again.',
  spec: 'RFC 6749 6',
  needs: ['refresh_token'],
  gives: TOKENS,
  plan: (context) =>
    tokenRequest(context, [
      ['grant_type', 'refresh_token'],
      ['refresh_token', needed(context, 'refresh_token')],
      // Only what was given by hand: left out, the scope stays as it is.
      ...present([['scope', context.parameters.refresh_scope]]),
      ...resourcePairs(context),
    ]),
  read: (answer, context, facts) =>
    readTokens(answer, context, facts, { spec: 'RFC 6749 5', nonce: false, idToken: false }),
}

export const TOKEN_EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange'
export const ACCESS_TOKEN_TYPE = 'urn:ietf:params:oauth:token-type:access_token'

export const exchangeStep: RequestStep = {
  id: 'exchange',
  type: 'request',
  title: 'Exchange a token for another',
  does: 'A service that was called with a token asks for one to call on with: for another audience, with less scope, or in the name of somebody.',
  spec: 'RFC 8693 2.1',
  needs: ['subject_token'],
  gives: ['access_token', 'issued_token_type', 'expires_at'],
  plan: (context) =>
    tokenRequest(context, [
      ['grant_type', TOKEN_EXCHANGE],
      ['subject_token', needed(context, 'subject_token')],
      ['subject_token_type', context.parameters.subject_token_type || ACCESS_TOKEN_TYPE],
      ...actorPairs(context),
      ...givenPairs(context, ['requested_token_type']),
      ...present([['scope', requestedScope(context)]]),
      ...resourcePairs(context),
    ]),
  read: (answer, context, facts) =>
    readTokens(answer, context, facts, { spec: 'RFC 8693 2.2', nonce: false, idToken: false }),
}

/** RFC 8693 2.1: actor_token_type comes with actor_token, and not without. */
function actorPairs({ parameters }: FlowContext): Pair[] {
  if (!parameters.actor_token) return []
  return [
    ['actor_token', parameters.actor_token],
    ['actor_token_type', parameters.actor_token_type || ACCESS_TOKEN_TYPE],
  ]
}
