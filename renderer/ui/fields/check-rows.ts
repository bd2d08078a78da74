import type { CheckRow } from '../../../shared/contract/operations/checks.ts'
import type { CheckLevels } from '../../../shared/contract/values.ts'

export type CheckLevel = CheckLevels[string]

/** What each level does to a request that breaks the rule. */
export const levelChoices: readonly { value: CheckLevel; label: string }[] = [
  { value: 'enforce', label: 'Enforce: refuse' },
  { value: 'warn', label: 'Warn: let it pass' },
  { value: 'off', label: 'Off: not looked at' },
]

export type CheckFilter = 'changeable' | 'own' | 'all'

/** The checks of a filter whose words are part of title, id, section or an endpoint's name. */
export function shownChecks(
  checks: readonly CheckRow[],
  own: CheckLevels,
  { filter, search }: { filter: CheckFilter; search: string },
): CheckRow[] {
  const words = search.trim().toLowerCase().split(/\s+/)
  return checks.filter(({ id, title, spec, endpoints, changeable }) => {
    if (filter === 'changeable' && !changeable) return false
    if (filter === 'own' && !(id in own)) return false
    const text = `${id} ${title} ${spec} ${endpoints.join(' ')}`.toLowerCase()
    return words.every((word) => text.includes(word))
  })
}

/** The levels with one of them set, or left to what is inherited. */
export function withLevel(own: CheckLevels, id: string, level: CheckLevel | null): CheckLevels {
  const { [id]: _before, ...others } = own
  return level === null ? others : { ...others, [id]: level }
}
