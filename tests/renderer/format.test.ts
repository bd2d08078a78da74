import { describe, expect, it } from 'vitest'
import { claimMeaning, claimTime } from '../../renderer/ui/format/claims.ts'
import { fieldErrors } from '../../renderer/ui/format/issues.ts'
import { jsonTokens, parseJsonObject } from '../../renderer/ui/format/json.ts'
import { stepIndex } from '../../renderer/ui/format/rows.ts'
import {
  countdownAnnouncement,
  formatDuration,
  formatRelative,
  parseDuration,
  toEpochSeconds,
} from '../../renderer/ui/format/time.ts'

describe('times', () => {
  it.each([
    [0, '0 s'],
    [59, '59 s'],
    [60, '1 m'],
    [899, '14 m 59 s'],
    [3600, '1 h'],
    [3601, '1 h'],
    [90_061, '1 d 1 h'],
    [604_800, '7 d'],
    [-5, '5 s'],
  ])('%i seconds are %s', (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text)
  })

  it.each([
    ['900', 900],
    ['15m', 900],
    ['15 min', 900],
    ['1 h 30 m', 5400],
    ['7d', 604_800],
    ['0.5h', 1800],
    ['1 W', 604_800],
    ['', null],
    ['soon', null],
    ['5 parsecs', null],
    ['-5', null],
  ])('"%s" is %s seconds', (text, seconds) => {
    expect(parseDuration(text)).toBe(seconds)
  })

  it('are relative to the clock that is given, not to this machine', () => {
    const now = Date.UTC(2031, 0, 1)
    expect(formatRelative(now + 90_000, now)).toBe('in 1 m 30 s')
    expect(formatRelative(now - 7_200_000, now)).toBe('2 h ago')
    expect(formatRelative(now + 400, now)).toBe('now')
  })

  it('become a NumericDate by rounding down, before the epoch too', () => {
    expect(toEpochSeconds(1999)).toBe(1)
    expect(toEpochSeconds(-1)).toBe(-1)
  })
})

describe('a countdown announces', () => {
  it('five minutes, one minute and the end, each once', () => {
    const said: [number, string][] = []
    for (let left = 400; left >= -5; left--) {
      const text = countdownAnnouncement(left + 1, left)
      if (text) said.push([left, text])
    }
    expect(said).toEqual([
      [300, 'expires in 5 minutes'],
      [60, 'expires in 1 minute'],
      [0, 'expired'],
    ])
  })

  it('only the last of what a jump of the clock passed', () => {
    expect(countdownAnnouncement(900, -10)).toBe('expired')
    expect(countdownAnnouncement(900, 30)).toBe('expires in 1 minute')
  })

  it('nothing when the clock goes back', () => {
    expect(countdownAnnouncement(-10, 900)).toBeNull()
  })
})

describe('claims', () => {
  it('know their meaning by own name only', () => {
    expect(claimMeaning('exp')).toContain('RFC 7519 4.1.4')
    expect(claimMeaning('constructor')).toBeNull()
  })

  it('are times only when they are numbers a date can hold', () => {
    expect(claimTime('exp', 1700000000)).toBe(1700000000000)
    expect(claimTime('exp', '1700000000')).toBeNull()
    expect(claimTime('exp', 1e300)).toBeNull()
    expect(claimTime('sub', 1700000000)).toBeNull()
  })
})

describe('JSON', () => {
  const value = { 'a "quoted" \\ key': [1, -2.5e10, true, null, 'te:xt', {}], ü: 'x\n"y"' }

  it('cut into pieces is still the same text', () => {
    const text = JSON.stringify(value, null, 2)
    expect(
      jsonTokens(text)
        .map((token) => token.text)
        .join(''),
    ).toBe(text)
  })

  it('tells keys from strings', () => {
    const kinds = jsonTokens('{"a": "b: c", "d": -1}').filter(
      ({ kind }) => !['space', 'punctuation'].includes(kind),
    )
    expect(kinds).toEqual([
      { kind: 'key', text: '"a"' },
      { kind: 'string', text: '"b: c"' },
      { kind: 'key', text: '"d"' },
      { kind: 'number', text: '-1' },
    ])
  })

  it('of an editor must be an object', () => {
    expect(parseJsonObject(' {"a":1} ')).toEqual({ ok: true, value: { a: 1 } })
    expect(parseJsonObject('')).toEqual({ ok: true, value: {} })
    for (const text of ['[]', 'null', '1', '{a}', '{"a":1,}']) expect(parseJsonObject(text).ok).toBe(false)
  })
})

it('issues go to the fields they name, deeper ones with their path', () => {
  const issues = [
    { path: 'changes.email', message: 'not an address' },
    { path: 'changes.claims.roles.0', message: 'too long' },
    { path: 'changes.emails', message: 'unknown' },
    { path: '', message: 'taken' },
  ]
  expect(fieldErrors(issues, ['email', 'claims'], 'changes')).toEqual({
    fields: { email: 'not an address', claims: 'roles.0: too long' },
    rest: [
      { path: 'changes.emails', message: 'unknown' },
      { path: '', message: 'taken' },
    ],
  })
})

it.each([
  ['ArrowDown', -1, 0],
  ['ArrowDown', 99, 99],
  ['ArrowUp', 0, 0],
  ['ArrowUp', -1, 99],
  ['PageDown', 5, 15],
  ['PageUp', 5, 0],
  ['Home', 50, 0],
  ['End', 50, 99],
  ['a', 50, null],
])('%s from row %i of 100 leads to %s', (key, from, to) => {
  expect(stepIndex(key, from, 100, 10)).toBe(to)
})
