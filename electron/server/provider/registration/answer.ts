import type { RequestContext } from '../context.ts'
import { json, NO_STORE, type Reply } from '../reply.ts'
import { writeMetadata } from './metadata.ts'
import type { Managed } from './token.ts'

/** Client information (RFC 7591 3.2.1, RFC 7592 3): everything the issuer holds the client to, and how to manage it. */
export function clientInformation(
  { issuer }: RequestContext,
  { client, registration, token }: Managed,
  status = 200,
): Reply {
  const secret = client.secret === null ? {} : { client_secret: client.secret, client_secret_expires_at: 0 }
  const body = {
    client_id: client.id,
    client_id_issued_at: Math.floor(registration.registeredAt / 1000),
    ...secret,
    registration_access_token: token,
    registration_client_uri: `${issuer}/register/${encodeURIComponent(client.id)}`,
    ...writeMetadata(client),
  }
  return json(body, { status, headers: [...NO_STORE] })
}
