import type { ProfileIssuer, ProfileSnapshot } from '../../../../shared/contract/operations/flow-profiles.ts'
import type { Core } from '../../core.ts'
import { publicUrl } from '../../issuers.ts'

/** Where the issuer of a profile is asked for; null for one that has no URL, and for our own while it does not listen. */
export function issuerUrlOf(core: Core, { issuer }: { issuer: ProfileIssuer }): string | null {
  if (issuer.kind === 'built-in') return publicUrl(core, issuer.name) ?? null
  return issuer.kind === 'discovery' ? issuer.url : issuer.issuer
}

/** Our own issuer goes by its clock, which can be moved; everybody else by real time. */
export const clockOf = ({ issuer }: Pick<ProfileSnapshot, 'issuer'>): 'issuer' | 'real' =>
  issuer.kind === 'built-in' ? 'issuer' : 'real'

/** Seconds since the epoch, on the clock of the profile's issuer. */
export const nowOf = (core: Core, profile: Pick<ProfileSnapshot, 'issuer'>): number =>
  Math.floor(millisecondsOf(core, clockOf(profile)) / 1000)

export const millisecondsOf = ({ clock }: Core, which: 'issuer' | 'real'): number =>
  which === 'issuer' ? clock.now() : clock.real.now()

/** Whether a URL is of our own issuer, whose log then has the exchange. */
export function isOurs(core: Core, url: string): boolean {
  const { origin } = new URL(url)
  const own = [core.where()?.issuer, core.options.issuer]
  return own.some((issuer) => issuer !== undefined && new URL(issuer).origin === origin)
}
