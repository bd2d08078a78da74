import {
  type AnswerTarget,
  type AuthorizationRequest,
  answerModeOf,
  asksFor,
  type CodeChallengeMethod,
  type Prompt,
  parseResponseType,
  type ResponseType,
  responseTypes,
} from '../../../../shared/protocol/authorization-request.ts'
import {
  clientKnownChecks,
  codelessChecks,
  pkceChecks,
  promptChecks,
  redirectUriChecks,
  responseChecks,
} from '../../../../shared/protocol/checks/authorize/index.ts'
import { checkThumbprintSyntax } from '../../../../shared/protocol/checks/dpop/index.ts'
import {
  type ClaimsRequest,
  essentialAcr,
  requestedSubject,
} from '../../../../shared/protocol/claims-parameter.ts'
import type { Parameters } from '../../../../shared/protocol/form.ts'
import {
  isRegisteredRedirectUri,
  onlyRedirectUri,
  redirectUriProblem,
} from '../../../../shared/protocol/redirect-uri.ts'
import { parseScope } from '../../../../shared/protocol/scope.ts'
import type { ClientRecord } from '../../store/clients.ts'
import { listScopes } from '../../store/scopes.ts'
import { isJwe, readIdTokenHint } from '../../tokens/id-token.ts'
import { hashOf } from '../../tokens/read.ts'
import { readClaimsParameter } from '../claims-request.ts'
import { check, followLevelsOf, type RequestContext } from '../context.ts'
import { knownClient, noteForeignToken } from '../own.ts'
import { requestedAccess } from '../requested-access.ts'
import { grantScopes } from '../scopes.ts'

/** Ignored where no code comes back, and so no refresh token (OpenID Connect Core 1.0 11). */
const OFFLINE_ACCESS = 'offline_access'

/** What the issuer speaks: without the scope openid it has no ID token to give. */
export function supportedResponseTypes({
  core,
  settings,
}: Pick<RequestContext, 'core' | 'settings'>): readonly ResponseType[] {
  if (!settings.legacyResponseTypes) return ['code']
  const openid = listScopes(core.database.read).some(({ name }) => name === 'openid')
  return openid ? responseTypes : responseTypes.filter((type) => !asksFor(type, 'id_token'))
}

/**
 * Who asks.
 *
 * @throws OAuthError to be shown to the user
 */
export function readClient(context: RequestContext, parameters: Parameters): ClientRecord {
  const { trail } = context
  const clientId = parameters.get('client_id')
  const client = clientId === undefined ? null : knownClient(context, clientId)
  trail.clientId = client?.id ?? null
  if (client) followLevelsOf(context, client)
  check(context, clientKnownChecks, { clientId, client, redirectUri: undefined, openid: false })
  return client!
}

/**
 * Where the answer goes. Until this is known there is nowhere to redirect to.
 *
 * @throws OAuthError to be shown to the user
 */
export function readTarget(
  context: RequestContext,
  client: ClientRecord,
  parameters: Parameters,
): AnswerTarget {
  const redirectUri = parameters.get('redirect_uri')
  const openid = parseScope(parameters.get('scope'))?.includes('openid') ?? false
  check(context, redirectUriChecks, { clientId: client.id, client, redirectUri, openid })
  return targetOf(client, parameters, redirectUri ?? onlyRedirectUri(client.redirectUris)!)
}

/** Where to say that a request cannot even be read: only what comes beside it can tell. Null when nothing there can be trusted. */
export function targetBeside(client: ClientRecord, parameters: Parameters): AnswerTarget | null {
  const uri = parameters.get('redirect_uri')
  if (uri === undefined || redirectUriProblem(uri) !== null) return null
  return isRegisteredRedirectUri(uri, client.redirectUris) ? targetOf(client, parameters, uri) : null
}

const targetOf = (client: ClientRecord, parameters: Parameters, redirectUri: string): AnswerTarget => ({
  clientId: client.id,
  redirectUri,
  ...answerModeOf(
    parseResponseType(parameters.get('response_type') ?? '') ?? 'code',
    parameters.get('response_mode'),
  ),
  state: parameters.get('state') ?? null,
})

/**
 * The request itself, checked.
 *
 * @throws OAuthError that goes to the client
 */
