import { notFound } from '../../../shared/contract/envelope.ts'
import { invalidInput } from '../../../shared/contract/issues.ts'
import type { ParsedInputOf } from '../../../shared/contract/operations/index.ts'
import type { LayeredClaims, TokenPreview } from '../../../shared/contract/operations/tokens.ts'
import type { SigningAlg } from '../../../shared/contract/values.ts'
import { type CheckVerdict, runChecks } from '../../../shared/protocol/check.ts'
import { grantedScopes, scopeChecks } from '../../../shared/protocol/checks/scope/index.ts'
import { type ClaimAccount, layClaims } from '../../../shared/protocol/claim-layers.ts'
import { type ClaimsRequest, parseClaims, withoutValues } from '../../../shared/protocol/claims-parameter.ts'
import { OAuthError } from '../../../shared/protocol/errors.ts'
import type { Core } from '../core.ts'
import { existingIssuer, publicUrl } from '../issuers.ts'
import { levelsOf } from '../levels.ts'
import { type ClientRecord, findClient } from '../store/clients.ts'
import { listScopes } from '../store/scopes.ts'
import { findUser, type UserRecord } from '../store/users.ts'
import { accessClaims } from './access-claims.ts'
import { authenticatedNow } from './authentication.ts'
import { idTokenClaims } from './id-token.ts'
import { idTokenAlg } from './key-ring.ts'
import { userinfoClaims } from './userinfo-claims.ts'

/** Stands for what is made only with the token. */
const LATER = '…'
const madeLater: ReadonlySet<string> = new Set(['jti', 'at_hash', 'sid'])

/** One login that did not happen. */
interface Imagined {
  issuer: string
  issuerName: string
  client: ClientRecord
  user: UserRecord | null
  scopes: string[]
  requested: ClaimsRequest | null
}

/**
 * What a user would get who logged in at this client now, or the client for itself. Made by the functions that make the real
 * tokens; nothing is signed or stored.
 *
 * @throws ContractError `not_found`, or `invalid_input` for a claims parameter that cannot be read
 */
export function previewTokens(core: Core, input: ParsedInputOf<'tokens.preview'>): TokenPreview {
  const { read } = core.database
  const issuerName = existingIssuer(core, input.issuer)
  const client = findClient(read, input.clientId)
  if (!client) throw notFound('client', input.clientId)
  const user = input.userId === undefined ? null : findUser(read, input.userId)
  if (user === undefined) throw notFound('user', input.userId!)
  const requested = requestedClaims(input.claims, client.profile ?? core.settingsOf(issuerName).profile)
  const { scopes, refusal, warnings } = judgeScopes(core, { issuerName, client, user, asked: input.scopes })
  const refused = user && !user.active ? `User "${user.username}" is inactive.` : refusal
  if (refused !== null) {
    return { refusal: refused, scopes: [], accessToken: null, idToken: null, userinfo: null, warnings }
  }
  // Before the issuer listens it has no URL, and no token to go with one.
  const issuer = publicUrl(core, issuerName) ?? LATER
  return preview(core, { issuer, issuerName, client, user, scopes, requested }, warnings)
}

function preview(core: Core, imagined: Imagined, warnings: string[]): TokenPreview {
  const { issuerName, client, user, scopes, requested } = imagined
  const access = accessAccount(core, imagined)
  const withUser = user !== null && scopes.includes('openid') ? { ...imagined, user } : null
  const id = withUser && idAccount(core, withUser)
  const sub = withUser && core.subjects.of(client, withUser.user.id)
  const info = withUser && userinfoClaims(core, { ...withUser, sub: sub!, requested })
  const signed = client.userinfoSignedResponseAlg
  return {
    refusal: null,
    scopes,
    accessToken: shown(access, client.accessTokenFormat === 'opaque' ? null : accessHeader(core, issuerName)),
    idToken: id && shown(id.account, responseHeader(core, issuerName, id.alg)),
    userinfo: info && (signed === null ? shown(info, null) : shownSigned(core, info, imagined, signed)),
    warnings: [...warnings, ...remarks(imagined, access)],
  }
}

function accessAccount(core: Core, imagined: Imagined): ClaimAccount {
  const { issuerName, client, user, scopes } = imagined
  const lifetime = client.accessTokenLifetime ?? core.settingsOf(issuerName).accessTokenLifetime
  const authentication = user ? { authentication: authenticatedNow(core, methodsOf(user)) } : {}
  return accessClaims(
    core,
    { ...imagined, ...authentication },
    { kind: 'access', jti: LATER, scopes, lifetime },
  )
}

