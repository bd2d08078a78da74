import type { WorkspacePreview } from '../../../shared/contract/operations/settings.ts'

export interface EffectLine {
  noun: string
  /** "4 stay, perhaps changed", "None stays". */
  stays: string
  /** Names, or null for none. */
  added: string | null
  removed: string | null
}

const nouns = {
  users: 'Users',
  clients: 'Clients',
  scopes: 'Scopes',
  issuers: 'Issuers',
  faults: 'Faults',
} as const
type Noun = keyof typeof nouns

/** What importing a workspace would do, in words. */
export function effectLines(preview: WorkspacePreview): EffectLine[] {
  const lines = (Object.keys(nouns) as Noun[]).map((noun): EffectLine => {
    const { added, removed } = preview[noun]
    return { noun: nouns[noun], stays: staysWords(preview[noun]), added: list(added), removed: list(removed) }
  })
  const settings = list(preview.settings)
  return [
    ...lines,
    {
      noun: 'Settings',
      stays: settings ? `Changed: ${settings}` : 'As they are',
      added: null,
      removed: null,
    },
  ]
}

export const changesNothing = (preview: WorkspacePreview): boolean =>
  preview.settings.length === 0 &&
  (Object.keys(nouns) as Noun[]).every((noun) => {
    const { added, removed } = preview[noun]
    return added.length === 0 && removed.length === 0
  })

function staysWords({ added, kept, removed }: WorkspacePreview[Noun]): string {
  if (added.length + kept.length + removed.length === 0) return 'None'
  if (kept.length === 0) return 'None stays'
  return kept.length === 1 ? '1 stays, perhaps changed' : `${kept.length} stay, perhaps changed`
}

const SHOWN = 12

function list(names: readonly string[]): string | null {
  if (names.length === 0) return null
  const more = names.length - SHOWN
  return names.slice(0, SHOWN).join(', ') + (more > 0 ? ` and ${more} more` : '')
}
