import { checkObjectAlgorithm } from '../../../shared/protocol/checks/request-object/check-object-algorithm.ts'
import { checkObjectAlgorithmRegistered } from '../../../shared/protocol/checks/request-object/check-object-algorithm-registered.ts'
import { checkObjectAlone } from '../../../shared/protocol/checks/request-object/check-object-alone.ts'
import { checkObjectAudience } from '../../../shared/protocol/checks/request-object/check-object-audience.ts'
import { checkObjectAudienceNamed } from '../../../shared/protocol/checks/request-object/check-object-audience-named.ts'
import { checkObjectClient } from '../../../shared/protocol/checks/request-object/check-object-client.ts'
import { checkObjectComplete } from '../../../shared/protocol/checks/request-object/check-object-complete.ts'
import { checkObjectExpiresSoon } from '../../../shared/protocol/checks/request-object/check-object-expires-soon.ts'
import { checkObjectExpiryPresent } from '../../../shared/protocol/checks/request-object/check-object-expiry-present.ts'
import { checkObjectIssuedAt } from '../../../shared/protocol/checks/request-object/check-object-issued-at.ts'
import { checkObjectIssuer } from '../../../shared/protocol/checks/request-object/check-object-issuer.ts'
import { checkObjectIssuerNamed } from '../../../shared/protocol/checks/request-object/check-object-issuer-named.ts'
import { checkObjectKeys } from '../../../shared/protocol/checks/request-object/check-object-keys.ts'
import { checkObjectNotAssertion } from '../../../shared/protocol/checks/request-object/check-object-not-assertion.ts'
import { checkObjectNotBefore } from '../../../shared/protocol/checks/request-object/check-object-not-before.ts'
import { checkObjectNotExpired } from '../../../shared/protocol/checks/request-object/check-object-not-expired.ts'
import { checkObjectNotNested } from '../../../shared/protocol/checks/request-object/check-object-not-nested.ts'
import { checkObjectParameters } from '../../../shared/protocol/checks/request-object/check-object-parameters.ts'
import { checkObjectReadable } from '../../../shared/protocol/checks/request-object/check-object-readable.ts'
import { checkObjectRequired } from '../../../shared/protocol/checks/request-object/check-object-required.ts'
import { checkObjectSameBeside } from '../../../shared/protocol/checks/request-object/check-object-same-beside.ts'
import { checkObjectSecretLength } from '../../../shared/protocol/checks/request-object/check-object-secret-length.ts'
import { checkObjectSignature } from '../../../shared/protocol/checks/request-object/check-object-signature.ts'
import { checkObjectSigned } from '../../../shared/protocol/checks/request-object/check-object-signed.ts'
import { checkObjectSize } from '../../../shared/protocol/checks/request-object/check-object-size.ts'
import { checkObjectType } from '../../../shared/protocol/checks/request-object/check-object-type.ts'
import { checkObjectTyped } from '../../../shared/protocol/checks/request-object/check-object-typed.ts'
import { checkObjectUnused } from '../../../shared/protocol/checks/request-object/check-object-unused.ts'
import type { RequestObjectFacts } from '../../../shared/protocol/checks/request-object/index.ts'
import { MAX_REQUEST_OBJECT } from '../../../shared/protocol/request-object.ts'
import { type CheckCase, invalidRequest, NOW, of } from './case.ts'

const ISSUER = 'https://issuer.test'
const seconds = (offset: number) => NOW / 1000 + offset

const facts: RequestObjectFacts = {
  problem: null,
  header: { alg: 'ES256', typ: 'oauth-authz-req+jwt' },
  claims: { iss: 'app', aud: ISSUER, client_id: 'app', response_type: 'code', jti: 'j1', exp: seconds(60) },
  clientId: 'app',
  registeredAlgorithm: null,
  keysProblem: null,
  algorithms: ['ES256'],
  secretBytes: null,
  signature: 'valid',
  reason: 'signed with key "k1"',
  audiences: [ISSUER],
  now: NOW,
  usedAt: null,
  parameterProblem: null,
  beside: [],
  responseTypeBeside: undefined,
}
const headed = (header: object): RequestObjectFacts => ({ ...facts, header: { ...facts.header, ...header } })
const claiming = (claims: object): RequestObjectFacts => ({
  ...facts,
  claims: { ...facts.claims, ...claims },
})
const untyped = { ...facts, header: { alg: 'ES256' } }
const bare = { ...facts, claims: {} }
const form = { request: 'a.b.c', problem: null }
const invalidObject = { error: 'invalid_request_object' } as const

