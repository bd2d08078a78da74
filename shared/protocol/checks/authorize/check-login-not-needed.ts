import { type Check, pass } from '../../check.ts'
import type { SilentFacts } from './facts.ts'

export const checkLoginNotNeeded: Check<SilentFacts> = {
  id: 'authorize.login-not-needed',
  title: 'With prompt=none the user is logged in already',
  spec: 'OpenID Connect Core 3.1.2.1, 3.1.2.6',
  run: ({ silent, loginReason }) =>
    silent && loginReason !== null
      ? {
          error: 'login_required',
          description: 'The user has to log in',
          observed: `prompt=none, but ${loginReason}`,
          expected: 'a session that will do',
          hint: 'Ask again without prompt=none. A hidden frame of another site gets no cookie of the issuer (SameSite).',
        }
      : pass(loginReason ?? undefined),
}
