import { checkResourceKnown } from './check-resource-known.ts'
import { checkResourceNamed } from './check-resource-named.ts'

export type { WebFingerFacts } from './facts.ts'

export const webFingerChecks = [checkResourceNamed, checkResourceKnown] as const