function idAccount(
  core: Core,
  imagined: Imagined & { user: UserRecord },
): { account: ClaimAccount; alg: SigningAlg } {
  const { issuerName, client, user } = imagined
  const settings = core.settingsOf(issuerName)
  const alg = client.idTokenSignedResponseAlg ?? idTokenAlg(settings.signingAlg)
  const account = idTokenClaims(
    core,
    {
      ...imagined,
      authentication: authenticatedNow(core, methodsOf(user)),
      nonce: null,
      sid: LATER,
      accessToken: LATER,
      lifetime: client.accessTokenLifetime ?? settings.accessTokenLifetime,
    },
    alg,
  )
  return { account, alg }
}

const methodsOf = ({ totpState }: UserRecord): string[] => (totpState === 'on' ? ['pwd', 'otp'] : ['pwd'])

function accessHeader({ keys }: Core, issuer: string): LayeredClaims['header'] {
  const key = keys.signing(issuer).find(({ use, active }) => use === 'access' && active)
  return { alg: key?.alg ?? LATER, typ: 'at+jwt', kid: key?.kid ?? LATER }
}

function responseHeader({ keys }: Core, issuer: string, alg: SigningAlg): LayeredClaims['header'] {
  return { alg, typ: 'JWT', kid: keys.forAlg(issuer, alg)?.kid ?? LATER }
}

const shown = ({ claims, removed }: ClaimAccount, header: LayeredClaims['header']): LayeredClaims => ({
  header,
  claims: claims.map((claim) => (madeLater.has(claim.name) ? { ...claim, value: LATER } : claim)),
  removed,
})

/** OpenID Connect Core 1.0 5.3.2: signed, it names issuer and audience as well. */
function shownSigned(
  core: Core,
  account: ClaimAccount,
  { issuer, issuerName, client }: Imagined,
  alg: SigningAlg,
): LayeredClaims {
  const { claims } = layClaims({ iss: issuer, aud: client.id }, [])
  return shown({ ...account, claims: [...account.claims, ...claims] }, responseHeader(core, issuerName, alg))
}

function requestedClaims(json: unknown, profile: string): ClaimsRequest | null {
  if (json === undefined) return null
  const parsed = parseClaims(json)
  if ('problem' in parsed) throw invalidInput([{ path: 'claims', message: parsed.problem }])
  return profile === 'strict' ? withoutValues(parsed.claims) : parsed.claims
}

/** The very checks a request goes through, at the levels of this client. */
function judgeScopes(
  core: Core,
  {
    issuerName,
    client,
    user,
    asked,
  }: Pick<Imagined, 'issuerName' | 'client' | 'user'> & { asked: readonly string[] },
): { scopes: string[]; refusal: string | null; warnings: string[] } {
  const facts = {
    value: asked.join(' '),
    requested: asked.length > 0 ? asked : client.defaultScopes,
    known: listScopes(core.database.read).map(({ name }) => name),
    clientId: client.id,
    allowedForClient: client.allowedScopes,
    allowedForUser: user?.allowedScopes ?? null,
  }
  const verdicts: CheckVerdict[] = []
  try {
    const { profile, checkLevels: overrides } = levelsOf(core.settingsOf(issuerName), client)
    runChecks(scopeChecks, facts, { profile, overrides, note: (verdict) => verdicts.push(verdict) })
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error
    return { scopes: [], refusal: `${error.refusal.description}.`, warnings: [] }
  }
  const warned = verdicts.filter(({ outcome }) => outcome === 'warned')
  return {
    scopes: grantedScopes(facts),
    refusal: null,
    warnings: warned.map(
      ({ observed, expected }) => `Left out of the scope: ${observed}. It may be ${expected}.`,
    ),
  }
}

const encryptionRemarks = (client: ClientRecord): string[] =>
  (
    [
      ['ID token', client.idTokenEncryptedResponseAlg],
      ['answer of userinfo', client.userinfoEncryptedResponseAlg],
    ] as const
  ).flatMap(([what, alg]) =>
    alg === null ? [] : [`The ${what} is encrypted for the client (${alg}), which sees this inside.`],
  )

function remarks({ client, user, scopes }: Imagined, { refused }: ClaimAccount): string[] {
  const warnings = refused.map(
    ({ name, layer }) =>
      `"${name}" among the claims of the ${layer} is passed over: only the protocol sets it.`,
  )
  if (user === null) warnings.push('No ID token and no userinfo: the client acts for itself.')
  else if (!scopes.includes('openid'))
    warnings.push('No ID token, and userinfo refuses: the scope lacks openid.')
  if (client.accessTokenFormat === 'opaque') {
    warnings.push('The access token is opaque: its claims are seen by introspection alone.')
  }
  if (user !== null && scopes.includes('openid')) warnings.push(...encryptionRemarks(client))
  if (client.dpopBoundAccessTokens) {
    warnings.push("The access token will name the client's DPoP key as well, in cnf.")
  }
  return warnings
}
