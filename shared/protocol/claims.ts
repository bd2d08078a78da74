/** What a scope of this name stands for by the standard (OpenID Connect Core 1.0 5.4). */
const standardScopeClaims: Readonly<Record<string, readonly string[]>> = {
  profile: [
    'name',
    'family_name',
    'given_name',
    'middle_name',
    'nickname',
    'preferred_username',
    'profile',
    'picture',
    'website',
    'gender',
    'birthdate',
    'zoneinfo',
    'locale',
    'updated_at',
  ],
  email: ['email', 'email_verified'],
  address: ['address'],
  phone: ['phone_number', 'phone_number_verified'],
}

const standardClaims = new Set(Object.values(standardScopeClaims).flat())

/** What a new scope of this name stands for, when nothing else is said. */
export const defaultScopeClaims = (scope: string): string[] =>
  Object.hasOwn(standardScopeClaims, scope) ? [...standardScopeClaims[scope]!] : []

/** A scope of the workspace, with the claims it stands for. */
export interface ScopeClaims {
  name: string
  claims: readonly string[]
}

/**
 * Whether granted scopes show a claim. One that neither the standard nor a scope of the workspace ties to a scope is the
 * workspace's own, and always shown.
 */
export function claimFilter(
  scopes: readonly ScopeClaims[],
  granted: readonly string[],
): (claim: string) => boolean {
  const shown = new Set(scopes.flatMap(({ name, claims }) => (granted.includes(name) ? claims : [])))
  const tied = new Set(scopes.flatMap(({ claims }) => claims))
  return (claim) => shown.has(claim) || !(tied.has(claim) || standardClaims.has(claim))
}
