import { checkKeyOfCode } from '../../../shared/protocol/checks/dpop/check-key-of-code.ts'
import { checkKeyOfRefreshToken } from '../../../shared/protocol/checks/dpop/check-key-of-refresh-token.ts'
import { checkKeyOfToken } from '../../../shared/protocol/checks/dpop/check-key-of-token.ts'
import { checkOneProof } from '../../../shared/protocol/checks/dpop/check-one-proof.ts'
import { checkProofAlgorithm } from '../../../shared/protocol/checks/dpop/check-proof-algorithm.ts'
import { checkProofClaims } from '../../../shared/protocol/checks/dpop/check-proof-claims.ts'
import { checkProofFresh } from '../../../shared/protocol/checks/dpop/check-proof-fresh.ts'
import { checkProofKey } from '../../../shared/protocol/checks/dpop/check-proof-key.ts'
import { checkProofKeyPublic } from '../../../shared/protocol/checks/dpop/check-proof-key-public.ts'
import { checkProofMethod } from '../../../shared/protocol/checks/dpop/check-proof-method.ts'
import { checkProofNonce } from '../../../shared/protocol/checks/dpop/check-proof-nonce.ts'
import { checkProofPresent } from '../../../shared/protocol/checks/dpop/check-proof-present.ts'
import { checkProofReadable } from '../../../shared/protocol/checks/dpop/check-proof-readable.ts'
import { checkProofSignature } from '../../../shared/protocol/checks/dpop/check-proof-signature.ts'
import { checkProofTarget } from '../../../shared/protocol/checks/dpop/check-proof-target.ts'
import { checkProofTokenHash } from '../../../shared/protocol/checks/dpop/check-proof-token-hash.ts'
import { checkProofType } from '../../../shared/protocol/checks/dpop/check-proof-type.ts'
import { checkProofUnused } from '../../../shared/protocol/checks/dpop/check-proof-unused.ts'
import { checkSchemeOfToken } from '../../../shared/protocol/checks/dpop/check-scheme-of-token.ts'
import { checkThumbprintOfProof } from '../../../shared/protocol/checks/dpop/check-thumbprint-of-proof.ts'
import { checkThumbprintSyntax } from '../../../shared/protocol/checks/dpop/check-thumbprint-syntax.ts'
import { rfc9449 } from '../../support/rfc9449.ts'
import { type CheckCase, invalidGrant, invalidRequest, invalidToken, NOW, of } from './case.ts'

const badProof = { error: 'invalid_dpop_proof' } as const
const { jwk, jkt, tokenHash } = rfc9449
const claims = { jti: 'one', htm: 'POST', htu: 'https://server.example.com/token', iat: NOW / 1000 }
const seconds = (offset: number) => ({ ...claims, iat: NOW / 1000 + offset })
const targets = ['https://server.example.com/token', 'http://127.0.0.1:4400/a%2fb']
const bound = { jkt, bound: jkt }
const other = { jkt: 'other', bound: jkt }

