/** Id of the route that compares two runs: `?a=<run>&b=<run>`. */
export const COMPARE = 'compare'

export const tabs = ['runs', 'profiles', 'calls'] as const
export type FlowsTab = (typeof tabs)[number]

export const tabOf = (params: Readonly<Record<string, string>>): FlowsTab =>
  tabs.find((tab) => tab === params.tab) ?? 'runs'
