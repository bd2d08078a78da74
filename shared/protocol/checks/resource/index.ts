import type { Check } from '../../check.ts'
import { checkResourceListed } from './check-resource-listed.ts'
import { checkResourceRegistered } from './check-resource-registered.ts'
import { checkResourceSyntax } from './check-resource-syntax.ts'
import { checkResourcesBounded } from './check-resources-bounded.ts'
import type { ResourceIndicatorFacts } from './facts.ts'

export { checkResourceNarrows } from './check-resource-narrows.ts'
export { checkResourceSyntax } from './check-resource-syntax.ts'
export type { ResourceIndicatorFacts } from './facts.ts'

/** The resources a grant is asked for, in order. */
export const resourceChecks: readonly Check<ResourceIndicatorFacts>[] = [
  checkResourceSyntax,
  checkResourcesBounded,
  checkResourceListed,
  checkResourceRegistered,
]
