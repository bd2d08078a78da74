import type { Check } from '../../../shared/protocol/check.ts'
import type { RequestContext } from './context.ts'

/** Whether the issuer refuses what breaks this rule, for clients that have no levels of their own. */
export const enforces = (
  { settings }: Pick<RequestContext, 'settings'>,
  { id, levels }: Pick<Check<never>, 'id' | 'levels'>,
): boolean => (settings.checkLevels[id] ?? levels?.[settings.profile] ?? 'enforce') === 'enforce'
