import type { SigningAlg } from '../../../shared/contract/values.ts'
import { type ClaimAccount, claimValues } from '../../../shared/protocol/claim-layers.ts'
import { type ClaimsRequest, essentialAcr } from '../../../shared/protocol/claims-parameter.ts'
import { contentEncryptions } from '../../../shared/protocol/jwe.ts'
import { type DecodedJwt, decodeJwt, type JsonObject } from '../../../shared/protocol/jwt.ts'
import { claimsOf } from '../../../shared/protocol/token-claims.ts'
import type { Core } from '../core.ts'
import { findClient } from '../store/clients.ts'
import type { UserRecord } from '../store/users.ts'
import type { Authentication } from './authentication.ts'
import { type ClaimsSubject, claimSources } from './claim-sources.ts'
import type { Encrypter } from './encrypt-for.ts'
import { hashClaim } from './hash-claim.ts'
import { knownEncryptions, openEncrypted } from './open-encrypted.ts'
import { readToken } from './read.ts'
import { signJwt } from './sign.ts'

export interface SignedIdTokenRequest extends IdTokenRequest {
  /** How it is encrypted for the client, if at all. */
  encrypted: Encrypter
}

export interface IdTokenRequest extends ClaimsSubject {
  /** The issuer's URL. */
  issuer: string
  user: UserRecord
  /** When and how the user proved who they are; null when nobody did, as for a token made by hand. */
  authentication: Authentication | null
  nonce: string | null
  /** The session the login belongs to. */
  sid: string | null
  /** What it is given along with; null when it comes without, and then it says of the user itself what userinfo would. */
  accessToken: string | null
  /** The code it comes with from the authorization endpoint (OpenID Connect Core 1.0 3.3.2.11). */
  code?: string
  /** Seconds. */
  lifetime: number
}

/** Authentication context classes: a password alone, and with a second factor. */
export const acrValues = ['1', '2'] as const

/** The classes a login of this kind reaches, the highest first: who showed a second factor knew the password too. */
export const reachedAcr = (amr: readonly string[]): readonly string[] =>
  amr.includes('otp') ? ['2', '1'] : ['1']

/** The class to name: the highest, unless the request insists on one below it (OpenID Connect Core 1.0 5.5.1.1). */
function acrOf(amr: readonly string[], requested: ClaimsRequest | null): string {
  const [highest, ...others] = reachedAcr(amr)
  const required = essentialAcr(requested)
  return [highest!, ...others].find((acr) => required?.includes(acr)) ?? highest!
}

/**
 * OpenID Connect Core 1.0 2, signed, and then encrypted for a client that wants it so (10.2). Profile claims are in it when the client asked for them, or is set to get them, or gets no access
 * token to ask userinfo with (5.4). It is not in the ledger, since it opens nothing and cannot be revoked.
 */
export async function signIdToken(core: Core, request: SignedIdTokenRequest): Promise<string> {
  const { issuerName, client, encrypted } = request
  const signer = await core.keys.responseSigner(issuerName, client.idTokenSignedResponseAlg)
  return encrypted(await signJwt(signer, 'JWT', claimValues(idTokenClaims(core, request, signer.alg))), 'JWT')
}

/** What an ID token signed with `alg` says, and where each claim comes from. */
export function idTokenClaims(core: Core, request: IdTokenRequest, alg: SigningAlg): ClaimAccount {
  const { issuer, client, user, authentication, nonce, sid, accessToken, code, lifetime } = request
  const now = Math.floor(core.clock.now() / 1000)
  const protocol = {
    iss: issuer,
    sub: core.subjects.of(client, user.id),
    aud: client.id,
    azp: client.id,
    iat: now,
    exp: now + lifetime,
    ...(authentication ? { ...authentication, acr: acrOf(authentication.amr, request.requested) } : {}),
    ...(nonce === null ? {} : { nonce }),
    ...(sid === null ? {} : { sid }),
    ...(accessToken === null ? {} : { at_hash: hashClaim(alg, accessToken) }),
    ...(code === undefined ? {} : { c_hash: hashClaim(alg, code) }),
  }
  const sources = claimSources(core, request)
  const alone = accessToken === null && code === undefined
  return claimsOf('id_token', protocol, alone ? { ...sources, idTokenClaims: 'all' } : sources)
}

/** What an ID token says that a client shows again. */
export interface IdTokenHint {
  /** Of the user it is about; a name nobody has when there is no such user any more. */
  userId: string
  clientId: string
  sid: string | null
  claims: DecodedJwt['claims']
}

/**
 * An ID token a client shows again, as id_token_hint. Null when it is none of ours; one that has expired still is. A client that
 * got it encrypted decrypts it first, and may encrypt it for the issuer (OpenID Connect Core 1.0 3.1.2.1).
 */
export async function readIdTokenHint(
  core: Core,
  issuer: string,
  token: string,
): Promise<IdTokenHint | null> {
  const { form, header } = decodeJwt(token)
  const signed = form === 'jwe' ? await openHint(core, issuer, token, header ?? {}) : token
  if (signed === null) return null
  const { signature, decoded } = await readToken(core, issuer, signed, 'access')
  const { sub, aud, exp, sid } = decoded.claims ?? {}
  // A signed answer of userinfo is for the same client, of the same type, and without an end.
  if (signature !== 'valid' || decoded.header?.typ !== 'JWT' || typeof exp !== 'number') return null
  if (typeof sub !== 'string' || typeof aud !== 'string') return null
  const userId = core.subjects.userOf(findClient(core.database.read, aud), sub) ?? sub
  return { userId, clientId: aud, sid: typeof sid === 'string' ? sid : null, claims: decoded.claims }
}

/** Whether a token is encrypted, and so can be read only by whom it is for. */
export const isJwe = (token: string): boolean => decodeJwt(token).form === 'jwe'

/** What was encrypted for a pair of the issuer; null for what was not. */
async function openHint(
  core: Core,
  issuer: string,
  token: string,
  header: JsonObject,
): Promise<string | null> {
  const { alg, enc, zip, crit } = header
  const known = knownEncryptions(core, issuer, null).some((one) => one === alg)
  if (!known || !contentEncryptions.some((one) => one === enc) || zip !== undefined || crit !== undefined)
    return null
  return (await openEncrypted(core, issuer, { token, header, client: null })).text
}
