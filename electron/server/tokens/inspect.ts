import { compactVerify, createLocalJWKSet, errors, type JSONWebKeySet } from 'jose'
import { ContractError } from '../../../shared/contract/envelope.ts'
import type { ParsedInputOf } from '../../../shared/contract/operations/index.ts'
import type { Inspection, TokenState, TokenVerdict } from '../../../shared/contract/operations/tokens.ts'
import { type DecodedJwt, decodeJwt, type JsonObject } from '../../../shared/protocol/jwt.ts'
import { iso } from '../../../shared/protocol/time.ts'
import type { Core } from '../core.ts'
import { existingIssuer } from '../issuers.ts'
import { tokenState, toTokenRow } from '../store/tokens.ts'
import { fetchJson } from './fetch-json.ts'
import { readOurToken, type TokenReading } from './read.ts'

type SignatureFinding = Pick<Inspection, 'signature' | 'verifiedWith'> & { reason: string }

/**
 * Decodes whatever was pasted and says whether it holds: at this issuer, or by the keys behind `jwksUrl`.
 *
 * @throws ContractError `unreachable` when the JWKS cannot be had
 */
export async function inspectToken(
  core: Core,
  { input, issuer, jwksUrl }: ParsedInputOf<'tokens.inspect'>,
): Promise<Inspection> {
  const decoded = decodeJwt(input)
  const found = { token: decoded.token, header: decoded.header, claims: decoded.claims }
  const now = core.clock.now()
  const ours = decoded.form === 'jws' ? await readAnywhere(core, issuer, decoded.token) : null
  const row = ours?.record ? toTokenRow(ours.record, now) : null
  const unread = unreadable(decoded)
  if (unread) return { ...found, ...unread, signature: 'not_checked', verifiedWith: null, row }

  const finding =
    jwksUrl === undefined ? ownFinding(decoded, ours) : await foreignFinding(core, decoded, jwksUrl)
  const state = ours?.record ? tokenState(ours.record, now) : null
  const { verdict, reason } = judge({
    claims: decoded.claims ?? {},
    finding,
    state,
    revokedReason: row?.revokedReason ?? null,
    now,
  })
  return { ...found, verdict, reason, signature: finding.signature, verifiedWith: finding.verifiedWith, row }
}

/** Reads a token as one of this issuer, or of whichever issuer has the key it names. */
async function readAnywhere(core: Core, issuer: string | undefined, token: string): Promise<TokenReading> {
  const wanted = existingIssuer(core, issuer)
  const reading = await readOurToken(core, wanted, token)
  const owner =
    issuer === undefined ? core.keys.list().find(({ kid }) => kid === reading.kid)?.issuer : undefined
  return owner === undefined || owner === wanted ? reading : readOurToken(core, owner, token)
}

function unreadable({ form, problems }: DecodedJwt): { verdict: TokenVerdict; reason: string } | null {
  switch (form) {
    case 'malformed':
      return { verdict: 'malformed', reason: problems.map(({ message }) => message).join(' ') }
    case 'opaque':
      return { verdict: 'opaque', reason: 'This is not a JWT: only its issuer can say what it means.' }
    case 'jwe':
      return {
        verdict: 'unverified',
        reason: 'This token is encrypted (JWE): only its header can be read without the key.',
      }
    case 'jws':
      return null
  }
}

function ownFinding(decoded: DecodedJwt, ours: TokenReading | null): SignatureFinding {
  if (isUnsigned(decoded)) return UNSIGNED
  const signature = ours?.signature === 'malformed' || !ours ? 'not_checked' : ours.signature
  return {
    signature,
    reason: ours?.reason ?? '',
    verifiedWith: signature === 'valid' ? (ours?.kid ?? null) : null,
  }
}

async function foreignFinding(core: Core, decoded: DecodedJwt, jwksUrl: string): Promise<SignatureFinding> {
  if (isUnsigned(decoded)) return UNSIGNED
  const jwks = await fetchJson(core, jwksUrl)
  try {
    await compactVerify(decoded.token, createLocalJWKSet(jwks as JSONWebKeySet))
    return { signature: 'valid', reason: `A key of ${jwksUrl} signed it.`, verifiedWith: jwksUrl }
  } catch (error) {
    if (error instanceof errors.JWKSInvalid)
      throw new ContractError('unreachable', `${jwksUrl} holds no JWK Set.`)
    const unknown = error instanceof errors.JWKSNoMatchingKey
    return {
      signature: unknown ? 'unknown_key' : 'invalid',
      reason: unknown ? `No key of ${jwksUrl} fits this token.` : `The signature does not match ${jwksUrl}.`,
      verifiedWith: null,
    }
  }
}

const UNSIGNED: SignatureFinding = { signature: 'none', reason: '', verifiedWith: null }

const isUnsigned = ({ header, signature }: DecodedJwt): boolean => header?.alg === 'none' || signature === ''

interface Facts {
  claims: JsonObject
  finding: SignatureFinding
  /** State in the ledger; null for a token that is not ours. */
  state: TokenState | null
  revokedReason: string | null
  now: number
}

/** Each rule's reason when it applies. The worst that can be said of a token comes first, and is its verdict. */
const rules: readonly (readonly [TokenVerdict, (facts: Facts) => string | null])[] = [
  [
    'unsigned',
    ({ finding }) => reasonIf(finding, 'none', 'The token is not signed: anybody could have written it.'),
  ],
  ['invalid_signature', ({ finding }) => reasonIf(finding, 'invalid', finding.reason)],
  [
    'revoked',
    ({ state, revokedReason }) => (state === 'revoked' ? `It is on the deny list: ${revokedReason}.` : null),
  ],
  [
    'consumed',
    ({ state }) => (state === 'consumed' ? 'It was used up: a refresh token is good for one use.' : null),
  ],
  ['expired', expiry],
  ['not_yet_valid', notBefore],
  [
    'unknown_key',
    ({ finding }) =>
      reasonIf(
        finding,
        'unknown_key',
        `${finding.reason} It may be another issuer's: name its JWKS to check it.`,
      ),
  ],
  ['unverified', ({ finding }) => reasonIf(finding, 'not_checked', 'The signature was not checked.')],
]

function judge(facts: Facts): { verdict: TokenVerdict; reason: string } {
  for (const [verdict, applies] of rules) {
    const reason = applies(facts)
    if (reason !== null) return { verdict, reason }
  }
  const end = numericDate(facts.claims.exp) === null ? 'and it never expires' : 'and it has not expired'
  return { verdict: 'valid', reason: `The signature holds, ${end}.` }
}

const reasonIf = (
  finding: SignatureFinding,
  signature: Inspection['signature'],
  reason: string,
): string | null => (finding.signature === signature ? reason : null)

function expiry({ claims, state, now }: Facts): string | null {
  const exp = numericDate(claims.exp)
  if (exp !== null && exp <= now) return `It expired ${iso(exp)}.`
  return state === 'expired' ? 'It has ended at the issuer, before its own exp.' : null
}

function notBefore({ claims, now }: Facts): string | null {
  const nbf = numericDate(claims.nbf)
  return nbf !== null && nbf > now ? `It is valid from ${iso(nbf)} on.` : null
}

/** A NumericDate (RFC 7519 2) in milliseconds. */
const numericDate = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? value * 1000 : null
