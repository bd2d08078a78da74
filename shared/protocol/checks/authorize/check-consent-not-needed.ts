import { type Check, pass } from '../../check.ts'
import type { SilentFacts } from './facts.ts'

export const checkConsentNotNeeded: Check<SilentFacts> = {
  id: 'authorize.consent-not-needed',
  title: 'With prompt=none the user has given consent already',
  spec: 'OpenID Connect Core 3.1.2.1, 3.1.2.6',
  run: ({ silent, consentReason }) =>
    silent && consentReason !== null
      ? {
          error: 'consent_required',
          description: 'The user has to give consent',
          observed: `prompt=none, but ${consentReason}`,
          expected: 'consent to every scope that is asked for',
          hint: 'Ask again without prompt=none, or switch on "Approve unasked" for the client.',
        }
      : pass(consentReason ?? undefined),
}
