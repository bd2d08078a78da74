import { expect, test } from 'vitest'
import { fromKept, toKept } from '../../electron/server/store/kept-verdicts.ts'
import type { Verdict } from '../../shared/contract/operations/traces.ts'
import { checkForm } from '../../shared/protocol/checks/request/index.ts'

const { id: check, title, spec } = checkForm
const passed: Verdict = { check, title, spec, outcome: 'passed', observed: null, expected: null, hint: null }

test.each<[string, Verdict]>([
  ['a check that passed', passed],
  ['one that observed something', { ...passed, observed: '40 bytes' }],
  ['one that failed', { ...passed, outcome: 'failed', observed: 'a', expected: 'b', hint: 'c' }],
  ['one that only warned', { ...passed, outcome: 'warned', expected: 'b' }],
  ['one that passed with a hint', { ...passed, hint: 'c' }],
  ['one that another version calls otherwise', { ...passed, title: 'The form was good' }],
  ['one that another version takes from another section', { ...passed, spec: 'RFC 6749 3.1' }],
  ['one that nobody knows here', { ...passed, check: 'of.another' }],
])('of %s everything comes back', (_what, verdict) => {
  expect(fromKept(JSON.parse(JSON.stringify(toKept(verdict))))).toEqual(verdict)
})

test('of a check that passed no more is kept than cannot be looked up', () => {
  expect([toKept(passed), toKept({ ...passed, observed: '40 bytes' })]).toEqual([check, [check, '40 bytes']])
})

test('what a check was called that is not there any more is its id', () => {
  expect(fromKept('gone.check')).toEqual({ ...passed, check: 'gone.check', title: 'gone.check', spec: '' })
})
