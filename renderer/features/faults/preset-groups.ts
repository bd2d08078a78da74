import type { FaultPreset } from '../../../shared/contract/faults/presets.ts'

export interface PresetGroup {
  title: string
  presets: FaultPreset[]
}

const titles = [
  'Tokens that do not come',
  'Refresh',
  'Answers that are not right',
  'Tokens that are not right',
  'Keys and metadata',
  'Logins',
  'The API',
] as const
type Title = (typeof titles)[number]

const metadata = ['jwks', 'discovery', 'oauth-metadata']
const logins = ['authorization', 'interaction']

/** The ready-made faults by what of a client they are for. */
export const groupPresets = (presets: readonly FaultPreset[]): PresetGroup[] =>
  titles
    .map((title) => ({ title, presets: presets.filter((preset) => titleOf(preset) === title) }))
    .filter((group) => group.presets.length > 0)

function titleOf({ fault: { match, action } }: FaultPreset): Title {
  const endpoints: readonly string[] = match?.endpoints ?? []
  if (endpoints.some((name) => metadata.includes(name))) return 'Keys and metadata'
  if (endpoints.some((name) => logins.includes(name))) return 'Logins'
  if (endpoints.includes('me')) return 'The API'
  if (action.kind === 'claims' || action.kind === 'break') return 'Tokens that are not right'
  if (match?.grantType === 'refresh_token') return 'Refresh'
  const isChanged = action.kind === 'patch' || action.kind === 'content' || action.kind === 'cut'
  return isChanged ? 'Answers that are not right' : 'Tokens that do not come'
}

export function matchesPreset({ title, about }: FaultPreset, search: string): boolean {
  const text = `${title} ${about}`.toLowerCase()
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}
