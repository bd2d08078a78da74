import type { Issue } from '../../../shared/contract/issues.ts'
import type { NewClient } from '../../../shared/contract/operations/clients.ts'
import { type EncryptionSettings, encryptionProblems } from '../../../shared/protocol/client-encryption.ts'
import { hasHarmfulScheme } from '../../../shared/protocol/harmful-scheme.ts'
import { sectorOf } from '../../../shared/protocol/sector.ts'
import type { Reader } from '../store/database.ts'
import { listScopes } from '../store/scopes.ts'
import { unusableKey } from '../tokens/unusable-key.ts'

// Rules over more than one field, which schemas leave open. Shared by the operations and by workspace files.

export const knownScopes = (reader: Reader): Set<string> =>
  new Set(listScopes(reader).map(({ name }) => name))

/** One issue for each name that is no scope of the workspace. */
export function unknownScopeIssues(
  known: ReadonlySet<string>,
  path: string,
  names: readonly string[],
): Issue[] {
  return names.flatMap((name, index) =>
    known.has(name)
      ? []
      : [{ path: `${path}.${index}`, message: `names "${name}", which is no scope of the workspace` }],
  )
}

/** What is wrong with a user or client that is bound to this issuer. */
export const unknownIssuerIssues = (
  known: Pick<ReadonlySet<string>, 'has'>,
  path: string,
  issuer: string | null,
): Issue[] =>
  issuer === null || known.has(issuer)
    ? []
    : [{ path, message: `names "${issuer}", which is no issuer of the workspace` }]

/** Issuers that faults are for, and that are not there. @param path of the list the faults are in */
export const faultIssuerIssues = (
  known: Pick<ReadonlySet<string>, 'has'>,
  path: string,
  faults: readonly { match: { issuers: readonly string[] } }[],
): Issue[] =>
  faults.flatMap(({ match: { issuers } }, at) =>
    issuers.flatMap((issuer, index) =>
      unknownIssuerIssues(known, `${path}.${at}.match.issuers.${index}`, issuer),
    ),
  )

export const scopeIssues = (reader: Reader, path: string, names: readonly string[]): Issue[] =>
  unknownScopeIssues(knownScopes(reader), path, names)

type ClientShape = EncryptionSettings &
  Pick<
    NewClient,
    | 'id'
    | 'authMethods'
    | 'allowedScopes'
    | 'defaultScopes'
    | 'secret'
    | 'jwks'
    | 'jwksUri'
    | 'redirectUris'
    | 'subjectType'
    | 'sectorIdentifierUri'
    | 'postLogoutRedirectUris'
    | 'frontchannelLogoutUri'
    | 'backchannelLogoutUri'
  >

/** What of a client does not fit together. `path` is where the client stands in the input: "", "changes.", "clients.2." */
export function clientIssues(client: ClientShape, known: ReadonlySet<string>, path: string): Issue[] {
  const { authMethods, allowedScopes, defaultScopes } = client
  const issues = [
    ...unknownScopeIssues(known, `${path}allowedScopes`, allowedScopes ?? []),
    ...unknownScopeIssues(known, `${path}defaultScopes`, defaultScopes),
    ...keyIssues(client, path),
    ...encryptionIssues(client, path),
    ...sectorIssues(client, path),
    ...uriIssues(client, path),
  ]
  if (authMethods.includes('none') && authMethods.length > 1) {
    issues.push({
      path: `${path}authMethods`,
      message: `has "none" together with a method that needs a ${authMethods.some(isSecretMethod) ? 'secret' : 'key'}`,
    })
  }
  if (client.secret !== undefined && !authMethods.some(isSecretMethod)) {
    issues.push({ path: `${path}secret`, message: 'is of no use to a client without a method that needs it' })
  }
  defaultScopes.forEach((name, index) => {
    if (allowedScopes && known.has(name) && !allowedScopes.includes(name)) {
      issues.push({
        path: `${path}defaultScopes.${index}`,
        message: `names "${name}", which the client is not allowed`,
      })
    }
  })
  return issues
}

/** Whether the method rests on a secret that client and issuer share. */
export const isSecretMethod = (method: NewClient['authMethods'][number]): boolean =>
  method !== 'none' && method !== 'private_key_jwt'

/** RFC 7591 2: keys inline or behind a URL, not both; and some for a client that authenticates with them. */
function keyIssues({ authMethods, jwks, jwksUri }: ClientShape, path: string): Issue[] {
  const issues = (jwks?.keys ?? []).flatMap((jwk, index) => {
    const problem = unusableKey(jwk)
    return problem === null ? [] : [{ path: `${path}jwks.keys.${index}`, message: problem }]
  })
  if (jwks && jwksUri !== null) {
    issues.push({ path: `${path}jwksUri`, message: 'stands beside jwks; leave one of them out' })
  }
  if (authMethods.includes('private_key_jwt') && !jwks && jwksUri === null) {
    issues.push({ path: `${path}authMethods`, message: 'has "private_key_jwt", which needs jwks or jwksUri' })
  }
  return issues
}

/** OpenID Connect Registration 1.0 2 */
const encryptionIssues = (client: ClientShape, path: string): Issue[] =>
  encryptionProblems(client, client.authMethods.some(isSecretMethod)).map(({ field, problem }) => ({
    path: path + field,
    message: problem,
  }))

/** OpenID Connect Core 1.0 8.1 */
const sectorIssues = (client: ClientShape, path: string): Issue[] =>
  client.subjectType === 'pairwise' && sectorOf(client) === null
    ? [
        {
          path: `${path}sectorIdentifierUri`,
          message: 'is needed for pairwise subjects, since the redirect URIs have several hosts',
        },
      ]
    : []

/** Where a browser or the issuer itself must not be sent (RFC 7591 5, OpenID Connect Front-Channel Logout 2, Back-Channel Logout 2.2). */
function uriIssues(client: ClientShape, path: string): Issue[] {
  const lists = ['redirectUris', 'postLogoutRedirectUris'] as const
  const harmful = lists.flatMap((name) =>
    client[name].flatMap((uri, index) =>
      hasHarmfulScheme(uri)
        ? [
            {
              path: `${path}${name}.${index}`,
              message: 'has a scheme that makes the browser itself run or read something',
            },
          ]
        : [],
    ),
  )
  const logouts = ['frontchannelLogoutUri', 'backchannelLogoutUri'] as const
  const cut = logouts.filter((name) => client[name]?.includes('#'))
  return [...harmful, ...cut.map((name) => ({ path: path + name, message: 'must not have a fragment' }))]
}
