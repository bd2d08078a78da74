import { type TokenFilter, tokenKind, tokenState } from '../../../shared/contract/operations/tokens.ts'

/** Names of the route's parameters that filter the ledger. */
export const filterNames = ['state', 'kind', 'user', 'client', 'grant', 'q'] as const
export type FilterName = (typeof filterNames)[number]
type Params = Readonly<Record<string, string>>

/** Whether a route shows the deny list instead of the whole ledger: `?view=denied`. */
export const showsDenied = (params: Params): boolean => params.view === 'denied'

/** The filter that a route's parameters name; what is no filter is left out. */
export function filterOf(params: Params): TokenFilter {
  const filter = namedFilter(params)
  return showsDenied(params) ? { ...filter, state: 'revoked', unexpired: true } : filter
}

function namedFilter(params: Params): TokenFilter {
  const state = tokenState.safeParse(params.state)
  const kind = tokenKind.safeParse(params.kind)
  const search = params.q?.trim().slice(0, 200)
  return {
    ...(state.success ? { state: state.data } : {}),
    ...(kind.success ? { kind: kind.data } : {}),
    ...(params.user ? { userId: params.user } : {}),
    ...(params.client ? { clientId: params.client } : {}),
    ...(params.grant ? { grantId: params.grant } : {}),
    ...(search ? { search } : {}),
  }
}

/** The parameters with one of them set, or taken out for null and "". */
export function withParam(params: Params, name: string, value: string | null): Record<string, string> {
  const { [name]: _, ...rest } = params
  return value ? { ...rest, [name]: value } : rest
}

export const withoutFilter = (params: Params): Record<string, string> =>
  Object.fromEntries(Object.entries(params).filter(([name]) => !filterNames.includes(name as FilterName)))
