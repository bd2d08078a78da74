// Text for moments and lengths of time. Moments are epoch milliseconds; `now` is the issuer's clock.

const pad = (value: number, width = 2) => String(value).padStart(width, '0')

/** "2026-03-01 14:05:09", in the user's time zone. */
export function formatAbsolute(at: number): string {
  const date = new Date(at)
  return `${formatDay(date)} ${formatClock(at)}`
}

const formatDay = (date: Date) => `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`

/** "14:05:09", in the user's time zone. */
export function formatClock(at: number): string {
  const date = new Date(at)
  return `${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}`
}

/** NumericDate of RFC 7519: whole seconds since the epoch. */
export const toEpochSeconds = (at: number): number => Math.floor(at / 1000)

const units = [
  ['d', 86_400],
  ['h', 3600],
  ['m', 60],
  ['s', 1],
] as const

/** The two largest parts of a length in seconds: "2 d 3 h", "15 m", "9 s". Signs are dropped. */
export function formatDuration(seconds: number): string {
  let rest = Math.floor(Math.abs(seconds))
  const parts: string[] = []
  for (const [unit, size] of units) {
    const count = Math.floor(rest / size)
    rest -= count * size
    if (count > 0) parts.push(`${count} ${unit}`)
    else if (parts.length > 0) break
    if (parts.length === 2) break
  }
  return parts.join(' ') || '0 s'
}

/** "in 5 m", "3 h 2 m ago", "now". */
export function formatRelative(at: number, now: number): string {
  const seconds = Math.trunc((at - now) / 1000)
  if (seconds === 0) return 'now'
  return seconds > 0 ? `in ${formatDuration(seconds)}` : `${formatDuration(seconds)} ago`
}

const secondsIn: Readonly<Record<string, number>> = {
  '': 1,
  s: 1,
  sec: 1,
  m: 60,
  min: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
}

/** Seconds in "900", "15m", "1 h 30 min" or "7d"; null when it is none of these. */
export function parseDuration(text: string): number | null {
  const compact = text.trim().toLowerCase()
  if (!/^(\d+(\.\d+)?\s*[a-z]*\s*)+$/.test(compact)) return null
  let total = 0
  for (const [, count, unit = ''] of compact.matchAll(/(\d+(?:\.\d+)?)\s*([a-z]*)/g)) {
    const size = secondsIn[unit]
    if (size === undefined) return null
    total += Number(count) * size
  }
  return Math.round(total)
}

/** What a screen reader is told as a countdown passes 5 min, 1 min and its end; null at all other moments. */
export function countdownAnnouncement(before: number, left: number): string | null {
  if (before > 0 && left <= 0) return 'expired'
  if (before > 60 && left <= 60 && left > 0) return 'expires in 1 minute'
  if (before > 300 && left <= 300 && left > 60) return 'expires in 5 minutes'
  return null
}
