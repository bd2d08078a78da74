import { type Check, pass } from '../../check.ts'
import type { InteractionFacts } from './facts.ts'

export const checkInteractionKnown: Check<InteractionFacts> = {
  id: 'interaction.known',
  title: 'The login that is answered is one the issuer began',
  spec: 'RFC 6749 3.1',
  run: ({ interaction }) =>
    interaction
      ? pass()
      : {
          error: 'invalid_request',
          description: 'There is no such login',
          observed: 'an interaction that is not stored',
          expected: 'the address the authorization endpoint led to',
          hint: 'Start again from your app.',
        },
}
