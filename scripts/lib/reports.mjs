import { readFileSync } from 'node:fs'

/**
 * `remarks`: what deserves a line at the very end: each test that failed, with the first line of its error, and each
 * that passed only at a second try.
 *
 * @typedef {{ passed: number, failed: number, remarks: string[] }} Counts
 */

/**
 * Tests counted by vitest's JSON report. What was skipped or left to do has not passed; a file that
 * could not be loaded is one failure.
 *
 * @param {string} file
 * @param {number} exitCode vitest's
 * @returns {Counts}
 */
export function countVitest(file, exitCode) {
  const report = read(file)
  if (!report) return ranNothing
  /** @type {VitestFile[]} */
  const files = report.testResults
  const results = files.flatMap(({ assertionResults }) => assertionResults)
  const passed = results.filter(({ status }) => status === 'passed').length
  const unloaded = files.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((result) => result.status === 'failed'),
  )
  const remarks = [
    ...results.flatMap(({ status, fullName, failureMessages }) =>
      status === 'passed' ? [] : [remark(status, fullName, failureMessages?.[0])],
    ),
    ...unloaded.map(({ name, message }) => remark('could not be loaded', name, message)),
  ]
  return settled({ passed, failed: results.length - passed + unloaded.length, remarks }, exitCode)
}

/**
 * @typedef {{ status: string, fullName?: string, failureMessages?: string[] }} VitestTest
 * @typedef {{ status: string, name?: string, message?: string, assertionResults: VitestTest[] }} VitestFile
 */

/**
 * Tests counted by Playwright's JSON report. Skipped ones have not passed; one that passed at its second try has, and is
 * named.
 *
 * @param {string} file
 * @param {number} exitCode Playwright's
 * @returns {Counts}
 */
export function countPlaywright(file, exitCode) {
  const report = read(file)
  if (!report) return ranNothing
  const { expected, unexpected, flaky, skipped } = report.stats
  const remarks = testsOf(report).flatMap(({ name, test }) => {
    if (test.status === 'expected') return []
    const said = test.results.flatMap(({ errors }) => errors)[0]?.message
    return [remark(test.status === 'flaky' ? 'passed only at the second try' : test.status, name, said)]
  })
  return settled({ passed: expected + flaky, failed: unexpected + skipped, remarks }, exitCode)
}

/**
 * @typedef {{ status: string, results: { errors: { message?: string }[] }[] }} PlaywrightTest
 * @typedef {{ file?: string, suites?: PlaywrightSuite[], specs?: { title: string, file: string, line: number, tests: PlaywrightTest[] }[] }} PlaywrightSuite
 */

/**
 * @param {PlaywrightSuite} suite
 * @returns {{ name: string, test: PlaywrightTest }[]}
 */
function testsOf({ suites = [], specs = [] }) {
  const own = specs.flatMap(({ title, file, line, tests }) =>
    tests.map((test) => ({ name: `${file}:${line} ${title}`, test })),
  )
  return [...own, ...suites.flatMap(testsOf)]
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: runners colour their errors.
const colours = /\u001b\[[0-9;]*m/g

/**
 * @param {string} what
 * @param {string} [name]
 * @param {string} [error]
 */
function remark(what, name = '', error = '') {
  const firstLine = error.replace(colours, '').trim().split('\n', 1)[0]
  return `${what}: ${name}${firstLine ? `: ${firstLine}` : ''}`
}

/** @type {Counts} */
const ranNothing = { passed: 0, failed: 1, remarks: ['the tests left no report'] }

/** @param {string} file */
function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

/**
 * A runner that failed for a reason no test shows (an error outside tests, no test at all) still
 * counts as one failure.
 *
 * @param {Counts} counts
 * @param {number} exitCode
 * @returns {Counts}
 */
function settled(counts, exitCode) {
  const silent = counts.failed === 0 && (exitCode !== 0 || counts.passed === 0)
  return silent ? { ...counts, failed: 1 } : counts
}
