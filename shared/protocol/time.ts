/** Epoch milliseconds as ISO 8601 for explanations; says so when the number is no date. */
export const iso = (time: number): string =>
  Math.abs(time) <= 8.64e15 ? new Date(time).toISOString() : `a time out of range (${time})`
