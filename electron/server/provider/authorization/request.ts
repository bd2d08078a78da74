import {
  type AnswerTarget,
  type AuthorizationRequest,
  type CodeChallengeMethod,
  type Prompt,
  responseModes,
} from '../../../../shared/protocol/authorization-request.ts'
import {
  clientAndRedirectChecks,
  pkceChecks,
  promptChecks,
  responseChecks,
} from '../../../../shared/protocol/checks/authorize/index.ts'
import type { Parameters } from '../../../../shared/protocol/form.ts'
import { onlyRedirectUri } from '../../../../shared/protocol/redirect-uri.ts'
import { parseScope } from '../../../../shared/protocol/scope.ts'
import { type ClientRecord, findClient } from '../../store/clients.ts'
import { readIdTokenHint } from '../../tokens/id-token.ts'
import { hashOf } from '../../tokens/read.ts'
import { check, type RequestContext } from '../context.ts'
import { grantScopes } from '../scopes.ts'

/** What the authorization endpoint speaks; discovery lists exactly these. */
export const responseTypes = ['code'] as const

export interface Asker {
  client: ClientRecord
  target: AnswerTarget
}

/**
 * Who asks, and where the answer goes. Until this is known there is nowhere to redirect to.
 *
 * @throws OAuthError to be shown to the user
 */
export function readAsker(context: RequestContext, parameters: Parameters): Asker {
  const { core, trail } = context
  const clientId = parameters.get('client_id')
  const redirectUri = parameters.get('redirect_uri')
  const client = clientId === undefined ? null : (findClient(core.database.read, clientId) ?? null)
  trail.clientId = client?.id ?? null
  if (client?.profile) context.profile = client.profile
  const openid = parseScope(parameters.get('scope'))?.includes('openid') ?? false
  check(context, clientAndRedirectChecks, { clientId, client, redirectUri, openid })
  const state = parameters.get('state') ?? null
  const asked = parameters.get('response_mode')
  return {
    client: client!,
    target: {
      redirectUri: redirectUri ?? onlyRedirectUri(client!.redirectUris)!,
      responseMode: responseModes.find((mode) => mode === asked) ?? 'query',
      state,
    },
  }
}

/**
 * The request itself, checked.
 *
 * @throws OAuthError that goes to the client
 */
export async function readAuthorizationRequest(
  context: RequestContext,
  parameters: Parameters,
  { client, target }: Asker,
): Promise<AuthorizationRequest> {
  const value = (name: string) => parameters.get(name) ?? null
  noteState(context, client, parameters)
  check(context, responseChecks, {
    parameters,
    clientId: client.id,
    grantTypes: client.grantTypes,
    responseType: parameters.get('response_type'),
    supportedResponseTypes: responseTypes,
    responseMode: parameters.get('response_mode'),
    supportedResponseModes: responseModes,
  })
  const scopes = grantScopes(context, { value: parameters.get('scope'), client, user: null })
  const pkce = checkPkce(context, client, parameters)
  const { prompt, maxAge, hintedUserId } = await checkPrompts(context, parameters)
  return {
    ...target,
    clientId: client.id,
    redirectUriNamed: parameters.has('redirect_uri'),
    scopes,
    nonce: value('nonce'),
    ...pkce,
    prompt,
    maxAge,
    loginHint: value('login_hint'),
    hintedUserId,
  }
}

/** Ties repeated requests of one login together. A constant state alone does not: that would tie every login to every other. */
function noteState({ trail }: RequestContext, client: ClientRecord, parameters: Parameters): void {
  if (!parameters.has('state')) return
  const told = ['state', 'nonce', 'code_challenge'].map((name) => parameters.get(name) ?? '')
  trail.links.push(`state:${client.id}:${hashOf(told.join('\n'))}`)
}

function checkPkce(
  context: RequestContext,
  client: ClientRecord,
  parameters: Parameters,
): Pick<AuthorizationRequest, 'codeChallenge' | 'codeChallengeMethod'> {
  const codeChallenge = parameters.get('code_challenge')
  const codeChallengeMethod = parameters.get('code_challenge_method')
  check(context, pkceChecks, {
    isPublic: client.authMethods.includes('none'),
    codeChallenge,
    codeChallengeMethod,
    state: parameters.get('state'),
    nonce: parameters.get('nonce'),
  })
  if (codeChallenge === undefined) return { codeChallenge: null, codeChallengeMethod: null }
  // RFC 7636 4.3: plain when left out. The checks have let no other word pass.
  return { codeChallenge, codeChallengeMethod: (codeChallengeMethod ?? 'plain') as CodeChallengeMethod }
}

async function checkPrompts(
  context: RequestContext,
  parameters: Parameters,
): Promise<Pick<AuthorizationRequest, 'prompt' | 'maxAge' | 'hintedUserId'>> {
  const prompt = (parameters.get('prompt') ?? '').split(' ').filter((word) => word !== '')
  const maxAge = parameters.get('max_age')
  const hint = parameters.get('id_token_hint')
  const hinted = hint === undefined ? null : await readIdTokenHint(context.core, hint)
  check(context, promptChecks, {
    prompt,
    maxAge,
    hintGenuine: hint === undefined ? null : hinted !== null,
  })
  return {
    prompt: prompt as Prompt[],
    maxAge: maxAge === undefined ? null : Number(maxAge),
    hintedUserId: hinted?.sub ?? null,
  }
}
