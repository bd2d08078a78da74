/** What the registered claims say (IANA "JSON Web Token Claims"), each with the section that defines it. */
const claims: Readonly<Record<string, string>> = {
  iss: 'Issuer: who signed this token (RFC 7519 4.1.1)',
  sub: 'Subject: who it is about (RFC 7519 4.1.2)',
  aud: 'Audience: who it is meant for (RFC 7519 4.1.3)',
  exp: 'Expires: not valid at or after this time (RFC 7519 4.1.4)',
  nbf: 'Not before: not valid earlier (RFC 7519 4.1.5)',
  iat: 'Issued at (RFC 7519 4.1.6)',
  jti: 'Token id, unique for this issuer (RFC 7519 4.1.7)',
  client_id: 'Client it was issued to (RFC 8693 4.3)',
  scope: 'Granted scopes, separated by spaces (RFC 8693 4.2)',
  act: 'Who acts for the subject, newest actor outermost (RFC 8693 4.1)',
  may_act: 'Who may act for the subject (RFC 8693 4.4)',
  roles: 'Roles of the subject (RFC 9068 2.2.3.1)',
  groups: 'Groups of the subject (RFC 9068 2.2.3.1)',
  entitlements: 'What the subject is entitled to (RFC 9068 2.2.3.1)',
  authorization_details: 'What exactly was allowed, by type (RFC 9396 9.1)',
  cnf: 'Key the holder must prove to have (RFC 7800 3.1)',
  htm: 'HTTP method the proof is for (RFC 9449 4.2)',
  htu: 'URL the proof is for, without query and fragment (RFC 9449 4.2)',
  ath: 'Hash of the access token the proof goes with (RFC 9449 4.2)',
  events: 'What happened: the event types of a security event token (RFC 8417 2.2)',
  txn: 'Transaction it belongs to (RFC 8417 2.2)',
  toe: 'When the event happened (RFC 8417 2.2)',
  azp: 'Authorized party: the client an ID token is for (OpenID Connect Core 2)',
  nonce: 'Ties an ID token, or a proof, to its request (OpenID Connect Core 2)',
  auth_time: 'When the user logged in (OpenID Connect Core 2)',
  acr: 'How strongly the user was authenticated (OpenID Connect Core 2)',
  amr: 'By which methods the user was authenticated (OpenID Connect Core 2, RFC 8176)',
  at_hash: 'Left half of the hash of the access token (OpenID Connect Core 3.1.3.6)',
  c_hash: 'Left half of the hash of the code (OpenID Connect Core 3.3.2.11)',
  s_hash: 'Left half of the hash of the state (FAPI 1.0 part 2, 5.1)',
  sid: 'Session at the issuer (OpenID Connect Front-Channel Logout 3)',
  sub_jwk: 'Key of a self-issued ID token (OpenID Connect Core 7.4)',
  _claim_names: 'Claims that others hold, by name (OpenID Connect Core 5.6.2)',
  _claim_sources: 'Where those claims are to be had (OpenID Connect Core 5.6.2)',
  name: 'Full name (OpenID Connect Core 5.1)',
  given_name: 'Given name (OpenID Connect Core 5.1)',
  family_name: 'Family name (OpenID Connect Core 5.1)',
  middle_name: 'Middle name (OpenID Connect Core 5.1)',
  nickname: 'Casual name (OpenID Connect Core 5.1)',
  preferred_username: 'Name the user goes by (OpenID Connect Core 5.1)',
  profile: 'URL of a profile page (OpenID Connect Core 5.1)',
  picture: 'URL of a picture (OpenID Connect Core 5.1)',
  website: 'URL of a website (OpenID Connect Core 5.1)',
  email: 'E-mail address (OpenID Connect Core 5.1)',
  email_verified: 'Whether the address was verified (OpenID Connect Core 5.1)',
  gender: 'Gender (OpenID Connect Core 5.1)',
  birthdate: 'Birthday, YYYY-MM-DD or YYYY (OpenID Connect Core 5.1)',
  zoneinfo: 'Time zone (OpenID Connect Core 5.1)',
  locale: 'Language and region (OpenID Connect Core 5.1)',
  phone_number: 'Phone number (OpenID Connect Core 5.1)',
  phone_number_verified: 'Whether the number was verified (OpenID Connect Core 5.1)',
  address: 'Postal address (OpenID Connect Core 5.1.1)',
  updated_at: 'When the profile last changed (OpenID Connect Core 5.1)',
  response_type: 'Request object: what the client asks for (RFC 9101 4)',
  redirect_uri: 'Request object: where the answer goes (RFC 9101 4)',
  state: 'Request object: comes back as it was sent (RFC 9101 4)',
  code_challenge: 'Request object: PKCE (RFC 7636 4.3)',
  code_challenge_method: 'Request object: how the challenge was made (RFC 7636 4.3)',
  token_introspection: 'The introspection answer, signed (RFC 9701 5)',
  vct: 'Type of the credential (SD-JWT VC 3.2.2.1)',
  status: 'Where to ask whether it was revoked (Token Status List 6)',
  _sd: 'Digests of claims that may be disclosed (RFC 9901 4.2.4.1)',
  _sd_alg: 'Hash algorithm of those digests (RFC 9901 4.1.1)',
  sd_hash: 'Hash of the SD-JWT the key binding is for (RFC 9901 4.3)',
}

