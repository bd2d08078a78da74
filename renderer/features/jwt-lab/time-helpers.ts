import { parseObject } from '../../../shared/protocol/jose.ts'

/** A change of the times in a payload; seconds from now, null takes the claim away. */
export interface TimeHelper {
  label: string
  times: Readonly<Record<string, number | null>>
}

export const timeHelpers: readonly TimeHelper[] = [
  { label: 'Issued now, for 5 minutes', times: { iat: 0, exp: 300, nbf: null } },
  { label: 'Issued now, for an hour', times: { iat: 0, exp: 3600, nbf: null } },
  { label: 'Expires in 5 minutes', times: { exp: 300 } },
  { label: 'Expired a minute ago', times: { exp: -60, iat: -960 } },
  { label: 'Valid from in 5 minutes on', times: { nbf: 300, exp: 3600 } },
  { label: 'Never expires', times: { exp: null } },
]

/** The payload with these times, laid out; null for one that is no JSON object. `now` in epoch milliseconds. */
export function withTime(payload: string, { times }: TimeHelper, now: number): string | null {
  const claims = parseObject(payload.trim() === '' ? '{}' : payload)
  if (!claims) return null
  for (const [name, seconds] of Object.entries(times)) {
    if (seconds === null) delete claims[name]
    else claims[name] = Math.floor(now / 1000) + seconds
  }
  return JSON.stringify(claims, null, 2)
}
