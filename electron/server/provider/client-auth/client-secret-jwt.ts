import { compactVerify } from 'jose'
import { secretAlgorithms } from '../../../../shared/protocol/jwk.ts'
import type { ClientRecord } from '../../store/clients.ts'
import type { SignatureFacts } from './signature-facts.ts'

/** A JWT signed with the client's secret, whose bytes are those of its UTF-8 text (OpenID Connect Core 1.0 9, 10.1). */
export async function verifyWithSecret({ secret }: ClientRecord, token: string): Promise<SignatureFacts> {
  if (secret === null) {
    return {
      keysProblem: 'the client has no secret',
      algorithms: [],
      secretBytes: null,
      signature: 'unknown_key',
      reason: 'the client has no secret',
    }
  }
  const key = new TextEncoder().encode(secret)
  const matches = await compactVerify(token, key, { algorithms: [...secretAlgorithms] }).then(
    () => true,
    () => false,
  )
  return {
    keysProblem: null,
    algorithms: secretAlgorithms,
    secretBytes: key.length,
    signature: matches ? 'valid' : 'invalid',
    reason: matches ? 'signed with the client secret' : 'the client secret gives another signature',
  }
}
