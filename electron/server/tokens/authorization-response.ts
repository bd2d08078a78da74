import type { ResponseSigningAlg } from '../../../shared/contract/operations/client-options.ts'
import type { Core } from '../core.ts'
import { signJwt } from './sign.ts'

/** Seconds in which an answer has to reach its client; JARM 2.1 recommends ten minutes at most. */
const LIFETIME = 600

/** Of its own, so that no answer passes for an ID token (RFC 8725 3.11). */
const TYPE = 'oauth-authz-resp+jwt'

/** The parameters of an authorization response as a JWT (JARM 2.1). */
export async function signAuthorizationResponse(
  core: Core,
  {
    issuer,
    issuerName,
    clientId,
    alg,
    parameters,
  }: {
    issuer: string
    issuerName: string
    clientId: string
    /** Null means whatever the issuer signs with. */
    alg: ResponseSigningAlg | null
    parameters: Record<string, string>
  },
): Promise<string> {
  const signer = await core.keys.responseSigner(issuerName, alg)
  const exp = Math.floor(core.clock.now() / 1000) + LIFETIME
  return signJwt(signer, TYPE, { ...parameters, iss: issuer, aud: clientId, exp })
}
