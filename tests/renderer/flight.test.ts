import { expect, test } from 'vitest'
import { isFlying } from '../../renderer/ui/flight.ts'

const at = (offset: number, isScrolling = true) => ({ offset, isScrolling, screen: 600 })

test.each([
  ['more than a screen at once', { offset: 0, flying: false }, at(601), true],
  ['a screen at most', { offset: 0, flying: true }, at(600), false],
  ['upwards, too', { offset: 2_000, flying: false }, at(1_399), true],
  ['drawn again on the way: as before', { offset: 900, flying: true }, at(900), true],
  ['drawn again where nothing flew', { offset: 900, flying: false }, at(900), false],
  ['come to rest', { offset: 900, flying: true }, at(900, false), false],
  ['not measured yet', { offset: 0, flying: false }, { ...at(900), screen: 0 }, false],
])('a list flies by: %s', (_what, last, motion, flying) => {
  expect(isFlying(last, motion)).toBe(flying)
})
