import { checkAssertionAlgorithm } from '../../../shared/protocol/checks/assertion/check-assertion-algorithm.ts'
import { checkAssertionAudience } from '../../../shared/protocol/checks/assertion/check-assertion-audience.ts'
import { checkAssertionExpiresSoon } from '../../../shared/protocol/checks/assertion/check-assertion-expires-soon.ts'
import { checkAssertionExpiryPresent } from '../../../shared/protocol/checks/assertion/check-assertion-expiry-present.ts'
import { checkAssertionIssuedAt } from '../../../shared/protocol/checks/assertion/check-assertion-issued-at.ts'
import { checkAssertionIssuer } from '../../../shared/protocol/checks/assertion/check-assertion-issuer.ts'
import { checkAssertionJtiPresent } from '../../../shared/protocol/checks/assertion/check-assertion-jti-present.ts'
import { checkAssertionKeys } from '../../../shared/protocol/checks/assertion/check-assertion-keys.ts'
import { checkAssertionMediaType } from '../../../shared/protocol/checks/assertion/check-assertion-media-type.ts'
import { checkAssertionNotBefore } from '../../../shared/protocol/checks/assertion/check-assertion-not-before.ts'
import { checkAssertionNotExpired } from '../../../shared/protocol/checks/assertion/check-assertion-not-expired.ts'
import { checkAssertionReadable } from '../../../shared/protocol/checks/assertion/check-assertion-readable.ts'
import { checkAssertionSecretLength } from '../../../shared/protocol/checks/assertion/check-assertion-secret-length.ts'
import { checkAssertionSignature } from '../../../shared/protocol/checks/assertion/check-assertion-signature.ts'
import { checkAssertionSubject } from '../../../shared/protocol/checks/assertion/check-assertion-subject.ts'
import { checkAssertionUnused } from '../../../shared/protocol/checks/assertion/check-assertion-unused.ts'
import type { AssertionFacts } from '../../../shared/protocol/checks/assertion/facts.ts'
import { checkAssertionAlgorithmRegistered } from '../../../shared/protocol/checks/client/check-assertion-algorithm-registered.ts'
import { checkAssertionPair } from '../../../shared/protocol/checks/client/check-assertion-pair.ts'
import { checkAssertionType } from '../../../shared/protocol/checks/client/check-assertion-type.ts'
import { clientRefusal, JWT_BEARER } from '../../../shared/protocol/checks/client/facts.ts'
import { type CheckCase, invalidClient, invalidGrant, invalidRequest, NOW, of } from './case.ts'

const now = NOW / 1000
const claims = { iss: 'web', sub: 'web', aud: 'https://issuer.test', exp: now + 60, jti: 'a' }
const assertion: AssertionFacts = {
  problem: null,
  header: { alg: 'ES256', kid: 'k1' },
  claims,
  clientId: 'web',
  keysProblem: null,
  algorithms: ['ES256'],
  secretBytes: null,
  signature: 'valid',
  reason: 'signed with key "k1"',
  audiences: ['https://issuer.test', 'https://issuer.test/token'],
  now: NOW,
  usedAt: null,
}
const withClaims = (changes: object): AssertionFacts => ({ ...assertion, claims: { ...claims, ...changes } })
const withHeader = (header: AssertionFacts['header']): AssertionFacts => ({ ...assertion, header })
const AHEAD =
  "The client's clock looks 61 s ahead of the issuer's; 60 s are tolerated. Set the clocks to the same time. A NumericDate is in seconds, not milliseconds."
const asGrant = { error: 'invalid_grant' } as const

