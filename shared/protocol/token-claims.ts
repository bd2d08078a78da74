import { type ClaimAccount, type Layer, layClaims } from './claim-layers.ts'
import { narrowedReferences } from './claim-references.ts'
import { claimFilter, type ScopeClaims } from './claims.ts'
import { type ClaimsRequest, type ClaimTarget, givenClaims } from './claims-parameter.ts'
import type { JsonObject } from './jwt.ts'

/** Everything the claims of a token are made of, beside those of the protocol. */
export interface ClaimSources {
  issuer: JsonObject
  client: JsonObject
  /** The user's own claims; empty when the client acts for itself. */
  user: JsonObject
  /** The same with what the issuer knows of the user besides (OpenID Connect Core 1.0 5.1). */
  profile: JsonObject
  requested: ClaimsRequest | null
  /** Scopes that were granted. */
  scopes: readonly string[]
  /** Every scope of the workspace. */
  scopeClaims: readonly ScopeClaims[]
  /** Whether an ID token tells all that userinfo would: when there is no access token to ask with (5.4), or when it is set so. */
  idTokenClaims: 'minimal' | 'all'
}

/**
 * The claims of an access token, ID token or userinfo response, each with the layer it came from.
 *
 * An access token has everything the layers hold. Userinfo shows what the scopes stand for, and what was asked for by name. So
 * does an ID token with `all`; with `minimal` it has only claims that issuer or client set, or that were asked for.
 */
export function claimsOf(target: ClaimTarget, protocol: JsonObject, sources: ClaimSources): ClaimAccount {
  const { issuer, client, requested } = sources
  const asked = requested?.[target] ?? {}
  const selected = selection(target, sources, asked)
  const user = target === 'access_token' ? ownOrAsked(sources, asked) : sources.profile
  const layers: Layer[] = [
    ['issuer', issuer],
    ['client', client],
    ['user', user],
  ]
  const shown = layers.map(([layer, values]): Layer => [layer, only(values, selected)])
  const before = Object.fromEntries(shown.flatMap(([, values]) => Object.entries(values)))
  return layClaims(protocol, [...shown, ['request', givenClaims(asked, before)]])
}

function selection(
  target: ClaimTarget,
  { issuer, client, scopes, scopeClaims, idTokenClaims }: ClaimSources,
  asked: object,
): ((name: string) => boolean) | null {
  if (target === 'access_token') return null
  const shown = claimFilter(scopeClaims, scopes)
  const minimal = target === 'id_token' && idTokenClaims === 'minimal'
  const set = (name: string) => Object.hasOwn(issuer, name) || Object.hasOwn(client, name)
  return (name) => Object.hasOwn(asked, name) || (shown(name) && (!minimal || set(name)))
}

function ownOrAsked({ user, profile }: ClaimSources, asked: object): JsonObject {
  const names = Object.keys(asked)
  return names.length === 0 ? user : { ...only(profile, (name) => Object.hasOwn(asked, name)), ...user }
}

const only = (values: JsonObject, selected: ((name: string) => boolean) | null): JsonObject =>
  selected === null
    ? values
    : {
        ...Object.fromEntries(Object.entries(values).filter(([name]) => selected(name))),
        ...narrowedReferences(values, selected),
      }
