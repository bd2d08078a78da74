import { type Check, pass } from '../../check.ts'
import { invalidMetadata, type MetadataFacts } from './facts.ts'

export const checkKeysPresent: Check<MetadataFacts> = {
  id: 'registration.keys-present',
  title: 'A client that authenticates with a key pair says where its public keys are',
  spec: 'RFC 7591 2, OpenID Connect Core 9',
  run: ({ authMethod, hasJwks, jwksUri }) =>
    authMethod !== 'private_key_jwt' || hasJwks || jwksUri !== null
      ? pass(authMethod)
      : {
          ...invalidMetadata,
          description: 'private_key_jwt needs jwks_uri or jwks',
          observed: 'token_endpoint_auth_method private_key_jwt without keys',
          expected: 'jwks_uri, or jwks',
        },
}
