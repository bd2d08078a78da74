import { expect } from 'vitest'
import { type Answer, bearer, type Fields, type Issuer, type Json } from './issuer.ts'

export interface ClientInformation extends Json {
  client_id: string
  client_secret?: string
  registration_access_token: string
  registration_client_uri: string
}

const JSON_TYPE = { 'content-type': 'application/json' }

/** POST /register */
export const postMetadata = (issuer: Issuer, metadata: unknown, headers: Fields = {}): Promise<Answer> =>
  issuer.postJson('/register', metadata, headers)

/** A client that registered itself; fails the test when it was refused. */
export async function register(
  issuer: Issuer,
  metadata: Json,
  headers: Fields = {},
): Promise<ClientInformation> {
  const answer = await postMetadata(issuer, metadata, headers)
  expect(answer.status, answer.text).toBe(201)
  return answer.body as ClientInformation
}

/** A request to the client configuration endpoint (RFC 7592 2), with the client's own token unless another is given. */
export const manage = (
  issuer: Issuer,
  method: 'GET' | 'PUT' | 'DELETE',
  client: Pick<ClientInformation, 'registration_client_uri' | 'registration_access_token'>,
  metadata?: unknown,
): Promise<Answer> =>
  issuer.send(client.registration_client_uri, {
    method,
    headers: { ...bearer(client.registration_access_token), ...(metadata === undefined ? {} : JSON_TYPE) },
    ...(metadata === undefined ? {} : { body: JSON.stringify(metadata) }),
  })
