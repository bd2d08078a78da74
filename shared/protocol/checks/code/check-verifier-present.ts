import { type Check, pass } from '../../check.ts'
import type { CodeFacts } from './facts.ts'

export const checkVerifierPresent: Check<CodeFacts> = {
  id: 'code.verifier-present',
  title: 'A code with a challenge comes with its verifier',
  spec: 'RFC 7636 4.6, RFC 9700 4.8',
  run: ({ record, codeVerifier }) =>
    record?.codeChallenge && codeVerifier === undefined
      ? {
          error: 'invalid_grant',
          description: 'Parameter code_verifier is missing',
          observed: `no code_verifier; the challenge was ${record.codeChallenge}`,
          expected: 'the code_verifier the challenge was made from',
        }
      : pass(record?.codeChallenge ? undefined : 'no challenge was sent'),
}
