import { checkEncryptionKey } from '../../../shared/protocol/checks/encryption/check-client-key.ts'
import { checkObjectContentType } from '../../../shared/protocol/checks/request-object/check-object-content-type.ts'
import { checkObjectDecrypted } from '../../../shared/protocol/checks/request-object/check-object-decrypted.ts'
import { checkObjectEncryption } from '../../../shared/protocol/checks/request-object/check-object-encryption.ts'
import { checkObjectEncryptionRegistered } from '../../../shared/protocol/checks/request-object/check-object-encryption-registered.ts'
import { checkObjectSignedInside } from '../../../shared/protocol/checks/request-object/check-object-signed-inside.ts'
import type { EncryptedObjectFacts } from '../../../shared/protocol/checks/request-object/index.ts'
import { checkReferenceFetched } from '../../../shared/protocol/checks/request-uri/check-reference-fetched.ts'
import { checkReferenceHash } from '../../../shared/protocol/checks/request-uri/check-reference-hash.ts'
import { checkReferenceJwt } from '../../../shared/protocol/checks/request-uri/check-reference-jwt.ts'
import { checkReferenceMediaType } from '../../../shared/protocol/checks/request-uri/check-reference-media-type.ts'
import { checkReferenceRegistered } from '../../../shared/protocol/checks/request-uri/check-reference-registered.ts'
import type { FetchedFacts } from '../../../shared/protocol/checks/request-uri/index.ts'
import { type CheckCase, invalidRequest, of } from './case.ts'

const invalidObject = { error: 'invalid_request_object' } as const
const invalidUri = { error: 'invalid_request_uri' } as const

const object: EncryptedObjectFacts = {
  header: { alg: 'RSA-OAEP-256', enc: 'A128GCM', cty: 'JWT' },
  algorithms: ['RSA-OAEP', 'RSA-OAEP-256'],
  registered: { alg: null, enc: null },
  problem: null,
  key: 'key "k1"',
  inside: 'jws',
}
const headed = (header: object): EncryptedObjectFacts => ({
  ...object,
  header: { ...object.header, ...header },
})
const registered = { alg: 'RSA-OAEP-256', enc: null }

const URI = 'https://app.example/request.jwt'
const fetched: FetchedFacts = {
  requestUri: URI,
  problem: null,
  mediaType: 'application/oauth-authz-req+jwt',
  isJwt: true,
  // OpenID Connect Core 1.0 6.2.1
  hash: 'GkurKxf5T0Y-mnPFCHqWOMiZi4VS138cQO_V7PZHAdM',
}

/** Answers that are encrypted, requests that are, and requests that are somewhere else. */
export const encryptionCases: CheckCase[] = [
  of(
    checkEncryptionKey,
    [{ answer: 'ID token', alg: 'ECDH-ES', problem: null, key: 'key "e1"' }],
    [
      [
        { answer: 'ID token', alg: 'ECDH-ES', problem: 'none is for ECDH-ES', key: '' },
        {
          ...invalidRequest,
          description: 'There is no key of the client to encrypt the ID token with',
          observed: 'none is for ECDH-ES',
          expected: 'a key for ECDH-ES, as the client registered it',
        },
      ],
    ],
  ),
  of(
    checkObjectEncryption,
    [object],
    [
      [headed({ alg: 'RSA1_5' }), { ...invalidObject, observed: 'alg "RSA1_5", enc "A128GCM"' }],
      [headed({ enc: 'A128CTR' }), { ...invalidObject, observed: 'alg "RSA-OAEP-256", enc "A128CTR"' }],
      [
        headed({ zip: 'DEF' }),
        { ...invalidObject, observed: 'alg "RSA-OAEP-256", enc "A128GCM", zip "DEF"' },
      ],
      [headed({ crit: ['exp'] }), invalidObject],
      [{ ...object, algorithms: [] }, invalidObject],
    ],
  ),
  of(
    checkObjectEncryptionRegistered,
    [
      object,
      { header: null, registered: { alg: null, enc: null } },
      { ...headed({ enc: 'A128CBC-HS256' }), registered },
      { ...object, registered: { ...registered, enc: 'A128GCM' } },
    ],
    [
      [
        { ...object, registered },
        {
          ...invalidObject,
          observed: 'alg "RSA-OAEP-256", enc "A128GCM"',
          expected: 'alg RSA-OAEP-256, enc A128CBC-HS256',
        },
      ],
      [{ ...object, registered: { alg: 'dir', enc: 'A128GCM' } }, invalidObject],
      [
        { header: null, registered },
        { ...invalidObject, observed: 'not encrypted' },
      ],
    ],
  ),
  of(
    checkObjectContentType,
    [object, headed({ cty: 'jwt' }), headed({ cty: 'application/oauth-authz-req+jwt' })],
    [
      [headed({ cty: undefined }), { ...invalidObject, observed: 'cty left out' }],
      [headed({ cty: 'at+jwt' }), invalidObject],
      [headed({ cty: 7 }), invalidObject],
    ],
  ),
  of(
    checkObjectDecrypted,
    [object],
    [
      [
        { ...object, problem: 'does not open' },
        { ...invalidObject, observed: 'does not open' },
      ],
    ],
  ),
  of(
    checkObjectSignedInside,
    [object],
    [
      [
        { ...object, inside: 'json' },
        { ...invalidObject, observed: 'parameters that nobody signed' },
      ],
      [
        { ...object, inside: 'jwe' },
        { ...invalidObject, observed: 'another JWE' },
      ],
      [{ ...object, inside: 'other' }, invalidObject],
    ],
  ),
  of(
    checkReferenceRegistered,
    [
      { requestUri: URI, registered: [URI] },
      { requestUri: `${URI}#v2`, registered: ['https://app.example/', `${URI}#v1`] },
    ],
    [
      [
        { requestUri: URI, registered: [] },
        {
          ...invalidUri,
          observed: URI,
          expected: 'the request_uri of a pushed request: the client registered no request_uris',
        },
      ],
      [{ requestUri: `${URI}?x`, registered: [URI] }, invalidUri],
      [{ requestUri: 'https://app.example/', registered: [URI] }, invalidUri],
    ],
  ),
  of(checkReferenceFetched, [fetched], [[{ ...fetched, problem: 'answers 404' }, invalidUri]]),
  of(
    checkReferenceMediaType,
    [fetched, { ...fetched, mediaType: 'application/jwt' }],
    [
      [
        { ...fetched, mediaType: 'text/plain' },
        { ...invalidUri, observed: 'Content-Type text/plain' },
      ],
      [
        { ...fetched, mediaType: '' },
        { ...invalidUri, observed: 'no Content-Type' },
      ],
    ],
  ),
  of(
    checkReferenceHash,
    [fetched, { ...fetched, requestUri: `${URI}#${fetched.hash}` }],
    [
      [
        { ...fetched, requestUri: `${URI}#v1` },
        { ...invalidUri, observed: '#v1' },
      ],
      [{ ...fetched, requestUri: `${URI}#` }, invalidUri],
    ],
  ),
  of(checkReferenceJwt, [fetched], [[{ ...fetched, isJwt: false }, invalidUri]]),
]
