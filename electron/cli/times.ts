const units: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 31_557_600_000],
  ['month', 2_629_800_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
]
const format = new Intl.RelativeTimeFormat('en', { numeric: 'always' })

/** "now", "3 minutes ago", "in 2 hours": in the largest unit that counts at least one. */
export function relativeTime(time: number, now: number): string {
  const distance = time - now
  if (Math.abs(distance) < 1_000) return 'now'
  const [unit, size] = units.find(([, size]) => Math.abs(distance) >= size)!
  return format.format(Math.trunc(distance / size), unit)
}

// Claims whose numbers are times: RFC 7519 4.1, OIDC Core 2 and 5.1, and names that follow their pattern.
const timeClaim = /^(exp|nbf|iat|auth_time|updated_at|\w+_(at|time|exp))$/

/** What a NumericDate (RFC 7519 2) means to a person; null when the claim is no time. */
export function explainTime(claim: string, value: unknown, now: number): string | null {
  if (typeof value !== 'number' || !timeClaim.test(claim)) return null
  // Any date after the year 5138 is really one in milliseconds.
  if (value > 100_000_000_000) {
    const meant = new Date(value)
    const iso = Number.isNaN(meant.getTime()) ? 'no date' : meant.toISOString()
    return `not seconds as RFC 7519 2 wants; ${iso} if milliseconds`
  }
  const date = new Date(value * 1000)
  if (Number.isNaN(date.getTime())) return 'no date'
  return `${date.toISOString().replace('.000Z', 'Z')}, ${relativeTime(date.getTime(), now)}`
}
