import { type Check, pass } from '../../check.ts'
import type { CodeFacts } from './facts.ts'

export const checkVerifierSyntax: Check<CodeFacts> = {
  id: 'code.verifier-syntax',
  title: 'The code_verifier is 43 to 128 unreserved characters',
  spec: 'RFC 7636 4.1',
  levels: { lenient: 'warn' },
  run: ({ codeVerifier }) =>
    codeVerifier === undefined || /^[A-Za-z0-9._~-]{43,128}$/.test(codeVerifier)
      ? pass(codeVerifier && `${codeVerifier.length} characters`)
      : {
          error: 'invalid_grant',
          description: 'The code_verifier is not well formed',
          observed: `${codeVerifier.length} characters`,
          expected: '43 to 128 of A-Z a-z 0-9 - . _ ~',
        },
}
