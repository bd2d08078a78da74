export interface ClockStep {
  label: string
  seconds: number
}

/** How far the buttons move the clock: past what expires by default, and back. */
export const clockSteps: readonly ClockStep[] = [
  { label: '−1 h', seconds: -3600 },
  { label: '−5 m', seconds: -300 },
  { label: '+1 m', seconds: 60 },
  { label: '+5 m', seconds: 300 },
  { label: '+15 m', seconds: 900 },
  { label: '+1 h', seconds: 3600 },
  { label: '+1 d', seconds: 86_400 },
  { label: '+8 d', seconds: 691_200 },
]

/** "2 h ahead of real time", "5 m behind real time", "real time". */
export function describeOffset(offsetMs: number, format: (seconds: number) => string): string {
  const seconds = Math.round(offsetMs / 1000)
  if (seconds === 0) return 'real time'
  return `${format(seconds)} ${seconds > 0 ? 'ahead of' : 'behind'} real time`
}

/** Name of the file an export is saved as: "grantscope-2026-03-01.json". */
export const exportName = (now: number): string =>
  `grantscope-${new Date(now).toISOString().slice(0, 10)}.json`
