import {
  checkObjectEncryptionRegistered,
  type EncryptedObjectFacts,
  objectDecryptionChecks,
  objectEncryptionChecks,
} from '../../../../shared/protocol/checks/request-object/index.ts'
import { parseObject } from '../../../../shared/protocol/jose.ts'
import { decodeJwt } from '../../../../shared/protocol/jwt.ts'
import type { ClientRecord } from '../../store/clients.ts'
import { knownEncryptions, openEncrypted } from '../../tokens/open-encrypted.ts'
import { check, type RequestContext } from '../context.ts'

/**
 * The signed JWT inside an encrypted request object (RFC 9101 6.1, OpenID Connect Core 1.0 6.1). One that is not encrypted is
 * returned as it is, whatever it is.
 *
 * @throws OAuthError invalid_request_object
 */
export async function signedInside(
  context: RequestContext,
  client: ClientRecord,
  request: string,
): Promise<string> {
  const { core, issuerName } = context
  const decoded = decodeJwt(request)
  const registered = { alg: client.requestObjectEncryptionAlg, enc: client.requestObjectEncryptionEnc }
  if (decoded.form !== 'jwe') {
    check(context, [checkObjectEncryptionRegistered], { header: null, registered })
    return request
  }
  const header = decoded.header ?? {}
  const algorithms = knownEncryptions(core, issuerName, client)
  const facts: EncryptedObjectFacts = { header, algorithms, registered, problem: null, key: '', inside: null }
  check(context, objectEncryptionChecks, facts)
  const { text, key, problem } = await openEncrypted(core, issuerName, { token: request, header, client })
  check(context, objectDecryptionChecks, { ...facts, problem, key, inside: formOf(text ?? '') })
  return text!
}

function formOf(text: string): EncryptedObjectFacts['inside'] {
  if (parseObject(text)) return 'json'
  const { form } = decodeJwt(text)
  return form === 'jws' || form === 'jwe' ? form : 'other'
}