export const assertionCases: CheckCase[] = [
  of(
    checkAssertionAlgorithmRegistered,
    [
      { alg: 'ES256', registered: 'ES256' },
      { alg: 'HS512', registered: null },
    ],
    [
      [
        { alg: 'HS256', registered: 'HS512' },
        { ...invalidClient, expected: 'alg HS512' },
      ],
    ],
  ),
  of(
    checkAssertionPair,
    [
      { hasAssertion: false, assertionType: null },
      { hasAssertion: true, assertionType: JWT_BEARER },
    ],
    [
      [
        { hasAssertion: true, assertionType: null },
        { ...invalidRequest, observed: 'client_assertion alone' },
      ],
      [
        { hasAssertion: false, assertionType: JWT_BEARER },
        { ...invalidRequest, description: 'Parameter client_assertion is missing' },
      ],
    ],
  ),
  of(
    checkAssertionType,
    [{ hasAssertion: true, assertionType: JWT_BEARER }],
    [
      [
        { hasAssertion: true, assertionType: 'urn:x' },
        { ...invalidClient, observed: 'urn:x' },
      ],
    ],
  ),
  of(
    checkAssertionReadable(clientRefusal),
    [assertion],
    [[{ problem: 'This is not a JWT.' }, { ...invalidClient, observed: 'This is not a JWT.' }]],
  ),
  of(
    checkAssertionSubject(asGrant),
    [assertion],
    [
      [withClaims({ sub: undefined }), { ...invalidGrant, observed: 'sub left out' }],
      [withClaims({ sub: '' }), { ...invalidGrant, observed: 'sub ""' }],
      [withClaims({ sub: ['web'] }), invalidGrant],
    ],
  ),
  of(
    checkAssertionIssuer(clientRefusal),
    [assertion],
    [
      [withClaims({ iss: 'spa' }), { ...invalidClient, observed: 'iss "spa"', expected: 'iss "web"' }],
      [withClaims({ iss: undefined }), invalidClient],
    ],
  ),
  of(
    checkAssertionMediaType(clientRefusal),
    [
      assertion,
      { ...assertion, header: { ...assertion.header, typ: 'JWT' } },
      { ...assertion, header: { ...assertion.header, typ: 'application/Client-Authentication+JWT' } },
    ],
    [
      [
        { ...assertion, header: { ...assertion.header, typ: 'oauth-authz-req+jwt' } },
        { ...invalidClient, observed: 'typ "oauth-authz-req+jwt"' },
      ],
      [{ ...assertion, header: { ...assertion.header, typ: 7 } }, invalidClient],
    ],
  ),
  of(
    checkAssertionKeys(asGrant),
    [assertion],
    [
      [
        { ...assertion, keysProblem: 'it has none' },
        { ...invalidGrant, observed: 'it has none' },
      ],
    ],
  ),
  of(
    checkAssertionAlgorithm(clientRefusal),
    [assertion, { ...withHeader({ alg: 'HS512' }), algorithms: ['HS256', 'HS512'] }],
    [
      [withHeader({ alg: 'none' }), { ...invalidClient, observed: 'alg "none"', expected: 'ES256' }],
      [withHeader({ alg: 'HS256' }), invalidClient],
      [withHeader({ alg: 'es256' }), invalidClient],
      [withHeader({}), { ...invalidClient, observed: 'alg left out' }],
    ],
  ),
  of(
    checkAssertionSignature(clientRefusal),
    [assertion],
    [
      [
        { ...assertion, signature: 'invalid', reason: 'no match' },
        { ...invalidClient, observed: 'no match' },
      ],
      [
        { ...assertion, signature: 'unknown_key', reason: 'no kid' },
        { ...invalidClient, observed: 'no kid' },
      ],
    ],
  ),
  of(
    checkAssertionSecretLength(clientRefusal),
    [
      assertion,
      { ...withHeader({ alg: 'HS256' }), secretBytes: 32 },
      { ...withHeader({ alg: 'HS512' }), secretBytes: 64 },
    ],
    [
      [
        { ...withHeader({ alg: 'HS256' }), secretBytes: 31 },
        { ...invalidClient, observed: '31 bytes' },
      ],
      [
        { ...withHeader({ alg: 'HS384' }), secretBytes: 32 },
        { ...invalidClient, expected: '48 bytes at least' },
      ],
    ],
  ),
  of(
    checkAssertionAudience(clientRefusal),
    [assertion, withClaims({ aud: ['https://x.test', 'https://issuer.test/token'] })],
    [
      [
        withClaims({ aud: 'https://issuer.test/' }),
        { ...invalidClient, observed: 'aud "https://issuer.test/"' },
      ],
      [withClaims({ aud: [] }), invalidClient],
      [withClaims({ aud: undefined }), { ...invalidClient, observed: 'aud left out' }],
    ],
  ),
  of(
    checkAssertionExpiryPresent(clientRefusal),
    [assertion],
    [
      [withClaims({ exp: undefined }), { ...invalidClient, observed: 'exp left out' }],
      [withClaims({ exp: '1' }), invalidClient],
    ],
  ),
  of(
    checkAssertionNotExpired(clientRefusal),
    [assertion, withClaims({ exp: now - 59 })],
    [
      [
        withClaims({ exp: now - 60 }),
        {
          ...invalidClient,
          observed: "expired 2031-04-06T11:59:00.000Z; the issuer's clock says 2031-04-06T12:00:00.000Z",
        },
      ],
    ],
  ),
  of(
    checkAssertionExpiresSoon(clientRefusal),
    [assertion, withClaims({ exp: now + 3660 })],
    [[withClaims({ exp: now + 3661 }), { ...invalidClient, expected: 'an exp at most 60 minutes ahead' }]],
  ),
  of(
    checkAssertionNotBefore(clientRefusal),
    [assertion, withClaims({ nbf: now + 60 })],
    [
      [withClaims({ nbf: now + 61 }), { ...invalidClient, hint: AHEAD }],
      [withClaims({ nbf: null }), { ...invalidClient, observed: 'nbf null' }],
    ],
  ),
  of(
    checkAssertionIssuedAt(clientRefusal),
    [assertion, withClaims({ iat: now + 60 })],
    [
      [withClaims({ iat: now + 61 }), { ...invalidClient, hint: AHEAD }],
      [withClaims({ iat: '1' }), { ...invalidClient, observed: 'iat "1"' }],
    ],
  ),
  of(
    checkAssertionJtiPresent(clientRefusal),
    [assertion],
    [
      [withClaims({ jti: undefined }), { ...invalidClient, observed: 'jti left out' }],
      [withClaims({ jti: 5 }), invalidClient],
    ],
  ),
  of(
    checkAssertionUnused(clientRefusal),
    [assertion],
    [
      [
        { ...assertion, usedAt: NOW },
        { ...invalidClient, observed: 'jti "a" was used 2031-04-06T12:00:00.000Z' },
      ],
    ],
  ),
]
