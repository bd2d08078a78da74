const meanings: Readonly<Record<string, string>> = {
  iss: 'Issuer: who signed this token (RFC 7519 4.1.1)',
  sub: 'Subject: who it is about (RFC 7519 4.1.2)',
  aud: 'Audience: who it is meant for (RFC 7519 4.1.3)',
  exp: 'Expires: not valid at or after this time (RFC 7519 4.1.4)',
  nbf: 'Not before: not valid earlier (RFC 7519 4.1.5)',
  iat: 'Issued at (RFC 7519 4.1.6)',
  jti: 'Token id, unique for this issuer (RFC 7519 4.1.7)',
  client_id: 'Client it was issued to (RFC 8693 4.3)',
  scope: 'Granted scopes, separated by spaces (RFC 8693 4.2)',
  azp: 'Authorized party (OpenID Connect Core 2)',
  nonce: 'Ties an ID token to its request (OpenID Connect Core 2)',
  auth_time: 'When the user logged in (OpenID Connect Core 2)',
  acr: 'How strongly the user was authenticated (OpenID Connect Core 2)',
  amr: 'By which methods the user was authenticated (RFC 8176)',
  at_hash: 'Half of the hash of the access token (OpenID Connect Core 3.1.3.6)',
  c_hash: 'Half of the hash of the code (OpenID Connect Core 3.3.2.11)',
  sid: 'Session at the issuer (OpenID Connect Front-Channel Logout 3)',
  cnf: 'Key the holder must prove to have (RFC 7800 3.1)',
  act: 'Who acts for the subject (RFC 8693 4.1)',
  name: 'Full name (OpenID Connect Core 5.1)',
  given_name: 'Given name (OpenID Connect Core 5.1)',
  family_name: 'Family name (OpenID Connect Core 5.1)',
  preferred_username: 'Name the user goes by (OpenID Connect Core 5.1)',
  email: 'E-mail address (OpenID Connect Core 5.1)',
  email_verified: 'Whether the address was verified (OpenID Connect Core 5.1)',
  picture: 'URL of a picture (OpenID Connect Core 5.1)',
  locale: 'Language and region (OpenID Connect Core 5.1)',
  zoneinfo: 'Time zone (OpenID Connect Core 5.1)',
  phone_number: 'Phone number (OpenID Connect Core 5.1)',
  updated_at: 'When the profile last changed (OpenID Connect Core 5.1)',
}

/** What a registered claim says, with the section that defines it; null for the issuer's own. */
export const claimMeaning = (name: string): string | null =>
  Object.hasOwn(meanings, name) ? (meanings[name] ?? null) : null

const timeClaims = new Set(['exp', 'nbf', 'iat', 'auth_time', 'updated_at'])

/** The moment a NumericDate claim names, in epoch milliseconds; null when the claim is no time. */
export function claimTime(name: string, value: unknown): number | null {
  if (!timeClaims.has(name) || typeof value !== 'number' || !Number.isFinite(value)) return null
  const at = value * 1000
  return Math.abs(at) <= 8.64e15 ? at : null
}

/** A claim's value as one line of text. */
export const claimText = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value)
