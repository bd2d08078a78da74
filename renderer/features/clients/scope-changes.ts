import type { Client, ClientChanges } from '../../../shared/contract/operations/clients.ts'

/** What a client may be granted, and what it gets when it asks for nothing. Changed together, as the second is within the first. */
export type ClientScopes = Pick<Client, 'allowedScopes' | 'defaultScopes'>

export const scopesOf = ({ allowedScopes, defaultScopes }: ClientScopes): ClientScopes => ({
  allowedScopes,
  defaultScopes,
})

export const mayGet = ({ allowedScopes }: ClientScopes, scope: string): boolean =>
  allowedScopes === null || allowedScopes.includes(scope)

/**
 * Allows a scope or takes it away, and with it its place among the defaults. Taking one from "any" leaves all the others
 * that are `known`.
 */
export function allow(
  client: ClientScopes,
  scope: string,
  on: boolean,
  known: readonly string[],
): ClientScopes {
  const allowed = client.allowedScopes ?? [...known]
  if (on) return { ...scopesOf(client), allowedScopes: inOrder([...allowed, scope], known) }
  return {
    allowedScopes: allowed.filter((name) => name !== scope),
    defaultScopes: client.defaultScopes.filter((name) => name !== scope),
  }
}

/** Makes it a scope the client gets unasked, or not. */
export function setDefault(
  client: ClientScopes,
  scope: string,
  on: boolean,
  known: readonly string[],
): ClientScopes {
  const others = client.defaultScopes.filter((name) => name !== scope)
  return { ...scopesOf(client), defaultScopes: on ? inOrder([...others, scope], known) : others }
}

/** Allows any scope there is and will be, or exactly those known now. */
export const setAny = (client: ClientScopes, any: boolean, known: readonly string[]): ClientScopes => ({
  ...scopesOf(client),
  allowedScopes: any ? null : [...known],
})

/** In the order of the scope table, once each; names it does not have come last. */
function inOrder(names: readonly string[], known: readonly string[]): string[] {
  const unique = [...new Set(names)]
  return [...known.filter((name) => unique.includes(name)), ...unique.filter((name) => !known.includes(name))]
}

/** The same as changes of the contract. */
export const toChanges = ({ allowedScopes, defaultScopes }: ClientScopes): ClientChanges => ({
  allowedScopes,
  defaultScopes,
})

export interface ScopeDifference {
  gained: string[]
  lost: string[]
}

/** How the scopes of one token differ from those of the one before. */
export const difference = (before: readonly string[], after: readonly string[]): ScopeDifference => ({
  gained: after.filter((name) => !before.includes(name)),
  lost: before.filter((name) => !after.includes(name)),
})
