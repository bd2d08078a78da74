import type { FaultMatch } from '../../../../shared/contract/faults/match.ts'
import type { RequestContext } from '../context.ts'
import type { RequestFacts } from './facts.ts'
import type { ArmedFault } from './faults.ts'

/** Whether a fault is for this place at all: endpoint, issuer and method. */
export function isForPlace(
  { match, strikes }: ArmedFault,
  endpoint: string,
  { issuerName, method }: RequestContext,
): boolean {
  if (!strikes.has(endpoint)) return false
  if (match.issuers.length > 0 && !match.issuers.includes(issuerName)) return false
  return match.method === null ? method !== 'OPTIONS' : match.method === method
}

/** Whether it is for such a request. */
export const isForRequest = (match: FaultMatch, facts: RequestFacts): boolean =>
  isOr(match.clientId, facts.clientId) &&
  isOr(match.userId, facts.userId) &&
  isOr(match.grantType, facts.grantType) &&
  hasParameter(match.parameter, facts.parameters)

const isOr = (wanted: string | null, seen: string | null): boolean => wanted === null || wanted === seen

function hasParameter(wanted: FaultMatch['parameter'], parameters: RequestFacts['parameters']): boolean {
  if (wanted === null) return true
  return wanted.value === null ? parameters.has(wanted.name) : parameters.get(wanted.name) === wanted.value
}