/** DPoP proofs, and what is bound to their keys. */
export const proofCases: CheckCase[] = [
  of(checkOneProof, [{ value: 'a.b.c' }], [[{ value: 'a.b.c, d.e.f' }, badProof]]),
  of(
    checkProofReadable,
    [{ problem: null }],
    [[{ problem: 'This is not a JWT.' }, { ...badProof, observed: 'This is not a JWT.' }]],
  ),
  of(
    checkProofClaims,
    [{ claims }],
    [
      [{ claims: { ...claims, jti: '' } }, { ...badProof, description: 'The DPoP proof has no usable jti' }],
      [{ claims: { ...claims, htm: undefined } }, { ...badProof, observed: 'htm left out' }],
      [{ claims: { ...claims, htu: 1 } }, { ...badProof, observed: 'htu 1' }],
      [{ claims: { ...claims, iat: '1' } }, { ...badProof, expected: 'seconds since the epoch' }],
    ],
  ),
  of(
    checkProofType,
    [{ header: { typ: 'dpop+jwt' } }, { header: { typ: 'application/dpop+jwt' } }],
    [
      [{ header: { typ: 'JWT' } }, badProof],
      [{ header: {} }, { ...badProof, observed: 'typ left out' }],
      [{ header: { typ: 'xdpop+jwt' } }, badProof],
    ],
  ),
  of(
    checkProofKeyPublic,
    [{ header: { jwk } }, { header: {} }],
    [
      [{ header: { jwk: { ...jwk, d: 'AA' } } }, { ...badProof, observed: 'a jwk with the member d' }],
      [{ header: { jwk: { kty: 'oct', k: 'AA' } } }, badProof],
    ],
  ),
  of(
    checkProofKey,
    [{ header: { jwk } }],
    [
      [{ header: {} }, { ...badProof, observed: 'no jwk' }],
      [{ header: { jwk: 'text' } }, badProof],
      [{ header: { jwk: { kty: 'EC', crv: 'P-256', x: jwk.x } } }, badProof],
      [{ header: { jwk: { kty: 'EC', crv: 'secp256k1', x: jwk.x, y: jwk.y } } }, badProof],
    ],
  ),
  of(
    checkProofAlgorithm,
    [{ header: { alg: 'ES256' }, algorithms: ['ES256'] }],
    [
      [
        { header: { alg: 'none' }, algorithms: ['ES256'] },
        { ...badProof, observed: 'alg "none"' },
      ],
      [
        { header: { alg: 'HS256' }, algorithms: ['ES256'] },
        { ...badProof, expected: 'ES256' },
      ],
      [{ header: {}, algorithms: [] }, badProof],
    ],
  ),
  of(checkProofSignature, [{ signed: true }], [[{ signed: false }, badProof]]),
  of(
    checkProofMethod,
    [{ claims, method: 'POST' }],
    [
      [
        { claims, method: 'GET' },
        { ...badProof, observed: 'htm "POST"', expected: 'GET' },
      ],
      [{ claims: { htm: 'post' }, method: 'POST' }, badProof],
    ],
  ),
  of(
    checkProofTarget,
    [
      { claims, targets },
      { claims: { htu: 'HTTPS://Server.Example.COM:443/x/../token?query#fragment' }, targets },
      { claims: { htu: 'http://127.0.0.1:4400/%61%2Fb' }, targets },
    ],
    [
      [{ claims: { htu: 'https://server.example.com/token/' }, targets }, badProof],
      [{ claims: { htu: 'http://server.example.com/token' }, targets }, badProof],
      [{ claims: { htu: 'https://server.example.com:8443/token' }, targets }, badProof],
      [{ claims: { htu: 'https://server.example.com/Token' }, targets }, badProof],
      [{ claims: { htu: 'https://a@server.example.com/token' }, targets }, badProof],
      [{ claims: { htu: 'http://127.0.0.1:4400/a/b' }, targets }, badProof],
      [
        { claims: { htu: '/token' }, targets },
        { ...badProof, expected: targets[0]! },
      ],
      [
        { claims: {}, targets },
        { ...badProof, observed: 'htu left out' },
      ],
    ],
  ),
  of(
    checkProofNonce,
    [
      { claims, nonces: null },
      { claims: { nonce: 'new' }, nonces: ['new', 'old'] },
      { claims: { nonce: 'old' }, nonces: ['new', 'old'] },
    ],
    [
      [
        { claims, nonces: ['new', 'old'] },
        { error: 'use_dpop_nonce', observed: 'nonce left out' },
      ],
      [{ claims: { nonce: 'older' }, nonces: ['new', 'old'] }, { error: 'use_dpop_nonce' }],
    ],
  ),
  of(
    checkProofFresh,
    [
      { claims, nonces: null, now: NOW },
      { claims: seconds(-60), nonces: null, now: NOW },
      { claims: seconds(60), nonces: null, now: NOW },
      { claims: { ...seconds(-90_000), nonce: 'new' }, nonces: ['new'], now: NOW },
    ],
    [
      [
        { claims: seconds(-61), nonces: null, now: NOW },
        { ...badProof, description: 'The DPoP proof is too old' },
      ],
      [
        { claims: seconds(61), nonces: null, now: NOW },
        { ...badProof, description: 'The DPoP proof was made in the future' },
      ],
      [{ claims: { ...seconds(-90_000), nonce: 'of nobody' }, nonces: ['new'], now: NOW }, badProof],
      [{ claims: { iat: 1e300 }, nonces: null, now: NOW }, badProof],
    ],
  ),
  of(
    checkProofTokenHash,
    [
      { claims: { ath: tokenHash }, tokenHash },
      { claims, tokenHash: null },
    ],
    [
      [
        { claims, tokenHash },
        { ...badProof, observed: 'ath left out', expected: tokenHash },
      ],
      [{ claims: { ath: 'other' }, tokenHash }, badProof],
    ],
  ),
  of(checkProofUnused, [{ claims, usedAt: null }], [[{ claims, usedAt: NOW }, badProof]]),
  of(
    checkProofPresent,
    [
      { present: true, required: 'why' },
      { present: false, required: null },
    ],
    [
      [
        { present: false, required: 'why' },
        { ...badProof, expected: 'a DPoP proof: why' },
      ],
    ],
  ),
  of(checkKeyOfToken, [bound, { jkt: null, bound: null }], [[other, invalidToken]]),
  of(
    checkSchemeOfToken,
    [
      { scheme: 'dpop', bound: jkt },
      { scheme: 'bearer', bound: null },
    ],
    [
      [{ scheme: 'bearer', bound: jkt }, invalidToken],
      [{ scheme: 'dpop', bound: null }, invalidToken],
    ],
  ),
  of(
    checkKeyOfCode,
    [bound, { jkt, bound: null }, { jkt: null, bound: null }],
    [
      [other, invalidGrant],
      [
        { jkt: null, bound: jkt },
        { ...invalidGrant, observed: 'no DPoP proof' },
      ],
    ],
  ),
  of(
    checkKeyOfRefreshToken,
    [bound, { jkt, bound: null }],
    [
      [other, invalidGrant],
      [
        { jkt: null, bound: jkt },
        { ...invalidGrant, observed: 'no DPoP proof' },
      ],
    ],
  ),
  of(
    checkThumbprintSyntax,
    [{ dpopJkt: jkt }, { dpopJkt: undefined }],
    [
      [{ dpopJkt: 'short' }, { ...invalidRequest, observed: '5 characters' }],
      [{ dpopJkt: `${jkt.slice(1)}+` }, invalidRequest],
    ],
  ),
  of(
    checkThumbprintOfProof,
    [
      { dpopJkt: jkt, jkt },
      { dpopJkt: undefined, jkt },
      { dpopJkt: jkt, jkt: null },
    ],
    [
      [
        { dpopJkt: jkt, jkt: 'other' },
        { ...invalidRequest, expected: 'other' },
      ],
    ],
  ),
]
