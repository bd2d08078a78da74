import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ensureBrowser } from './browser.mjs'
import { displayForTests } from './display.mjs'
import { ensureElectron } from './electron.mjs'
import { Failure } from './failure.mjs'
import { checkout, commandFile } from './paths.mjs'
import { seconds } from './progress.mjs'
import { countPlaywright, countVitest } from './reports.mjs'
import { run } from './spawn.mjs'

/**
 * @typedef {import('./reports.mjs').Counts} Counts
 * @typedef {{ node: string, progress: import('./progress.mjs').Progress, reports: string }} Tools
 * @typedef {{ name: string, title: string, run(tools: Tools): Promise<Counts> }} Stage
 */

/** @type {Stage[]} */
const stages = [
  { name: 'lint', title: 'Lint', run: (tools) => command(tools, '@biomejs/biome', ['check', '.']) },
  { name: 'types', title: 'Types', run: checkTypes },
  { name: 'unit', title: 'Unit and protocol tests', run: runVitest },
  { name: 'browser', title: 'Workbench in a browser', run: runInBrowser },
  { name: 'electron', title: 'Workbench in Electron', run: runInElectron },
]

/**
 * @param {string[]} args
 * @throws {Failure} for an unknown flag or stage
 */
export function selectedStages(args) {
  const unknownFlag = args.find((arg) => !arg.startsWith('--only='))
  if (unknownFlag)
    throw new Failure(`Unknown argument ${unknownFlag}; there is only --only=${names()}`, { exitCode: 2 })
  const wanted = args.flatMap((arg) => arg.slice('--only='.length).split(','))
  const unknown = wanted.find((name) => !stages.some((stage) => stage.name === name))
  if (unknown !== undefined)
    throw new Failure(`Unknown stage "${unknown}"; there are ${names()}`, { exitCode: 2 })
  return wanted.length === 0 ? stages : stages.filter(({ name }) => wanted.includes(name))
}

function names() {
  return stages.map(({ name }) => name).join(',')
}

/**
 * Runs all stages, whatever happens to each, and adds up what they counted.
 *
 * @param {Stage[]} selected
 * @param {Tools} tools
 * @returns {Promise<Counts>}
 */
export async function runStages(selected, tools) {
  const total = { passed: 0, failed: 0 }
  const summary = []
  for (const stage of selected) {
    tools.progress.note(`--- ${stage.title}`)
    const start = performance.now()
    const counts = await runStage(stage, tools)
    const line = `${stage.title}: ${counts.passed} passed, ${counts.failed} failed in ${seconds(performance.now() - start)}`
    total.passed += counts.passed
    total.failed += counts.failed
    summary.push(line)
  }
  tools.progress.note('---')
  for (const line of summary) tools.progress.note(line)
  return total
}

/**
 * A stage that cannot run is a failure like any other.
 *
 * @param {Stage} stage
 * @param {Tools} tools
 * @returns {Promise<Counts>}
 */
async function runStage(stage, tools) {
  try {
    return await stage.run(tools)
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    tools.progress.note(`${stage.title} could not run: ${error.message}\n${error.detail}`.trimEnd())
    return { passed: 0, failed: 1 }
  }
}

/**
 * @param {Tools} tools
 * @param {string} packageName
 * @param {string[]} args
 * @returns {Promise<Counts>}
 */
async function command({ node }, packageName, args) {
  const { code } = await run(node, [commandFile(checkout, packageName), ...args], {
    cwd: checkout,
    inherit: true,
  })
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
}

/** @param {Tools} tools */
async function checkTypes(tools) {
  const { scripts } = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8'))
  const projects = [...scripts.typecheck.matchAll(/tsc -p (\S+)/g)].map((match) => match[1])
  const results = []
  for (const project of projects) results.push(await command(tools, 'typescript', ['-p', project]))
  return results.every(({ failed }) => failed === 0) ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
}

/** @param {Tools} tools */
async function runVitest({ node, reports }) {
  const report = join(reports, 'vitest.json')
  const args = [
    'run',
    '--allowOnly=false',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]
  const { code } = await run(node, [commandFile(checkout, 'vitest'), ...args], {
    cwd: checkout,
    inherit: true,
  })
  return countVitest(report, code)
}

/** @param {Tools} tools */
async function runInBrowser(tools) {
  return runPlaywright('browser', tools, { GRANTSCOPE_BROWSER: await ensureBrowser(tools.progress) })
}

/** @param {Tools} tools */
async function runInElectron(tools) {
  const runtime = await ensureElectron({ ...tools, mayAssemble: true })
  const display = await displayForTests(tools.progress)
  try {
    const env = { ...runtime.env, ...display.env, GRANTSCOPE_ELECTRON: runtime.executable }
    return await runPlaywright('electron', tools, env)
  } finally {
    display.close()
  }
}

/**
 * @param {string} project
 * @param {Tools} tools
 * @param {NodeJS.ProcessEnv} env
 */
async function runPlaywright(project, { node, reports }, env) {
  const report = join(reports, `playwright-${project}.json`)
  const args = ['test', `--project=${project}`, '--forbid-only', '--reporter=list,json']
  const { code } = await run(node, [commandFile(checkout, '@playwright/test'), ...args], {
    cwd: checkout,
    env: { ...process.env, ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
    inherit: true,
  })
  return countPlaywright(report, code)
}
