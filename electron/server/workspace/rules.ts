import type { Issue } from '../../../shared/contract/issues.ts'
import type { NewClient } from '../../../shared/contract/operations/clients.ts'
import type { Reader } from '../store/database.ts'
import { listScopes } from '../store/scopes.ts'

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

export const scopeIssues = (reader: Reader, path: string, names: readonly string[]): Issue[] =>
  unknownScopeIssues(knownScopes(reader), path, names)

type ClientShape = Pick<NewClient, 'authMethods' | 'allowedScopes' | 'defaultScopes' | 'secret'>

/** What of a client does not fit together. `path` is where the client stands in the input: "", "changes.", "clients.2." */
export function clientIssues(client: ClientShape, known: ReadonlySet<string>, path: string): Issue[] {
  const { authMethods, allowedScopes, defaultScopes } = client
  const issues = [
    ...unknownScopeIssues(known, `${path}allowedScopes`, allowedScopes ?? []),
    ...unknownScopeIssues(known, `${path}defaultScopes`, defaultScopes),
  ]
  if (authMethods.includes('none') && authMethods.some(isSecretMethod)) {
    issues.push({
      path: `${path}authMethods`,
      message: 'has "none" together with a method that needs a secret',
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

export const isSecretMethod = (method: NewClient['authMethods'][number]): boolean => method !== 'none'
