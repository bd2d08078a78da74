import { codeChallengeMethods } from '../../authorization-request.ts'
import { type Check, pass } from '../../check.ts'
import { printable } from '../../form.ts'
import type { PkceFacts } from './facts.ts'

export const checkChallengeMethod: Check<PkceFacts> = {
  id: 'authorize.challenge-method',
  title: 'The issuer knows the code_challenge_method',
  spec: 'RFC 7636 4.3, 4.4.1',
  run: ({ codeChallenge, codeChallengeMethod }) => {
    if (codeChallengeMethod === undefined)
      return pass(codeChallenge === undefined ? undefined : 'left out: plain')
    if (!codeChallengeMethods.some((method) => method === codeChallengeMethod)) {
      return {
        error: 'invalid_request',
        description: 'The code_challenge_method is not supported: transform algorithm not supported',
        observed: printable(codeChallengeMethod),
        expected: codeChallengeMethods.join(' or '),
      }
    }
    if (codeChallenge !== undefined) return pass(codeChallengeMethod)
    return {
      error: 'invalid_request',
      description: 'code_challenge_method was sent without code_challenge',
      observed: `${codeChallengeMethod} and no code_challenge`,
      expected: 'both or neither',
    }
  },
}
