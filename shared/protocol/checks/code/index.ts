import { checkCodeKnown } from './check-code-known.ts'
import { checkCodeNotExpired } from './check-code-not-expired.ts'
import { checkCodeOfClient } from './check-code-of-client.ts'
import { checkCodePresent } from './check-code-present.ts'
import { checkCodeUnused } from './check-code-unused.ts'
import { checkRedirectUriSame } from './check-redirect-uri-same.ts'
import { checkVerifierExpected } from './check-verifier-expected.ts'
import { checkVerifierMatches } from './check-verifier-matches.ts'
import { checkVerifierPresent } from './check-verifier-present.ts'
import { checkVerifierSyntax } from './check-verifier-syntax.ts'

export type { CodeFacts } from './facts.ts'

/** The authorization code at the token endpoint, in order. */
export const codeChecks = [
  checkCodePresent,
  checkCodeKnown,
  checkCodeOfClient,
  checkCodeUnused,
  checkCodeNotExpired,
  checkRedirectUriSame,
  checkVerifierPresent,
  checkVerifierExpected,
  checkVerifierMatches,
  checkVerifierSyntax,
] as const
