import { hash } from 'node:crypto'
import { type DecodedJwt, decodeJwt, shown } from '../../../shared/protocol/jwt.ts'
import type { Core } from '../core.ts'
import type { Reader } from '../store/database.ts'
import type { KeyUse } from '../store/keys.ts'
import { findOpaqueToken, findToken, type TokenRecord } from '../store/tokens.ts'
import { signatureHolds } from './jws.ts'
import type { SigningKey } from './key-ring.ts'

/** SHA-256, base64url: what the store keeps of a token or session instead of the thing itself. */
export const hashOf = (secret: string): string => hash('sha256', secret, 'base64url')

/**
 * A token taken apart, its signature checked with our keys, and looked up. An opaque one is only looked up, and has the claims
 * the ledger knows of it, but no header. Says nothing of expiry or revocation.
 */
export interface TokenReading {
  decoded: DecodedJwt
  signature: 'valid' | 'invalid' | 'unknown_key' | 'malformed'
  /** How the signature holds, or why not. */
  reason: string
  kid: string | null
  /** The ledger's row; only for a token that is genuine. */
  record: TokenRecord | null
}

// Threat: a token forged by choosing its own algorithm (none, HS256 with the public key), or a refresh token passed off as
// an access token. The key is found by kid among those of the wanted use, and brings its own algorithm along.

/** Reads a token as one of this issuer. Never throws on account of the token. */
export async function readToken(
  core: Core,
  issuer: string,
  token: string,
  use: KeyUse,
): Promise<TokenReading> {
  if (!token.includes('.')) return readOpaque(core, issuer, token, use)
  const decoded = decodeJwt(token)
  if (decoded.form !== 'jws') {
    const reason = decoded.problems[0]?.message ?? 'This is not a JWT.'
    return { decoded, signature: 'malformed', reason, kid: null, record: null }
  }
  const kid = typeof decoded.header?.kid === 'string' ? decoded.header.kid : null
  const verifier = kid === null ? undefined : await core.keys.verifier(issuer, kid, use)
  if (!verifier) {
    return { decoded, signature: 'unknown_key', reason: noKey(core, issuer, kid, use), kid, record: null }
  }
  const hash = hashOf(token)
  const wrong = verifier.genuine.has(hash) ? null : forgery(decoded, verifier)
  if (wrong !== null) return { decoded, signature: 'invalid', reason: wrong, kid, record: null }
  remember(verifier.genuine, hash)
  return {
    decoded,
    signature: 'valid',
    reason: `signed with key ${kid}`,
    kid,
    record: lookUp(core.database.read, decoded, hash),
  }
}

/** Why the token is not one that this key signed; null when it is. */
function forgery({ token, header, signature }: DecodedJwt, { alg, kid, key }: SigningKey): string | null {
  if (header?.alg !== alg) return `The header says alg ${shown(header?.alg)}, but key ${kid} is for ${alg}.`
  // RFC 7515 4.1.11: what is critical has to be understood, and no extension is.
  if (header.crit !== undefined) return `The header has the critical extensions ${shown(header.crit)}.`
  const input = token.slice(0, token.lastIndexOf('.'))
  return signatureHolds(alg, key, input, signature ?? '') ? null : `The signature does not match key ${kid}.`
}

const REMEMBERED = 5_000

/** The oldest is forgotten first. */
function remember(hashes: Set<string>, hash: string): void {
  hashes.add(hash)
  if (hashes.size > REMEMBERED) hashes.delete(hashes.values().next().value!)
}

/** Reads a token as one of this issuer, whichever of its keys it names. */
export const readOurToken = (core: Core, issuer: string, token: string): Promise<TokenReading> =>
  readAsEither(core, issuer, (use) => readToken(core, issuer, token, use))

/** What `readToken` would say of a token of the ledger. It was genuine when it was issued: only its key can have changed. */
export async function readStored(core: Core, record: TokenRecord, use: KeyUse): Promise<TokenReading> {
  const { issuer, header, claims } = record
  const kid = typeof header.kid === 'string' ? header.kid : null
  const opaque = kid === null
  const decoded: DecodedJwt = {
    token: '',
    form: opaque ? 'opaque' : 'jws',
    header: opaque ? null : header,
    claims,
    signature: null,
    problems: [],
  }
  if (opaque) {
    if ((record.kind === 'refresh') !== (use === 'refresh'))
      return { decoded, signature: 'malformed', reason: 'This is not a JWT.', kid, record: null }
    return { decoded, signature: 'valid', reason: KNOWN_OPAQUE, kid, record }
  }
  if (await core.keys.verifier(issuer, kid, use))
    return { decoded, signature: 'valid', reason: `signed with key ${kid}`, kid, record }
  return { decoded, signature: 'unknown_key', reason: noKey(core, issuer, kid, use), kid, record: null }
}

/** The same as `readOurToken` would. */
export const readOurStored = (core: Core, record: TokenRecord): Promise<TokenReading> =>
  readAsEither(core, record.issuer, (use) => readStored(core, record, use))

async function readAsEither(
  core: Core,
  issuer: string,
  read: (use: KeyUse) => Promise<TokenReading>,
): Promise<TokenReading> {
  const access = await read('access')
  if (access.signature !== 'unknown_key') return access
  const refresh = await read('refresh')
  if (refresh.signature !== 'unknown_key' || access.kid === null) return refresh
  const revoked = revocation(core, issuer, access.kid)
  return { ...access, reason: revoked ?? `No key of the issuer has the kid ${access.kid}.` }
}

/** Why there is no key to check a signature with. */
function noKey(core: Core, issuer: string, kid: string | null, use: KeyUse): string {
  if (kid === null) return 'The header names no key (kid).'
  return revocation(core, issuer, kid) ?? `No ${use} key of the issuer has the kid ${kid}.`
}

/** Why the issuer's key of this id counts for nothing; null for one that counts, or is not there. */
function revocation({ keys }: Core, issuer: string, kid: string): string | null {
  const key = keys.signing(issuer).find((candidate) => candidate.kid === kid)
  return key && key.revokedAt !== null ? `The key ${kid} is revoked: nothing it signed counts.` : null
}

const KNOWN_OPAQUE = 'opaque, and known to the ledger'

/** What is not a JWT is good only if the ledger knows it, to the letter. */
function readOpaque(core: Core, issuer: string, token: string, use: KeyUse): TokenReading {
  const record = findOpaqueToken(core.database.read, hashOf(token))
  const decoded = { ...decodeJwt(token), header: null }
  if (!record || record.issuer !== issuer || (record.kind === 'refresh') !== (use === 'refresh')) {
    const reason = decoded.problems[0]?.message ?? 'This is not a JWT, nor a token the ledger knows.'
    return { decoded, signature: 'malformed', reason, kid: null, record: null }
  }
  return {
    decoded: { ...decoded, claims: record.claims },
    signature: 'valid',
    reason: KNOWN_OPAQUE,
    kid: null,
    record,
  }
}

function lookUp(reader: Reader, { claims }: DecodedJwt, hash: string): TokenRecord | null {
  const jti = claims?.jti
  const record = typeof jti === 'string' ? findToken(reader, jti) : undefined
  return record && record.hash === hash ? record : null
}

/** The ledger's row of a token of any issuer and kind, whatever became of its key. */
export function findGiven(reader: Reader, token: string): TokenRecord | null {
  const hash = hashOf(token)
  return token.includes('.')
    ? lookUp(reader, decodeJwt(token), hash)
    : (findOpaqueToken(reader, hash) ?? null)
}
