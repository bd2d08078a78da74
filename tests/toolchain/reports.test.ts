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
    expect(countVitest(file, 1)).toEqual({ passed: 2, failed: 1 })
  })

  test('counts skipped and to-do tests as failed', () => {
    const file = report({ testResults: [vitestFile('passed', 'passed', 'skipped', 'pending', 'todo')] })
    expect(countVitest(file, 0)).toEqual({ passed: 1, failed: 3 })
  })

  test('counts a file that could not be loaded as one failure', () => {
    const file = report({ testResults: [vitestFile('passed', 'passed'), vitestFile('failed')] })
    expect(countVitest(file, 1)).toEqual({ passed: 1, failed: 1 })
  })

  test('an error outside every test is one failure', () => {
    const file = report({ testResults: [vitestFile('passed', 'passed')] })
    expect(countVitest(file, 1)).toEqual({ passed: 1, failed: 1 })
  })

  test('no test at all is one failure, as is no report', () => {
    expect(countVitest(report({ testResults: [] }), 0)).toEqual({ passed: 0, failed: 1 })
    expect(countVitest(join(folder, 'absent.json'), 0)).toEqual({ passed: 0, failed: 1 })
  })
})

describe("Playwright's report", () => {
  const stats = { expected: 3, unexpected: 0, flaky: 0, skipped: 0 }

  test('counts what passed; unexpected, flaky and skipped tests have not', () => {
    expect(countPlaywright(report({ stats }), 0)).toEqual({ passed: 3, failed: 0 })
    const mixed = report({ stats: { expected: 3, unexpected: 1, flaky: 1, skipped: 2 } })
    expect(countPlaywright(mixed, 1)).toEqual({ passed: 3, failed: 4 })
  })

  test('a run that failed with no failed test is one failure, as is no report', () => {
    expect(countPlaywright(report({ stats }), 1)).toEqual({ passed: 3, failed: 1 })
    expect(countPlaywright(join(folder, 'absent.json'), 0)).toEqual({ passed: 0, failed: 1 })
  })
})
