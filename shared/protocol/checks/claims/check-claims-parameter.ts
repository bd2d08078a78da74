import { type Check, pass } from '../../check.ts'

export interface ClaimsParameterFacts {
  /** As it came. */
  claims: string
  /** What is wrong with it; null when it can be read. */
  problem: string | null
}

export const checkClaimsParameter: Check<ClaimsParameterFacts> = {
  id: 'claims.parameter',
  title: 'claims is a JSON object that asks for claims',
  spec: 'OpenID Connect Core 5.5',
  run: ({ claims, problem }) =>
    problem === null
      ? pass()
      : {
          error: 'invalid_request',
          description: `Parameter claims ${problem.replace(/[^\x20\x21\x23-\x5B\x5D-\x7E]/g, '?').slice(0, 200)}`,
          observed: claims.slice(0, 200),
          expected:
            '{"userinfo": {...}, "id_token": {...}}, each claim with null, or essential, value or values',
        },
}
