import { compactVerify, createLocalJWKSet, errors, type JSONWebKeySet } from 'jose'
import { ContractError } from '../../../shared/contract/envelope.ts'
import type { ParsedInputOf } from '../../../shared/contract/operations/index.ts'
import type { Inspection, TokenVerdict } from '../../../shared/contract/operations/tokens.ts'
import { type DecodedJwt, decodeJwt } from '../../../shared/protocol/jwt.ts'
import { iso } from '../../../shared/protocol/time.ts'
import type { Core } from '../core.ts'
import { tokenState, toTokenRow } from '../store/tokens.ts'
import { fetchJson } from './fetch-json.ts'
import { readToken } from './read.ts'

type SignatureFinding = Pick<Inspection, 'signature' | 'verifiedWith'> & { reason: string }

/**
 * Decodes whatever was pasted and says whether it holds: at this issuer, or by the keys behind `jwksUrl`.
 *
 * @throws ContractError `unreachable` when the JWKS cannot be had
 */
export async function inspectToken(
  core: Core,
  { input, jwksUrl }: ParsedInputOf<'tokens.inspect'>,
): Promise<Inspection> {
  const decoded = decodeJwt(input)
  const found = { token: decoded.token, header: decoded.header, claims: decoded.claims }
  const now = core.clock.now()
  const ours = decoded.form === 'jws' ? await findOurs(core, decoded.token) : null
  const row = ours?.record ? toTokenRow(ours.record, now) : null
  const unread = unreadable(decoded)
  if (unread) return { ...found, ...unread, signature: 'not_checked', verifiedWith: null, row }

  const finding =
    jwksUrl === undefined ? ownFinding(decoded, ours) : await foreignFinding(core, decoded, jwksUrl)
  const state = ours?.record ? tokenState(ours.record, now) : null
  const { verdict, reason } = judge(decoded, finding, {
    state,
    revokedReason: row?.revokedReason ?? null,
    now,
  })
  return { ...found, verdict, reason, signature: finding.signature, verifiedWith: finding.verifiedWith, row }
}

/** The token as one of this issuer's, whichever key it names. */
async function findOurs(core: Core, token: string) {
  const access = await readToken(core, token, 'access')
  return access.signature === 'unknown_key' ? readToken(core, token, 'refresh') : access
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

function ownFinding(
  decoded: DecodedJwt,
  ours: Awaited<ReturnType<typeof findOurs>> | null,
): SignatureFinding {
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

/** The worst that can be said of the token, first. */
function judge(
  { claims }: DecodedJwt,
  finding: SignatureFinding,
  { state, revokedReason, now }: { state: string | null; revokedReason: string | null; now: number },
): { verdict: TokenVerdict; reason: string } {
  if (finding.signature === 'none') {
    return { verdict: 'unsigned', reason: 'The token is not signed: anybody could have written it.' }
  }
  if (finding.signature === 'invalid') return { verdict: 'invalid_signature', reason: finding.reason }
  if (state === 'revoked') return { verdict: 'revoked', reason: `It is on the deny list: ${revokedReason}.` }
  if (state === 'consumed')
    return { verdict: 'consumed', reason: 'It was used up: a refresh token is good for one use.' }
  const early = state === 'expired' ? 'It has ended at the issuer.' : null
  const exp = numericDate(claims?.exp)
  if (early || (exp !== null && exp <= now)) {
    return { verdict: 'expired', reason: exp !== null && exp <= now ? `It expired ${iso(exp)}.` : early! }
  }
  const nbf = numericDate(claims?.nbf)
  if (nbf !== null && nbf > now)
    return { verdict: 'not_yet_valid', reason: `It is valid from ${iso(nbf)} on.` }
  if (finding.signature === 'unknown_key') {
    return {
      verdict: 'unknown_key',
      reason: `${finding.reason} It may be another issuer's: name its JWKS to check it.`,
    }
  }
  if (finding.signature === 'not_checked')
    return { verdict: 'unverified', reason: 'The signature was not checked.' }
  return {
    verdict: 'valid',
    reason: `The signature holds${exp === null ? ', and it never expires' : ` and it has not expired`}.`,
  }
}

/** A NumericDate (RFC 7519 2) in milliseconds. */
const numericDate = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? value * 1000 : null
