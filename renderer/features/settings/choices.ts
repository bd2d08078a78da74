import type { Settings } from '../../../shared/contract/settings.ts'
import type { SigningAlg } from '../../../shared/contract/values.ts'

export const algorithms: readonly { value: SigningAlg; label: string; about: string }[] = [
  { value: 'RS256', label: 'RS256', about: 'RSA with SHA-256. What every library knows; the default.' },
  { value: 'PS256', label: 'PS256', about: 'RSA-PSS with SHA-256. What financial profiles ask for.' },
  { value: 'ES256', label: 'ES256', about: 'Elliptic curve P-256 with SHA-256. Short signatures.' },
  { value: 'EdDSA', label: 'EdDSA', about: 'Ed25519. Short and fast; older libraries do not know it.' },
  {
    value: 'HS256',
    label: 'HS256 (shared secret)',
    about: 'HMAC with SHA-256. Your API needs the secret itself, as nothing is published at /jwks.',
  },
]

type LifetimeField = Extract<keyof Settings, `${string}Lifetime`>

export const lifetimes: readonly { field: LifetimeField; label: string; about: string }[] = [
  { field: 'accessTokenLifetime', label: 'Access token lives', about: 'As expires_in and exp say.' },
  { field: 'refreshTokenLifetime', label: 'Refresh token lives', about: 'Rotated at each use.' },
  { field: 'pendingTokenLifetime', label: 'Pending token lives', about: 'Time to enter a second factor.' },
  { field: 'sessionLifetime', label: 'Session lives', about: 'The session_id cookie of /login.' },
]

export interface ClockStep {
  label: string
  seconds: number
}

/** How far the buttons move the clock: past what expires by default, and back. */
export const clockSteps: readonly ClockStep[] = [
  { label: '−1 h', seconds: -3600 },
  { label: '−5 m', seconds: -300 },
  { label: '+5 m', seconds: 300 },
  { label: '+15 m', seconds: 900 },
  { label: '+1 h', seconds: 3600 },
  { label: '+1 d', seconds: 86_400 },
  { label: '+8 d', seconds: 691_200 },
]

const tenYearsMs = 315_360_000_000

/** An offset within what the core allows. */
export const limitOffset = (offsetMs: number): number => Math.min(tenYearsMs, Math.max(-tenYearsMs, offsetMs))

/** "2 h ahead of real time", "5 m behind real time", "real time". */
export function describeOffset(offsetMs: number, format: (seconds: number) => string): string {
  const seconds = Math.round(offsetMs / 1000)
  if (seconds === 0) return 'real time'
  return `${format(seconds)} ${seconds > 0 ? 'ahead of' : 'behind'} real time`
}

/** Name of the file an export is saved as: "grantscope-2026-03-01.json". */
export const exportName = (now: number): string =>
  `grantscope-${new Date(now).toISOString().slice(0, 10)}.json`
