/** Ids that are no fault's: the form for a new one, and the ready-made ones. */
export const NEW = 'new'
export const PRESETS = 'presets'

export type FaultsTab = 'rules' | 'scenarios'

export const tabOf = (params: Readonly<Record<string, string>>): FaultsTab =>
  params.tab === 'scenarios' ? 'scenarios' : 'rules'
