import { checkCodeKnown } from '../../../shared/protocol/checks/code/check-code-known.ts'
import { checkCodeNotExpired } from '../../../shared/protocol/checks/code/check-code-not-expired.ts'
import { checkCodeOfClient } from '../../../shared/protocol/checks/code/check-code-of-client.ts'
import { checkCodePresent } from '../../../shared/protocol/checks/code/check-code-present.ts'
import { checkCodeUnused } from '../../../shared/protocol/checks/code/check-code-unused.ts'
import { checkRedirectUriSame } from '../../../shared/protocol/checks/code/check-redirect-uri-same.ts'
import { checkVerifierExpected } from '../../../shared/protocol/checks/code/check-verifier-expected.ts'
import { checkVerifierMatches } from '../../../shared/protocol/checks/code/check-verifier-matches.ts'
import { checkVerifierPresent } from '../../../shared/protocol/checks/code/check-verifier-present.ts'
import { checkVerifierSyntax } from '../../../shared/protocol/checks/code/check-verifier-syntax.ts'
import type { CodeFacts } from '../../../shared/protocol/checks/code/facts.ts'
import { type CheckCase, invalidGrant, invalidRequest, NOW, of } from './case.ts'

// RFC 7636 appendix B
const record = {
  clientId: 'app',
  redirectUri: 'https://app.example/cb',
  codeChallenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
  codeChallengeMethod: 'S256',
  expiresAt: NOW + 1,
  consumedAt: null,
} as const
const facts: CodeFacts = {
  code: 'SplxlOBeZQQYbYS6WxSbIA',
  clientId: 'app',
  redirectUri: 'https://app.example/cb',
  codeVerifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
  verifierHash: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
  now: NOW,
  record,
}
const unhashed = { ...record, codeChallengeMethod: 'plain', codeChallenge: 'a'.repeat(43) } as const
const unbound = { ...record, codeChallenge: null, codeChallengeMethod: null }
const noVerifier = { ...facts, codeVerifier: undefined, verifierHash: null }

/** An authorization code at the token endpoint. */
export const codeCases: CheckCase[] = [
  of(checkCodePresent, [facts], [[{ ...facts, code: undefined }, invalidRequest]]),
  of(checkCodeKnown, [facts], [[{ ...facts, record: null }, invalidGrant]]),
  of(
    checkCodeOfClient,
    [facts],
    [
      [
        { ...facts, clientId: 'other' },
        { ...invalidGrant, observed: 'client other', expected: 'client app' },
      ],
    ],
  ),
  of(checkCodeUnused, [facts], [[{ ...facts, record: { ...record, consumedAt: NOW } }, invalidGrant]]),
  of(checkCodeNotExpired, [facts], [[{ ...facts, record: { ...record, expiresAt: NOW } }, invalidGrant]]),
  of(
    checkRedirectUriSame,
    [
      facts,
      { ...facts, redirectUri: undefined },
      { ...facts, redirectUri: undefined, record: { ...unbound, redirectUri: null } },
    ],
    [
      [
        { ...facts, redirectUri: 'https://app.example/other' },
        { ...invalidGrant, observed: 'https://app.example/other', expected: 'https://app.example/cb' },
      ],
      [
        { ...facts, redirectUri: undefined, record: unbound },
        { ...invalidGrant, observed: 'no redirect_uri' },
      ],
    ],
  ),
  of(
    checkVerifierPresent,
    [facts, { ...noVerifier, record: unbound }],
    [[noVerifier, { ...invalidGrant, description: 'Parameter code_verifier is missing' }]],
  ),
  of(
    checkVerifierExpected,
    [facts, { ...noVerifier, record: unbound }],
    [
      [
        { ...facts, record: unbound },
        { ...invalidGrant, observed: 'a code_verifier without a challenge' },
      ],
    ],
  ),
  of(
    checkVerifierMatches,
    [facts, { ...noVerifier, record: unbound }, { ...facts, codeVerifier: 'a'.repeat(43), record: unhashed }],
    [
      [
        { ...facts, verifierHash: 'another' },
        {
          ...invalidGrant,
          observed: 'BASE64URL(SHA256(code_verifier)) is another',
          expected: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
        },
      ],
      [
        { ...facts, record: unhashed },
        { ...invalidGrant, observed: 'another text (plain)' },
      ],
    ],
  ),
  of(
    checkVerifierSyntax,
    [facts, noVerifier],
    [
      [
        { ...facts, codeVerifier: 'short' },
        { ...invalidGrant, observed: '5 characters' },
      ],
      [{ ...facts, codeVerifier: `${'a'.repeat(43)}+` }, invalidGrant],
    ],
  ),
]
