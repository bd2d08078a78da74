import { type Check, pass } from '../../check.ts'
import type { LeadingFacts } from './facts.ts'

/**
 * An error that goes to a registered redirect URI at once is what RFC 6749 4.1.2.1 has, and what whoever debugs a client must see
 * arrive: other profiles leave it at that.
 */
export const checkUserFirst: Check<LeadingFacts> = {
  id: 'authorize.user-first',
  title: 'The user logs in before the browser is led to the app, be it with an error',
  spec: 'RFC 9700 4.11.2',
  levels: { standard: 'off', lenient: 'off' },
  run({ silent, loggedIn, unattended, clientId }) {
    if (silent) return pass('prompt=none: silent authentication is answered at once')
    if (unattended) return pass(`${clientId} is trusted to be tested without a user`)
    if (loggedIn) return pass('somebody is logged in')
    return {
      error: 'access_denied',
      description: 'Nobody has logged in yet',
      observed: `an error for ${clientId}, and nobody logged in`,
      expected: 'a login before the browser goes there by itself',
      hint: 'Whoever registers a client could make a link to this issuer lead to any site. The user is shown the error, and decides.',
    }
  },
}
