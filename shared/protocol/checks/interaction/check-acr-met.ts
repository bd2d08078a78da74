import { type Check, pass } from '../../check.ts'
import type { AcrFacts } from './facts.ts'

export const checkAcrMet: Check<AcrFacts> = {
  id: 'interaction.acr-met',
  title: 'The login reaches an authentication context that the request calls essential',
  spec: 'OpenID Connect Core 5.5.1.1',
  run: ({ requiredAcr, reachable }) =>
    requiredAcr === null || requiredAcr.some((acr) => reachable.includes(acr))
      ? pass(`acr ${reachable[0]}`)
      : {
          error: 'unmet_authentication_requirements',
          description: 'The login does not meet the acr that was asked for',
          observed: `acr ${reachable.join(' or ')} at the most`,
          expected: requiredAcr.join(' or '),
          hint: 'Acr 2 takes a user with a second factor. To wish for it only, leave essential out or send acr_values.',
        },
}
