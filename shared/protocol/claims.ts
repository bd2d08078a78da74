/** Claims that a scope stands for (OpenID Connect Core 1.0 5.4). */
export const scopeClaims: Readonly<Record<string, readonly string[]>> = {
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

const governed = new Set(Object.values(scopeClaims).flat())

/** What the granted scopes show of a user's claims. A claim that no scope stands for is the workspace's own, and always shown. */
export function claimsForScopes(
  claims: Readonly<Record<string, unknown>>,
  scopes: readonly string[],
): Record<string, unknown> {
  const granted = new Set(
    scopes.flatMap((scope) => (Object.hasOwn(scopeClaims, scope) ? scopeClaims[scope]! : [])),
  )
  return Object.fromEntries(
    Object.entries(claims).filter(
      ([name, value]) => value !== null && value !== undefined && (granted.has(name) || !governed.has(name)),
    ),
  )
}
