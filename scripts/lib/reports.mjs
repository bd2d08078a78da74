import { readFileSync } from 'node:fs'

/** @typedef {{ passed: number, failed: number }} Counts */

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
  /** @type {{ status: string, assertionResults: { status: string }[] }[]} */
  const files = report.testResults
  const results = files.flatMap(({ assertionResults }) => assertionResults)
  const passed = results.filter(({ status }) => status === 'passed').length
  const unloaded = files.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((result) => result.status === 'failed'),
  )
  return settled({ passed, failed: results.length - passed + unloaded.length }, exitCode)
}

/**
 * Tests counted by Playwright's JSON report; skipped and flaky ones have not passed.
 *
 * @param {string} file
 * @param {number} exitCode Playwright's
 * @returns {Counts}
 */
export function countPlaywright(file, exitCode) {
  const report = read(file)
  if (!report) return ranNothing
  const { expected, unexpected, flaky, skipped } = report.stats
  return settled({ passed: expected, failed: unexpected + flaky + skipped }, exitCode)
}

/** @type {Counts} */
const ranNothing = { passed: 0, failed: 1 }

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
