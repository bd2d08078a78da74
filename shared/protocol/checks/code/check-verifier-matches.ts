import { type Check, pass } from '../../check.ts'
import type { CodeFacts } from './facts.ts'

export const checkVerifierMatches: Check<CodeFacts> = {
  id: 'code.verifier-matches',
  title: 'The code_verifier fits the code_challenge',
  spec: 'RFC 7636 4.6',
  run: ({ record, codeVerifier, verifierHash }) => {
    if (!record?.codeChallenge || codeVerifier === undefined) return pass('no challenge was sent')
    const hashed = record.codeChallengeMethod === 'S256'
    const observed = hashed ? `BASE64URL(SHA256(code_verifier)) is ${verifierHash}` : 'another text (plain)'
    if ((hashed ? verifierHash : codeVerifier) === record.codeChallenge)
      return pass(hashed ? observed : 'the same text')
    return {
      error: 'invalid_grant',
      description: 'code_verifier does not match the code_challenge',
      observed,
      expected: record.codeChallenge,
      hint: 'The verifier must be the one of this very request: kept per login, not made anew after the redirect.',
    }
  },
}
