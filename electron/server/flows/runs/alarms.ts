import type { Core } from '../../core.ts'
import { millisecondsOf } from './target.ts'

export interface Alarm {
  /** Epoch milliseconds. */
  at: number
  clock: 'issuer' | 'real'
  ring(): void
}

/** What a run does later, by itself. Follows the issuer's clock where that is asked for, also when it is moved or frozen. */
export interface Alarms {
  /** Sets the alarm of this name, in place of the one before. */
  set(name: string, alarm: Alarm): void
  clear(name: string): void
}

/** setTimeout takes no more; and no alarm of a frozen clock is looked at more often than every second. */
const LONGEST_MS = 2_000_000_000
const SHORTEST_MS = 1_000

/** Rings no more once the core closes; its timers keep no process alive. */
export function createAlarms(core: Core): Alarms {
  const alarms = new Map<string, Alarm & { timer: NodeJS.Timeout | undefined }>()

  const clear = (name: string) => {
    clearTimeout(alarms.get(name)?.timer)
    alarms.delete(name)
  }
  const look = (name: string) => {
    const alarm = alarms.get(name)
    if (!alarm) return
    clearTimeout(alarm.timer)
    const left = alarm.at - millisecondsOf(core, alarm.clock)
    if (left > 0) {
      alarm.timer = setTimeout(() => look(name), Math.min(LONGEST_MS, Math.max(SHORTEST_MS, left))).unref()
      return
    }
    alarms.delete(name)
    alarm.ring()
  }
  const stop = core.events.subscribe(({ type }) => {
    if (type !== 'clock') return
    for (const [name, alarm] of [...alarms]) if (alarm.clock === 'issuer') look(name)
  })
  core.closing.addEventListener('abort', () => {
    stop()
    for (const name of [...alarms.keys()]) clear(name)
  })

  return {
    set(name, alarm) {
      clear(name)
      if (core.closing.aborted) return
      alarms.set(name, { ...alarm, timer: undefined })
      look(name)
    },
    clear,
  }
}
