import { z } from 'zod'
import { clientId, issuerName } from '../values.ts'
import { type FaultEndpoint, faultEndpoints } from './endpoints.ts'

const endpointNames = faultEndpoints.map(({ name }) => name) as [string, ...string[]]

/** Which requests a fault is for: those that meet every condition. Null, or an empty list, sets none. */
export const faultMatch = z.strictObject({
  issuers: z.array(issuerName).max(100).default([]),
  /** By their names in exchanges. None means all on which the action can take effect. */
  endpoints: z.array(z.enum(endpointNames)).max(endpointNames.length).default([]),
  /** Null means any but OPTIONS, by which browsers ask beforehand. */
  method: z.enum(['GET', 'POST', 'PUT', 'DELETE', 'OPTIONS']).nullable().default(null),
  clientId: clientId.nullable().default(null),
  /** Whoever the request is about: by user name, session, token or code. */
  userId: z.string().min(1).max(255).nullable().default(null),
  grantType: z.string().min(1).max(200).nullable().default(null),
  /** Of query, form or JSON body. A null value means that it is there at all. */
  parameter: z
    .strictObject({
      name: z.string().min(1).max(200),
      value: z.string().max(10_000).nullable().default(null),
    })
    .nullable()
    .default(null),
})
export type FaultMatch = z.output<typeof faultMatch>

/** Why no request of this endpoint could ever match, as the end of a sentence about its name; null when one can. */
export function neverMatches(match: FaultMatch, endpoint: FaultEndpoint): string | null {
  const { method, clientId, userId, grantType } = match
  if (method !== null && method !== 'OPTIONS' && !endpoint.methods.includes(method))
    return `which takes ${endpoint.methods.join(' or ')}, and never ${method}`
  if (clientId !== null && !endpoint.client) return 'whose requests name no client'
  if (userId !== null && !endpoint.user) return 'whose requests are about no user'
  if (grantType !== null && !endpoint.grants) return 'whose requests have no grant_type'
  return null
}
