/** The only source of time in the core. Milliseconds since the epoch. */
export interface Clock {
  now(): number
}

export const systemClock: Clock = { now: () => Date.now() }

export interface ClockSetting {
  offsetMs: number
  /** Where time stands still; null while it runs. */
  frozenAt: number | null
}

/** The issuer's clock: real time, moved by an offset or frozen, while running. */
export interface SimulatedClock extends Clock {
  readonly real: Clock
  setting(): ClockSetting
  set(setting: ClockSetting): void
}

export function createSimulatedClock(real: Clock, initial: ClockSetting): SimulatedClock {
  let current = initial
  return {
    real,
    now: () => current.frozenAt ?? real.now() + current.offsetMs,
    setting: () => current,
    set(setting) {
      current = setting
    },
  }
}
