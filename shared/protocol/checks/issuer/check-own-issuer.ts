import { type Check, pass } from '../../check.ts'
import type { OwnerFacts } from './facts.ts'

export const checkOwnIssuer: Check<OwnerFacts> = {
  id: 'issuer.own',
  title: 'What the client shows is of this issuer, not of another',
  spec: 'RFC 6749 5.2, RFC 9700 4.4.2',
  levels: { strict: 'warn', standard: 'warn', lenient: 'warn' },
  run: ({ what, bound, owner, asked }) =>
    owner.name === asked.name
      ? pass(owner.url)
      : {
          error: 'invalid_request',
          description: 'This is of another issuer',
          observed: `${what} of the issuer ${owner.name} (${owner.url})`,
          expected: `one of the issuer ${asked.name} (${asked.url})`,
          hint: bound
            ? `It is bound to that issuer: point the app at ${owner.url}, or unbind it in the workbench.`
            : `Everything of one login goes to the issuer it began at: ${owner.url}, by its own discovery document.`,
        },
}
