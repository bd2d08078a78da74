import { authorizationsOf } from './facts.ts'
import type { FindingRule } from './finding.ts'

export const pkcePlain: FindingRule = {
  id: 'pkce-plain',
  title: 'The code challenge is the verifier itself',
  spec: 'RFC 9700 2.1.1, RFC 7636 4.2, 7.2',
  severity: 'warning',
  find: ({ steps }) =>
    authorizationsOf(steps)
      .filter(
        ({ parameters }) =>
          parameters.has('code_challenge') &&
          (parameters.get('code_challenge_method') ?? 'plain') === 'plain',
      )
      .map(({ step, parameters }) => ({
        observed: parameters.has('code_challenge_method')
          ? 'code_challenge_method=plain'
          : 'no code_challenge_method, which means plain',
        expected: 'code_challenge_method=S256',
        hint: 'Whoever sees the request in the browser has the verifier: send BASE64URL(SHA256(code_verifier)).',
        exchanges: [step.exchange.id],
      })),
}
