import { type Check, pass } from '../../check.ts'
import { printable } from '../../form.ts'

/** What an app made of a logout token (OpenID Connect Back-Channel Logout 1.0 2.8). */
export interface LogoutAnswerFacts {
  /** HTTP status; null when no answer came. */
  status: number | null
  /** Why none came; null when one did. */
  problem: string | null
}

export const checkLogoutAccepted: Check<LogoutAnswerFacts> = {
  id: 'logout.accepted',
  title: 'The app answers the logout token with 200 or 204',
  spec: 'OpenID Connect Back-Channel Logout 2.8',
  run: ({ status, problem }) =>
    status === 200 || status === 204
      ? pass(`${status}`)
      : {
          error: 'invalid_request',
          description: 'The app did not take the logout token',
          observed: status === null ? printable(problem ?? 'no answer', 200) : `${status}`,
          expected: '200, or 204 of a framework that gives that to an empty answer',
          hint: 'The user is still logged in at the app. A redirect, such as to its login page, is no answer.',
        },
}
