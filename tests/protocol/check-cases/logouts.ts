import { checkLogoutAccepted } from '../../../shared/protocol/checks/logout/check-logout-accepted.ts'
import { type CheckCase, invalidRequest, of } from './case.ts'

/** What apps answer when they are told of a logout. */
export const logoutCases: CheckCase[] = [
  of(
    checkLogoutAccepted,
    [
      { status: 200, problem: null },
      { status: 204, problem: null },
    ],
    [
      [
        { status: 302, problem: null },
        { ...invalidRequest, observed: '302' },
      ],
      [{ status: 400, problem: null }, invalidRequest],
      [
        { status: null, problem: 'connect ECONNREFUSED' },
        { ...invalidRequest, observed: 'connect ECONNREFUSED' },
      ],
    ],
  ),
]
