import { type Check, pass } from '../../check.ts'
import { iso } from '../../time.ts'
import type { InteractionFacts } from './facts.ts'

const refuse = (description: string, observed: string) =>
  ({
    error: 'invalid_request',
    description,
    observed,
    expected: 'a login that waits for its user',
    hint: 'Start again from your app.',
  }) as const

export const checkInteractionOpen: Check<InteractionFacts> = {
  id: 'interaction.open',
  title: 'The login is not answered yet, nor too old',
  spec: 'RFC 6749 3.1',
  run: ({ interaction, now }) => {
    if (interaction?.endedAt) return refuse('This login is finished', `finished ${iso(interaction.endedAt)}`)
    if (interaction && interaction.expiresAt <= now) {
      return refuse('This login took too long', `expired ${iso(interaction.expiresAt)}`)
    }
    return pass()
  },
}
