import { checkClaimsParameter } from '../../../shared/protocol/checks/claims/check-claims-parameter.ts'
import { type CheckCase, invalidRequest, of } from './case.ts'

export const claimCases: CheckCase[] = [
  of(
    checkClaimsParameter,
    [{ claims: '{}', problem: null }],
    [
      [
        { claims: '{', problem: 'is not JSON' },
        { ...invalidRequest, description: 'Parameter claims is not JSON', observed: '{' },
      ],
      [
        { claims: '{"userinfo":{"näme":1}}', problem: 'asks for userinfo.näme with something' },
        { ...invalidRequest, description: 'Parameter claims asks for userinfo.n?me with something' },
      ],
    ],
  ),
]