export async function readAuthorizationRequest(
  context: RequestContext,
  parameters: Parameters,
  client: ClientRecord,
  target: AnswerTarget,
): Promise<AuthorizationRequest> {
  const value = (name: string) => parameters.get(name) ?? null
  noteState(context, client, parameters)
  const responseType = checkResponse(context, client, parameters)
  const asked = grantScopes(context, { value: parameters.get('scope'), client, user: null })
  const access = requestedAccess(context, client, parameters)
  const pkce = checkPkce(context, client, parameters, responseType)
  const claims = readClaimsParameter(context, parameters)
  const prompts = await checkPrompts(context, client, parameters, claims)
  return {
    ...target,
    responseType,
    redirectUriNamed: parameters.has('redirect_uri'),
    scopes: asksFor(responseType, 'code') ? asked : asked.filter((scope) => scope !== OFFLINE_ACCESS),
    ...access,
    nonce: value('nonce'),
    ...pkce,
    dpopJkt: checkDpopJkt(context, parameters),
    ...prompts,
    claims,
    loginHint: value('login_hint'),
    uiLocales: wordsOf(parameters.get('ui_locales')),
  }
}

function checkResponse(context: RequestContext, client: ClientRecord, parameters: Parameters): ResponseType {
  const responseType = parameters.get('response_type')
  check(context, responseChecks, {
    clientId: client.id,
    grantTypes: client.grantTypes,
    responseType,
    supportedResponseTypes: supportedResponseTypes(context),
    registeredResponseTypes: client.responseTypes,
    responseMode: parameters.get('response_mode'),
    nonce: parameters.get('nonce'),
    scopes: parseScope(parameters.get('scope')) ?? [],
    registration: parameters.get('registration'),
  })
  // The rules have let nothing else pass, unless somebody switched them off.
  return parseResponseType(responseType ?? '') ?? 'code'
}

function checkDpopJkt(context: RequestContext, parameters: Parameters): string | null {
  const dpopJkt = parameters.get('dpop_jkt')
  check(context, [checkThumbprintSyntax], { dpopJkt })
  return dpopJkt ?? null
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
  responseType: ResponseType,
): Pick<AuthorizationRequest, 'codeChallenge' | 'codeChallengeMethod'> {
  const codeChallenge = parameters.get('code_challenge')
  const codeChallengeMethod = parameters.get('code_challenge_method')
  const withCode = asksFor(responseType, 'code')
  check(context, withCode ? pkceChecks : codelessChecks, {
    isPublic: client.authMethods.includes('none'),
    codeChallenge,
    codeChallengeMethod,
    state: parameters.get('state'),
    nonce: parameters.get('nonce'),
  })
  if (codeChallenge === undefined || !withCode) return { codeChallenge: null, codeChallengeMethod: null }
  // RFC 7636 4.3: plain when left out. The checks have let no other word pass.
  return { codeChallenge, codeChallengeMethod: (codeChallengeMethod ?? 'plain') as CodeChallengeMethod }
}

async function checkPrompts(
  context: RequestContext,
  client: ClientRecord,
  parameters: Parameters,
  claims: ClaimsRequest | null,
): Promise<Pick<AuthorizationRequest, 'prompt' | 'maxAge' | 'acrValues' | 'requiredAcr' | 'hintedUserId'>> {
  const prompt = wordsOf(parameters.get('prompt'))
  const acrValues = wordsOf(parameters.get('acr_values'))
  const maxAge = parameters.get('max_age')
  const hint = parameters.get('id_token_hint')
  const hinted = hint === undefined ? null : await readIdTokenHint(context.core, context.issuerName, hint)
  if (hinted === null && hint !== undefined) noteForeignToken(context, 'id_token_hint', hint)
  check(context, promptChecks, {
    prompt,
    maxAge,
    display: parameters.get('display'),
    hintGenuine: hint === undefined ? null : hinted !== null,
    hintEncrypted: hint !== undefined && isJwe(hint),
  })
  return {
    prompt: prompt as Prompt[],
    maxAge: maxAge === undefined ? client.defaultMaxAge : Number(maxAge),
    acrValues: acrValues.length > 0 ? acrValues : client.defaultAcrValues,
    requiredAcr: essentialAcr(claims),
    hintedUserId: hinted?.userId ?? requestedUser(context, client, claims),
  }
}

/** Whom the ID token must be about, as the client knows them (OpenID Connect Core 1.0 5.5.1). */
function requestedUser(
  { core }: RequestContext,
  client: ClientRecord,
  claims: ClaimsRequest | null,
): string | null {
  const sub = requestedSubject(claims)
  return sub === null ? null : (core.subjects.userOf(client, sub) ?? sub)
}

export const wordsOf = (value: string | undefined): string[] =>
  (value ?? '').split(' ').filter((word) => word !== '')
