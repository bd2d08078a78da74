import { isJsonObject, type JsonObject, shown } from './jwt.ts'
import { iso } from './time.ts'

/** Every verdict on a token, the worst first. */
export const tokenVerdicts = [
  'malformed',
  'opaque',
  'unsigned',
  'invalid_signature',
  'revoked',
  'consumed',
  'expired',
  'not_yet_valid',
  'unknown_key',
  'unverified',
  'valid',
] as const
export type TokenVerdict = (typeof tokenVerdicts)[number]

/** What became of the signature, and why, as a sentence. */
export interface SignatureFinding {
  state: 'valid' | 'invalid' | 'unknown_key' | 'none' | 'not_checked'
  reason: string
}

export interface TokenFacts {
  form: 'jws' | 'jwe' | 'sd-jwt' | 'opaque' | 'malformed'
  /** What is broken, as sentences. */
  problems: readonly string[]
  claims: JsonObject | null
  signature: SignatureFinding
  /** What the issuer's ledger knows of it; null for a token that is not one of ours. */
  ledger: { state: 'active' | 'expired' | 'consumed' | 'revoked'; revokedReason: string | null } | null
  /** The issuer's clock, epoch milliseconds. */
  now: number
}

export interface Judgement {
  verdict: TokenVerdict
  /** Why, in words. */
  reason: string
}

type Rule = (facts: TokenFacts) => string | null

/** Each verdict's reason when it applies; the first that does is the verdict, for it is the worst that can be said. */
const rules: readonly (readonly [TokenVerdict, Rule])[] = [
  ['malformed', ({ problems }) => (problems.length > 0 ? problems.join(' ') : null)],
  ['revoked', (facts) => (facts.form === 'opaque' ? revocation(facts) : null)],
  ['consumed', (facts) => (facts.form === 'opaque' ? consumption(facts) : null)],
  ['expired', (facts) => (facts.form === 'opaque' ? expiry(facts) : null)],
  [
    'opaque',
    ({ form, ledger }) =>
      form !== 'opaque'
        ? null
        : ledger
          ? 'This is not a JWT, but this issuer issued it, and it is active.'
          : 'This is not a JWT: only its issuer can say what it means.',
  ],
  [
    'unverified',
    ({ form, signature }) =>
      form === 'jwe' && signature.state === 'not_checked'
        ? 'This token is encrypted (JWE): only its header can be read without the key.'
        : null,
  ],
  [
    'unsigned',
    ({ signature }) =>
      signature.state === 'none' ? 'The token is not signed: anybody could have written it.' : null,
  ],
  ['invalid_signature', ({ signature }) => (signature.state === 'invalid' ? signature.reason : null)],
  ['malformed', ({ claims }) => wrongTime(claims ?? {})],
  ['revoked', revocation],
  ['consumed', consumption],
  ['expired', expiry],
  ['not_yet_valid', notBefore],
  [
    'unknown_key',
    ({ signature }) =>
      signature.state === 'unknown_key'
        ? `${signature.reason} It may be another issuer's: name its JWKS to check it.`
        : null,
  ],
  [
    'unverified',
    ({ signature }) =>
      signature.state === 'not_checked' ? signature.reason || 'The signature was not checked.' : null,
  ],
]

/** The verdict on a token, with its reason. */
export function judgeToken(facts: TokenFacts): Judgement {
  for (const [verdict, applies] of rules) {
    const reason = applies(facts)
    if (reason !== null) return { verdict, reason }
  }
  return { verdict: 'valid', reason: validReason(facts) }
}

function validReason({ claims }: TokenFacts): string {
  if (!claims) return 'The signature holds. What it signs is no claims set: a JWS, but not a JWT.'
  const end = numericDate(claims.exp) === null ? 'and it never expires' : 'and it has not expired'
  return `The signature holds, ${end}.`
}

function revocation({ ledger }: TokenFacts): string | null {
  return ledger?.state === 'revoked'
    ? `It is on the deny list: ${ledger.revokedReason ?? 'no reason given'}.`
    : null
}

function consumption({ ledger }: TokenFacts): string | null {
  return ledger?.state === 'consumed' ? 'It was used up: a refresh token is good for one use.' : null
}

function expiry({ claims, ledger, now }: TokenFacts): string | null {
  const exp = numericDate(claims?.exp)
  if (exp !== null && exp <= now) return `It expired ${iso(exp)}.`
  return ledger?.state === 'expired' ? 'It has ended at the issuer, before its own exp.' : null
}

function notBefore({ claims, now }: TokenFacts): string | null {
  const nbf = numericDate(claims?.nbf)
  return nbf !== null && nbf > now ? `It is valid from ${iso(nbf)} on.` : null
}

/** RFC 7519 4.1.4 and 4.1.5: a verifier that cannot read a time must not take it for none. */
function wrongTime(claims: JsonObject): string | null {
  const name = ['exp', 'nbf', 'iat'].find(
    (claim) => Object.hasOwn(claims, claim) && numericDate(claims[claim]) === null,
  )
  if (name === undefined) return null
  const value = isJsonObject(claims[name]) ? 'an object' : shown(claims[name])
  return `Its ${name} is ${value}; a time is a number of seconds (RFC 7519 2).`
}

/** A NumericDate (RFC 7519 2) in milliseconds; null for anything that is no number. */
const numericDate = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? value * 1000 : null
