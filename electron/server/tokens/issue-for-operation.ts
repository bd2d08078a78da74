import { ContractError, notFound } from '../../../shared/contract/envelope.ts'
import { invalidInput } from '../../../shared/contract/issues.ts'
import type { ParsedInputOf } from '../../../shared/contract/operations/index.ts'
import { protectedClaims } from '../../../shared/protocol/claim-layers.ts'
import { claimsWithValues } from '../../../shared/protocol/claims-parameter.ts'
import { OAuthError } from '../../../shared/protocol/errors.ts'
import type { JsonObject } from '../../../shared/protocol/jwt.ts'
import type { Core } from '../core.ts'
import { existingIssuer, publicUrl } from '../issuers.ts'
import { findClient } from '../store/clients.ts'
import { listScopes } from '../store/scopes.ts'
import { findUser } from '../store/users.ts'
import { issueTokens, type TokenResponse } from './issue.ts'

/**
 * Tokens without a login, for the workbench and scripts, stored like any others. A scope that client or user may not have is
 * refused, whatever the profile: whoever asks here named it on purpose.
 *
 * @throws ContractError `not_found`, `refused`, or `invalid_input` for claims that are not to be had
 */
export async function issueForOperation(
  core: Core,
  input: ParsedInputOf<'tokens.issue'>,
): Promise<TokenResponse> {
  refuseProtected(input.claims)
  const { read } = core.database
  const issuerName = existingIssuer(core, input.issuer)
  const clientId = input.clientId ?? core.settings().defaultClientId
  const client = findClient(read, clientId)
  if (!client) throw notFound('client', clientId)
  const user = input.userId === undefined ? null : findUser(read, input.userId)
  if (user === undefined) throw notFound('user', input.userId!)
  if (user && !user.active) throw new ContractError('refused', `User "${user.username}" is inactive.`)
  refuseBound(issuerName, `Client "${client.id}"`, client.issuer)
  if (user) refuseBound(issuerName, `User "${user.username}"`, user.issuer)
  const issuer = publicUrl(core, issuerName)
  if (!issuer)
    throw new ContractError('refused', 'The issuer is not listening, so it has no URL to issue tokens under.')
  const scopes = input.scopes.length > 0 ? input.scopes : client.defaultScopes
  refuseBeyond(
    scopes,
    listScopes(read).map(({ name }) => name),
    'There is no scope',
  )
  refuseBeyond(scopes, client.allowedScopes, `Client "${client.id}" may not get the scope`)
  refuseBeyond(scopes, user?.allowedScopes ?? null, `User "${user?.username}" may not be granted the scope`)
  const issued = await issueTokens(core, {
    issuer,
    issuerName,
    client,
    user,
    scopes,
    jkt: null,
    trail: { verdicts: [] },
    requested: Object.keys(input.claims).length > 0 ? claimsWithValues(input.claims) : null,
    refreshable: user !== null,
    ...(input.lifetime === undefined ? {} : { lifetime: input.lifetime }),
  }).catch((error: unknown) => {
    if (error instanceof OAuthError) throw new ContractError('refused', refusalOf(error))
    throw error
  })
  return issued.response
}

/** What would stand in a trace. */
const refusalOf = ({ refusal: { description, observed, expected } }: OAuthError): string =>
  [description, observed && `seen: ${observed}`, expected && `expected: ${expected}`]
    .filter(Boolean)
    .join('; ')

function refuseBound(issuer: string, who: string, bound: string | null): void {
  if (bound === null || bound === issuer) return
  throw new ContractError('refused', `${who} is bound to the issuer "${bound}".`)
}

export function refuseBeyond(scopes: readonly string[], allowed: string[] | null, sentence: string): void {
  const refused = allowed === null ? [] : scopes.filter((name) => !allowed.includes(name))
  if (refused.length > 0) throw new ContractError('refused', `${sentence} "${refused.join(' ')}".`)
}

function refuseProtected(claims: JsonObject): void {
  const issues = Object.keys(claims)
    .filter((name) => protectedClaims.has(name))
    .map((name) => ({ path: `claims.${name}`, message: 'is a claim that only the protocol sets' }))
  if (issues.length > 0) throw invalidInput(issues)
}
