import {
  claimMeaning,
  isTimeClaim,
  parameterMeaning,
  valueMeaning,
} from '../../../shared/protocol/claim-meanings.ts'

export { claimMeaning } from '../../../shared/protocol/claim-meanings.ts'

/** The moment a NumericDate claim names, in epoch milliseconds; null when the claim is no time. */
export function claimTime(name: string, value: unknown): number | null {
  if (!isTimeClaim(name) || typeof value !== 'number' || !Number.isFinite(value)) return null
  const at = value * 1000
  return Math.abs(at) <= 8.64e15 ? at : null
}

/** A claim's value as one line of text. */
export const claimText = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value)

/** What a member of a header or a claims set means, with what its value means where that is registered. */
export function meaningOf(where: 'header' | 'claims', name: string, value: unknown): string {
  const own = where === 'header' ? 'A header parameter that is not registered' : "A claim of its issuer's own"
  const meaning = (where === 'header' ? parameterMeaning(name) : claimMeaning(name)) ?? own
  const said = valueMeaning(name, value)
  return said === null ? meaning : `${meaning}: ${said}`
}