/** What the header parameters say (IANA "JSON Web Signature and Encryption Header Parameters"). */
const parameters: Readonly<Record<string, string>> = {
  alg: 'Algorithm of the signature, or of the key encryption (RFC 7515 4.1.1)',
  typ: 'What kind of token it is (RFC 7515 4.1.9, RFC 8725 3.11)',
  cty: 'What is inside: "JWT" for a token in a token (RFC 7515 4.1.10)',
  kid: 'Which key: a hint, chosen by whoever wrote the token (RFC 7515 4.1.4)',
  jku: 'URL of keys: never to be fetched unless it is known (RFC 7515 4.1.2)',
  jwk: 'A key brought along: never to be trusted for that (RFC 7515 4.1.3)',
  x5u: 'URL of a certificate: never to be fetched unless it is known (RFC 7515 4.1.5)',
  x5c: 'Certificate chain (RFC 7515 4.1.6)',
  x5t: 'SHA-1 thumbprint of the certificate (RFC 7515 4.1.7)',
  'x5t#S256': 'SHA-256 thumbprint of the certificate (RFC 7515 4.1.8)',
  crit: 'Extensions that must be understood (RFC 7515 4.1.11)',
  b64: 'Whether the payload is base64url; false is not for JWTs (RFC 7797 3)',
  enc: 'Algorithm of the content encryption (RFC 7516 4.1.2)',
  zip: 'Compression before encryption (RFC 7516 4.1.3)',
  epk: 'Key of the sender, for this token only (RFC 7518 4.6.1.1)',
  apu: 'Who produced it (RFC 7518 4.6.1.2)',
  apv: 'Who it is for (RFC 7518 4.6.1.3)',
  iv: 'Initialisation vector of the key encryption (RFC 7518 4.7.1.1)',
  tag: 'Tag of the key encryption (RFC 7518 4.7.1.2)',
  p2s: 'Salt of the password (RFC 7518 4.8.1.1)',
  p2c: 'Rounds over the password (RFC 7518 4.8.1.2)',
  nonce: 'Ties the token to its use (RFC 8555 6.5.2)',
}

const amr: Readonly<Record<string, string>> = {
  face: 'face',
  fpt: 'fingerprint',
  geo: 'place',
  hwk: 'key in hardware',
  iris: 'iris',
  kba: 'knowledge',
  mca: 'several channels',
  mfa: 'several factors',
  otp: 'one-time password',
  pin: 'PIN',
  pop: 'proof of a key',
  pwd: 'password',
  rba: 'risk',
  retina: 'retina',
  sc: 'smart card',
  sms: 'text message',
  swk: 'key in software',
  tel: 'phone call',
  user: 'presence of the user',
  vbm: 'voice',
  wia: 'Windows authentication',
}

const types: Readonly<Record<string, string>> = {
  jwt: 'any JWT',
  'at+jwt': 'access token (RFC 9068)',
  'dpop+jwt': 'DPoP proof (RFC 9449)',
  'logout+jwt': 'logout token (OpenID Connect Back-Channel Logout)',
  'secevent+jwt': 'security event (RFC 8417)',
  'oauth-authz-req+jwt': 'request object (RFC 9101)',
  'token-introspection+jwt': 'introspection answer (RFC 9701)',
  'client-authentication+jwt': 'client assertion (RFC 7523bis)',
  'kb+jwt': 'key binding of an SD-JWT (RFC 9901)',
  'sd-jwt': 'SD-JWT (RFC 9901)',
  'dc+sd-jwt': 'SD-JWT credential (SD-JWT VC)',
  'vc+sd-jwt': 'SD-JWT credential (SD-JWT VC)',
  'entity-statement+jwt': 'entity statement (OpenID Federation)',
}

const lookUp = (table: Readonly<Record<string, string>>, name: string): string | null =>
  Object.hasOwn(table, name) ? (table[name] ?? null) : null

/** What a registered claim says, with the section that defines it; null for the issuer's own. */
export const claimMeaning = (name: string): string | null => lookUp(claims, name)

/** What a header parameter says; null for one that is not registered. */
export const parameterMeaning = (name: string): string | null => lookUp(parameters, name)

/** What a claim's or parameter's value says, where it is one of a registry: amr (RFC 8176), typ. Null when there is nothing to add. */
export function valueMeaning(name: string, value: unknown): string | null {
  if (name === 'typ' && typeof value === 'string')
    return lookUp(types, value.toLowerCase().replace(/^application\//, ''))
  if (name !== 'amr' || !Array.isArray(value)) return null
  const words = value.map((method) => (typeof method === 'string' ? lookUp(amr, method) : null))
  return words.some((word) => word !== null) ? words.map((word) => word ?? 'not registered').join(', ') : null
}

export const registeredClaims: readonly string[] = Object.keys(claims)
export const registeredParameters: readonly string[] = Object.keys(parameters)
export const registeredMethods: readonly string[] = Object.keys(amr)
export const registeredTypes: readonly string[] = Object.keys(types)

const timeClaims = new Set(['exp', 'nbf', 'iat', 'auth_time', 'updated_at', 'toe'])

/** Whether a claim's number is a NumericDate (RFC 7519 2). */
export const isTimeClaim = (name: string): boolean => timeClaims.has(name)
