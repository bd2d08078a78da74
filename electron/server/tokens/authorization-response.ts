import type { Core } from '../core.ts'
import { findClient } from '../store/clients.ts'
import { type EncryptionTrail, encrypterFor } from './encrypt-for.ts'
import { signJwt } from './sign.ts'

/** Seconds in which an answer has to reach its client; JARM 2.1 recommends ten minutes at most. */
const LIFETIME = 600

/** Of its own, so that no answer passes for an ID token (RFC 8725 3.11). */
const TYPE = 'oauth-authz-resp+jwt'

/** Makes a JWT of the parameters of an authorization response. */
export type ResponseSigner = (parameters: Record<string, string>) => Promise<string>

/**
 * The parameters of an authorization response as a JWT (JARM 2.1), encrypted for a client that wants it so (2.2).
 *
 * @throws OAuthError invalid_request when there is no key to encrypt it with
 */
export async function responseSigner(
  core: Core,
  {
    issuer,
    issuerName,
    clientId,
    trail,
  }: {
    issuer: string
    issuerName: string
    clientId: string
    trail: EncryptionTrail
  },
): Promise<ResponseSigner> {
  // A client that was removed meanwhile can still be told so.
  const client = findClient(core.database.read, clientId)
  const encrypted = await encrypterFor(core, client, 'authorization', trail)
  return async (parameters) => {
    const signer = await core.keys.responseSigner(issuerName, client?.authorizationSignedResponseAlg)
    const exp = Math.floor(core.clock.now() / 1000) + LIFETIME
    return encrypted(await signJwt(signer, TYPE, { ...parameters, iss: issuer, aud: clientId, exp }), 'JWT')
  }
}
