import { describe, expect, test } from 'vitest'
import { createEventHub } from '../../electron/server/events.ts'
import type { SequencedEvent } from '../../shared/contract/events.ts'

const users = { type: 'changed', noun: 'users' } as const

describe('the event hub', () => {
  test('a late subscriber gets what is held, and one resync for what is not', () => {
    const hub = createEventHub('launch')
    for (let count = 0; count < 20_000; count++) hub.publish(users)
    const replay = (seq: number) => {
      const events: SequencedEvent[] = []
      hub.subscribe((event) => events.push(event), { launch: 'launch', seq })()
      return events
    }
    expect(replay(20_000)).toEqual([])
    expect(replay(19_999)).toEqual([{ launch: 'launch', seq: 20_000, ...users }])
    const latest = replay(15_000)
    expect(latest).toHaveLength(5_000)
    expect(latest.map(({ seq }) => seq)).toEqual(Array.from({ length: 5_000 }, (_, index) => 15_001 + index))
    expect(replay(1)).toEqual([{ launch: 'launch', seq: 20_000, type: 'resync' }])
  })

  test('a subscriber from the beginning of a launch misses nothing', () => {
    const hub = createEventHub('launch')
    const start = hub.cursor()
    expect(start).toEqual({ launch: 'launch', seq: 0 })
    hub.publish(users)
    const events: SequencedEvent[] = []
    hub.subscribe((event) => events.push(event), start)
    hub.publish(users)
    expect(events.map(({ seq }) => seq)).toEqual([1, 2])
  })

  test('two subscribers both hear, and one may stop', () => {
    const hub = createEventHub('launch')
    const heard: string[] = []
    const stop = hub.subscribe(() => heard.push('first'))
    hub.subscribe(() => heard.push('second'))
    hub.publish(users)
    stop()
    hub.publish(users)
    expect(heard).toEqual(['first', 'second', 'second'])
  })
})
