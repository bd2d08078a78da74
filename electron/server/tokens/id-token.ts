import { CompactSign } from 'jose'
import type { DecodedJwt } from '../../../shared/protocol/jwt.ts'
import type { Core } from '../core.ts'
import type { Authentication } from './authentication.ts'
import { hashClaim } from './hash-claim.ts'
import { readToken } from './read.ts'

export interface IdTokenRequest {
  issuer: string
  clientId: string
  sub: string
  /** When and how the user proved who they are; null when nobody did, as for a token made by hand. */
  authentication: Authentication | null
  nonce: string | null
  /** The session the login belongs to. */
  sid: string | null
  accessToken: string
  /** Seconds. */
  lifetime: number
}

/** Authentication context classes: a password alone, and with a second factor. */
export const acrValues = ['1', '2'] as const

const acrOf = (amr: readonly string[]): string => (amr.includes('otp') ? '2' : '1')

/**
 * OpenID Connect Core 1.0 2. Profile claims are not in it: with an access token at hand they come from userinfo (5.4). It is
 * not in the ledger, since it opens nothing and cannot be revoked.
 */
export async function signIdToken(core: Core, request: IdTokenRequest): Promise<string> {
  const { issuer, clientId, sub, authentication, nonce, sid, accessToken, lifetime } = request
  const { alg, kid, key } = await core.keys.idTokenSigner()
  const now = Math.floor(core.clock.now() / 1000)
  const claims = {
    iss: issuer,
    sub,
    aud: clientId,
    azp: clientId,
    iat: now,
    exp: now + lifetime,
    ...(authentication ? { ...authentication, acr: acrOf(authentication.amr) } : {}),
    ...(nonce === null ? {} : { nonce }),
    ...(sid === null ? {} : { sid }),
    at_hash: hashClaim(alg, accessToken),
  }
  const payload = new TextEncoder().encode(JSON.stringify(claims))
  return new CompactSign(payload).setProtectedHeader({ alg, typ: 'JWT', kid }).sign(key)
}

/** An ID token a client shows again, as id_token_hint. Null when it is none of ours; one that has expired still is. */
export async function readIdTokenHint(
  core: Core,
  token: string,
): Promise<{ sub: string; clientId: string; sid: string | null; claims: DecodedJwt['claims'] } | null> {
  const { signature, decoded } = await readToken(core, token, 'access')
  const { sub, aud, sid } = decoded.claims ?? {}
  if (signature !== 'valid' || decoded.header?.typ !== 'JWT') return null
  if (typeof sub !== 'string' || typeof aud !== 'string') return null
  return { sub, clientId: aud, sid: typeof sid === 'string' ? sid : null, claims: decoded.claims }
}
