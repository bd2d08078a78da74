const windowMs = 5000

/** Exchanges per second over the last five seconds. */
export interface Traffic {
  note(): void
  rate(): number
}

export function createTraffic(now: () => number): Traffic {
  let seen: number[] = []
  const recent = () => {
    const since = now() - windowMs
    const first = seen.findIndex((at) => at > since)
    seen = first < 0 ? [] : seen.slice(first)
    return seen.length
  }
  return {
    note() {
      seen.push(now())
      if (seen.length % 1000 === 0) recent()
    },
    rate: () => recent() / (windowMs / 1000),
  }
}
