import { type Check, pass } from '../../check.ts'
import { invalidMetadata, type MetadataFacts } from './facts.ts'

export const checkRequestObjectSigned: Check<MetadataFacts> = {
  id: 'registration.request-object-signed',
  title: 'A client that always signs its request objects does not register alg none for them',
  spec: 'RFC 9101 10.5',
  run: ({ requireSignedRequestObject, requestObjectSigningAlg }) =>
    requireSignedRequestObject && requestObjectSigningAlg === 'none'
      ? {
          ...invalidMetadata,
          description: 'require_signed_request_object forbids request_object_signing_alg none',
          observed: 'request_object_signing_alg none',
          expected: 'an algorithm that signs',
        }
      : pass(),
}
