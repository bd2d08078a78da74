import { definitionOf, type FaultAction } from '../../../shared/contract/faults/actions/index.ts'
import { type FaultEndpoint, faultEndpoints } from '../../../shared/contract/faults/endpoints.ts'
import { neverMatches } from '../../../shared/contract/faults/match.ts'
import { type FaultForm, readAction, toMatch } from './fault-form.ts'

export interface Fitness {
  endpoint: FaultEndpoint
  /** Why the fault could never strike there, as the end of a sentence about the endpoint; null when it can. */
  reason: string | null
}

/** At which endpoints the fault that is being written can strike. An action that is not whole yet rules none out. */
export function fitnessOf(form: FaultForm): Fitness[] {
  const action = readAction(form.action)
  const match = toMatch(form)
  return faultEndpoints.map((endpoint) => ({
    endpoint,
    reason: unfit(action, endpoint) ?? neverMatches(match, endpoint),
  }))
}

const unfit = (action: FaultAction | null, endpoint: FaultEndpoint): string | null =>
  action === null ? null : definitionOf(action).unfit(action, endpoint)

/** Names of the endpoints at which it strikes as it stands. */
export const strikesOf = (form: FaultForm): string[] =>
  fitnessOf(form)
    .filter(({ reason, endpoint: { name } }) => reason === null && isNamed(form, name))
    .map(({ endpoint }) => endpoint.name)

const isNamed = ({ endpoints }: FaultForm, name: string): boolean =>
  endpoints.length === 0 || endpoints.includes(name)

/** What is wrong with the endpoints that are named, in a sentence; null when each of them can be struck. */
export function misfitWords(form: FaultForm): string | null {
  const misfit = fitnessOf(form).find(
    ({ reason, endpoint }) => reason !== null && form.endpoints.includes(endpoint.name),
  )
  if (misfit) return `It would never take effect at ${misfit.endpoint.name}, ${misfit.reason}.`
  return strikesOf(form).length === 0 ? 'There is no request on which it could take effect.' : null
}

/** The endpoints that limit what can be chosen. */
export const namedEndpoints = ({ endpoints }: FaultForm): FaultEndpoint[] =>
  faultEndpoints.filter(({ name }) => endpoints.includes(name))
