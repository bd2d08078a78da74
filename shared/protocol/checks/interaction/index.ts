import { checkInteractionKnown } from './check-interaction-known.ts'
import { checkInteractionOpen } from './check-interaction-open.ts'
import { checkSameBrowser } from './check-same-browser.ts'

export { checkAcrMet } from './check-acr-met.ts'
export { checkHintedUser } from './check-hinted-user.ts'
export { checkNotDenied } from './check-not-denied.ts'
export type { AcrFacts, DecisionFacts, HintedUserFacts, InteractionFacts } from './facts.ts'

/** Whether a login may go on, in order. */
export const interactionChecks = [checkInteractionKnown, checkSameBrowser, checkInteractionOpen] as const
