import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { countPlaywright, countVitest } from '../../scripts/lib/reports.mjs'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'grantscope-reports-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function report(content: unknown): string {
  const file = join(folder, 'report.json')
  writeFileSync(file, JSON.stringify(content))
  return file
}

const vitestFile = (status: string, ...tests: string[]) => ({
  status,
  assertionResults: tests.map((one) => ({ status: one })),
})

describe("vitest's report", () => {
  test('counts what passed and what failed', () => {
    const file = report({
      testResults: [vitestFile('passed', 'passed', 'passed'), vitestFile('failed', 'failed')],
    })
    expect(countVitest(file, 1)).toMatchObject({ passed: 2, failed: 1 })
  })

  test('names each that failed by the first line of its error, and a file that could not be loaded', () => {
    const failed = { status: 'failed', fullName: 'adds up', failureMessages: ['expected 1 to be 2\n at x'] }
    const testResults = [
      { status: 'failed', assertionResults: [{ status: 'passed', fullName: 'fine' }, failed] },
      { status: 'failed', name: 'b.test.ts', message: 'no such module', assertionResults: [] },
    ]
    expect(countVitest(report({ testResults }), 1).remarks).toEqual([
      'failed: adds up: expected 1 to be 2',
      'could not be loaded: b.test.ts: no such module',
    ])
  })

  test('counts skipped and to-do tests as failed', () => {
    const file = report({ testResults: [vitestFile('passed', 'passed', 'skipped', 'pending', 'todo')] })
    expect(countVitest(file, 0)).toMatchObject({ passed: 1, failed: 3 })
  })

  test('counts a file that could not be loaded as one failure', () => {
    const file = report({ testResults: [vitestFile('passed', 'passed'), vitestFile('failed')] })
    expect(countVitest(file, 1)).toMatchObject({ passed: 1, failed: 1 })
  })

  test('an error outside every test is one failure', () => {
    const file = report({ testResults: [vitestFile('passed', 'passed')] })
    expect(countVitest(file, 1)).toMatchObject({ passed: 1, failed: 1 })
  })

  test('no test at all is one failure, as is no report', () => {
    expect(countVitest(report({ testResults: [] }), 0)).toMatchObject({ passed: 0, failed: 1 })
    expect(countVitest(join(folder, 'absent.json'), 0)).toMatchObject({ passed: 0, failed: 1 })
  })
})

describe("Playwright's report", () => {
  const stats = { expected: 3, unexpected: 0, flaky: 0, skipped: 0 }

  test('counts what passed, at the second try, too; unexpected and skipped tests have not', () => {
    expect(countPlaywright(report({ stats }), 0)).toMatchObject({ passed: 3, failed: 0 })
    const mixed = report({ stats: { expected: 3, unexpected: 1, flaky: 1, skipped: 2 } })
    expect(countPlaywright(mixed, 1)).toMatchObject({ passed: 4, failed: 3 })
  })

  test('names what failed by the first line of its error, and what needed a second try', () => {
    const spec = (title: string, status: string, ...messages: string[]) => ({
      title,
      file: 'a.spec.ts',
      line: 7,
      tests: [{ status, results: [{ errors: messages.map((message) => ({ message })) }, { errors: [] }] }],
    })
    const suites = [
      {
        specs: [spec('fine', 'expected')],
        suites: [
          {
            specs: [
              spec('broken', 'unexpected', '\u001b[31mError: no button\u001b[39m\n  at x'),
              spec('shaky', 'flaky', 'Timeout'),
            ],
          },
        ],
      },
    ]
    const counts = countPlaywright(report({ stats: { ...stats, unexpected: 1, flaky: 1 }, suites }), 1)
    expect(counts.remarks).toEqual([
      'unexpected: a.spec.ts:7 broken: Error: no button',
      'passed only at the second try: a.spec.ts:7 shaky: Timeout',
    ])
  })

  test('a run that failed with no failed test is one failure, as is no report', () => {
    expect(countPlaywright(report({ stats }), 1)).toMatchObject({ passed: 3, failed: 1 })
    expect(countPlaywright(join(folder, 'absent.json'), 0)).toMatchObject({ passed: 0, failed: 1 })
  })
})