/** Authorization requests that come as a signed JWT (RFC 9101). */
export const requestObjectCases: CheckCase[] = [
  of(
    checkObjectAlone,
    [
      { request: 'x', requestUri: undefined },
      { request: undefined, requestUri: 'urn:x' },
    ],
    [[{ request: 'x', requestUri: 'urn:x' }, invalidRequest]],
  ),
  of(
    checkObjectRequired,
    [
      { required: false, algorithm: null },
      { required: false, algorithm: 'none' },
      { required: true, algorithm: 'ES256' },
    ],
    [
      [
        { required: true, algorithm: null },
        { ...invalidRequest, observed: 'plain parameters' },
      ],
      [
        { required: true, algorithm: 'none' },
        { ...invalidRequest, observed: 'a request object that nobody signed' },
      ],
    ],
  ),
  of(
    checkObjectSize,
    [form, { ...form, request: 'x'.repeat(MAX_REQUEST_OBJECT) }],
    [[{ ...form, request: 'x'.repeat(MAX_REQUEST_OBJECT + 1) }, invalidObject]],
  ),
  of(checkObjectReadable, [form], [[{ ...form, problem: 'no JWT' }, invalidObject]]),
  of(
    checkObjectType,
    [facts, untyped, headed({ typ: 'JWT' }), headed({ typ: 'application/oauth-authz-req+jwt' })],
    [
      [headed({ typ: 'at+jwt' }), { ...invalidObject, observed: 'typ "at+jwt"' }],
      [headed({ typ: 7 }), invalidObject],
    ],
  ),
  of(
    checkObjectTyped,
    [facts, headed({ typ: 'application/OAuth-Authz-Req+JWT' })],
    [
      [untyped, { ...invalidObject, observed: 'typ left out' }],
      [headed({ typ: 'JWT' }), invalidObject],
    ],
  ),
  of(
    checkObjectAlgorithmRegistered,
    [facts, { ...facts, registeredAlgorithm: 'ES256' }],
    [
      [
        { ...facts, registeredAlgorithm: 'RS256' },
        { ...invalidObject, observed: 'alg "ES256"', expected: 'RS256' },
      ],
      [{ ...headed({ alg: 'none' }), registeredAlgorithm: 'RS256' }, invalidObject],
    ],
  ),
  of(checkObjectSigned, [facts], [[headed({ alg: 'none' }), invalidObject]]),
  of(checkObjectKeys, [facts], [[{ ...facts, keysProblem: 'no keys' }, invalidObject]]),
  of(
    checkObjectAlgorithm,
    [facts],
    [
      [
        headed({ alg: 'none' }),
        {
          ...invalidObject,
          description: 'The request object is signed with an algorithm the client has no key for',
        },
      ],
    ],
  ),
  of(
    checkObjectSignature,
    [facts],
    [[{ ...facts, signature: 'invalid', reason: 'does not match key "k1"' }, invalidObject]],
  ),
  of(
    checkObjectSecretLength,
    [facts, { ...headed({ alg: 'HS256' }), secretBytes: 32 }],
    [
      [
        { ...headed({ alg: 'HS256' }), secretBytes: 31 },
        { ...invalidObject, observed: '31 bytes' },
      ],
    ],
  ),
  of(checkObjectIssuerNamed, [facts], [[bare, { ...invalidObject, observed: 'no iss' }]]),
  of(
    checkObjectIssuer,
    [facts, bare],
    [[claiming({ iss: 'other' }), { ...invalidObject, observed: 'iss "other"', expected: 'iss "app"' }]],
  ),
  of(checkObjectAudienceNamed, [facts], [[bare, { ...invalidObject, observed: 'no aud' }]]),
  of(
    checkObjectAudience,
    [facts, bare, claiming({ aud: ['https://other.test', ISSUER] })],
    [
      [claiming({ aud: `${ISSUER}/` }), invalidObject],
      [claiming({ aud: [] }), invalidObject],
      [claiming({ aud: 7 }), { ...invalidObject, expected: ISSUER }],
    ],
  ),
  of(
    checkObjectNotExpired,
    [facts, bare, claiming({ exp: seconds(-59) })],
    [
      [claiming({ exp: seconds(-60) }), invalidObject],
      [claiming({ exp: 'soon' }), invalidObject],
    ],
  ),
  of(
    checkObjectExpiryPresent,
    [claiming({ exp: seconds(60) })],
    [
      [claiming({ exp: undefined }), { ...invalidObject, description: 'The request object has no exp' }],
      [claiming({ exp: 'soon' }), invalidObject],
    ],
  ),
  of(
    checkObjectExpiresSoon,
    [bare, claiming({ exp: seconds(3660) })],
    [[claiming({ exp: seconds(3661) }), invalidObject]],
  ),
  of(
    checkObjectNotBefore,
    [facts, claiming({ nbf: seconds(60) })],
    [[claiming({ nbf: seconds(61) }), invalidObject]],
  ),
  of(
    checkObjectIssuedAt,
    [facts, claiming({ iat: seconds(60) })],
    [[claiming({ iat: seconds(61) }), invalidObject]],
  ),
  of(
    checkObjectClient,
    [facts, bare],
    [[claiming({ client_id: 'other' }), { ...invalidObject, expected: 'client_id "app"' }]],
  ),
  of(
    checkObjectNotAssertion,
    [facts, claiming({ sub: 'alice' })],
    [[claiming({ sub: 'app' }), invalidObject]],
  ),
  of(
    checkObjectNotNested,
    [facts],
    [
      [claiming({ request: 'a.b.c' }), { ...invalidObject, observed: 'request' }],
      [claiming({ request_uri: 'urn:x' }), { ...invalidObject, observed: 'request_uri' }],
    ],
  ),
  of(checkObjectParameters, [facts], [[{ ...facts, parameterProblem: 'a NUL' }, invalidObject]]),
  of(
    checkObjectSameBeside,
    [facts, bare, { ...facts, responseTypeBeside: 'code' }],
    [
      [
        { ...facts, responseTypeBeside: 'token' },
        { ...invalidObject, observed: 'token outside, "code" inside' },
      ],
    ],
  ),
  of(
    checkObjectComplete,
    [facts],
    [
      [
        { ...facts, beside: ['scope', 'state'] },
        { ...invalidObject, observed: 'scope, state' },
      ],
    ],
  ),
  of(checkObjectUnused, [facts], [[{ ...facts, usedAt: NOW - 1 }, invalidObject]]),
]
