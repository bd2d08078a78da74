import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { ensureBrowser } from './browser.mjs'
import { ensureDebianClients } from './debian-clients.mjs'
import { ensureVirtualDisplay, hasDisplay, virtualDisplay } from './display.mjs'
import { ensureElectron } from './electron.mjs'
import { Failure } from './failure.mjs'
import { checkout, commandFile } from './paths.mjs'
import { heldBack, seconds } from './progress.mjs'
import { countPlaywright, countVitest } from './reports.mjs'
import { run } from './spawn.mjs'

/**
 * @typedef {import('./reports.mjs').Counts} Counts
 * @typedef {{ node: string, progress: import('./progress.mjs').Progress, reports: string }} Tools
 */

/**
 * `bring` gets from elsewhere what `run` finds then. It begins while the stages before go on.
 *
 * @typedef {{ name: string, title: string, unasked: boolean, bring?(tools: Tools): Promise<unknown>, run(tools: Tools): Promise<Counts> }} Stage
 */

/** @type {Stage[]} */
const stages = [
  {
    name: 'lint',
    title: 'Lint',
    unasked: true,
    run: (tools) => command(tools, '@biomejs/biome', ['check', '.']),
  },
  { name: 'types', title: 'Types', unasked: true, run: checkTypes },
  {
    name: 'unit',
    title: 'Unit and protocol tests',
    unasked: true,
    bring: bringBrowserIfCan,
    run: (tools) => runVitest(tools),
  },
  {
    name: 'browser',
    title: 'Workbench in a browser',
    unasked: true,
    bring: bringBrowser,
    run: runInBrowser,
  },
  {
    name: 'electron',
    title: 'Workbench in Electron',
    unasked: true,
    bring: bringElectron,
    run: runInElectron,
  },
  // Needs programs that come with Debian alone.
  {
    name: 'clients',
    title: "Clients of Debian's packages",
    unasked: false,
    bring: bringDebianClients,
    run: runDebianClients,
  },
]

/**
 * @param {string[]} args
 * @throws {Failure} for an unknown flag or stage
 */
export function selectedStages(args) {
  const unknownFlag = args.find((arg) => !/^--(only|also)=/.test(arg))
  if (unknownFlag) {
    throw new Failure(`Unknown argument ${unknownFlag}; there are --only= and --also=, for ${names()}`, {
      exitCode: 2,
    })
  }
  const named = (/** @type {string} */ flag) =>
    args.flatMap((arg) => (arg.startsWith(flag) ? arg.slice(flag.length).split(',') : []))
  const [only, also] = [named('--only='), named('--also=')]
  const unknown = [...only, ...also].find((name) => !stages.some((stage) => stage.name === name))
  if (unknown !== undefined)
    throw new Failure(`Unknown stage "${unknown}"; there are ${names()}`, { exitCode: 2 })
  const wanted = (/** @type {Stage} */ { name, unasked }) => (only.length > 0 ? only.includes(name) : unasked)
  return stages.filter((stage) => wanted(stage) || also.includes(stage.name))
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
  /** @type {Counts} */
  let total = { passed: 0, failed: 0, remarks: [] }
  const summary = []
  const brought = bringAhead(selected, tools)
  for (const stage of selected) {
    tools.progress.note(`--- ${stage.title}`)
    const start = performance.now()
    const counts = await runStage(stage, tools, brought.get(stage))
    const line = `${stage.title}: ${counts.passed} passed, ${counts.failed} failed in ${seconds(performance.now() - start)}`
    total = sum([total, counts])
    summary.push(line)
  }
  tools.progress.note('---')
  for (const line of summary) tools.progress.note(line)
  if (total.remarks.length > 0) tools.progress.note('---')
  for (const line of total.remarks) tools.progress.note(line)
  return total
}

/**
 * Brings what the stages need, one after the other: package managers let one in at a time. What is said meanwhile stands under
 * the stage it is for.
 *
 * @param {Stage[]} selected
 * @param {Tools} tools
 * @returns {Map<Stage, () => Promise<unknown>>} by stage: waits for what is for it
 */
function bringAhead(selected, tools) {
  /** @type {Promise<unknown>} */
  let last = Promise.resolve()
  const bring = (/** @type {Stage} */ stage) => {
    const progress = heldBack(tools.progress)
    const brought = last.then(() => stage.bring?.({ ...tools, progress }))
    // Whoever waits for it hears why it failed; the next one is brought all the same.
    last = brought.catch(() => {})
    return () => {
      progress.release()
      return brought
    }
  }
  return new Map(selected.map((stage) => [stage, bring(stage)]))
}

/**
 * A stage that cannot run is a failure like any other.
 *
 * @param {Stage} stage
 * @param {Tools} tools
 * @param {() => Promise<unknown>} [brought]
 * @returns {Promise<Counts>}
 */
async function runStage(stage, tools, brought) {
  try {
    await brought?.()
    return await stage.run(tools)
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    tools.progress.note(`${stage.title} could not run: ${error.message}\n${error.detail}`.trimEnd())
    return { passed: 0, failed: 1, remarks: [`${stage.title} could not run: ${error.message}`] }
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
  return oneTest(code === 0, `${packageName} ${args.join(' ')}`)
}

/**
 * @param {boolean} passed
 * @param {string} name
 * @returns {Counts}
 */
const oneTest = (passed, name) =>
  passed ? { passed: 1, failed: 0, remarks: [] } : { passed: 0, failed: 1, remarks: [`failed: ${name}`] }

/**
 * As many projects at a time as there are cores, each on one of them: a checker more per project does half of the work again.
 *
 * @param {Tools} tools
 */
async function checkTypes({ node }) {
  const { scripts } = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8'))
  const projects = [...scripts.typecheck.matchAll(/tsc -p (\S+)/g)].map((match) => match[1])
  /** @type {string[]} */
  const remarks = []
  const next = async () => {
    for (let project = projects.shift(); project; project = projects.shift()) {
      const args = ['-p', project, '--checkers', '1', '--pretty', String(process.stdout.isTTY === true)]
      const { code, output } = await run(node, [commandFile(checkout, 'typescript'), ...args], {
        cwd: checkout,
      })
      process.stdout.write(output)
      if (code !== 0) remarks.push(`failed: typescript -p ${project}`)
    }
  }
  await Promise.all(Array.from({ length: availableParallelism() }, next))
  return { ...oneTest(remarks.length === 0, 'types'), remarks }
}

/**
 * @param {Tools} tools
 * @param {{ args?: string[], env?: NodeJS.ProcessEnv, name?: string }} [options]
 */
async function runVitest({ node, reports }, { args: more = [], env = {}, name = 'vitest' } = {}) {
  const report = join(reports, `${name}.json`)
  const args = [
    'run',
    '--allowOnly=false',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...more,
  ]
  const { code } = await run(node, [commandFile(checkout, 'vitest'), ...args], {
    cwd: checkout,
    env: { ...process.env, GRANTSCOPE_TEST_BUILT: '1', ...env },
    inherit: true,
  })
  return countVitest(report, code)
}

/** @param {Tools} tools */
function bringBrowser({ progress }) {
  return ensureBrowser(progress)
}

/**
 * Some clients log in with a browser. Where there is none the others run all the same, and those say what is missing.
 *
 * @param {Tools} tools
 */
async function bringBrowserIfCan(tools) {
  await bringBrowser(tools).catch((error) => {
    if (!(error instanceof Failure)) throw error
    tools.progress.note(error.message)
  })
}

/** @param {Tools} tools */
async function bringDebianClients(tools) {
  await ensureDebianClients(tools.progress)
  await bringBrowser(tools)
}

/** @param {Tools} tools */
async function runDebianClients(tools) {
  const env = { GRANTSCOPE_BROWSER: await bringBrowser(tools) }
  return runVitest(tools, { args: ['--config=tests/debian/vitest.config.ts'], env, name: 'debian' })
}

/** @param {Tools} tools */
async function runInBrowser(tools) {
  const env = { GRANTSCOPE_BROWSER: await bringBrowser(tools) }
  return runPlaywright('browser', tools, { env, args: ['--workers=2'] })
}

/** @param {Tools} tools */
async function bringElectron(tools) {
  await ensureElectron({ ...tools, mayAssemble: true })
  if (!hasDisplay()) await ensureVirtualDisplay(tools.progress)
}

/**
 * Two windows at a time, where each can have a virtual display: they share neither focus nor clipboard then. On the user's own
 * display there is one of each, and so one window.
 *
 * @param {Tools} tools
 */
async function runInElectron(tools) {
  const runtime = await ensureElectron({ ...tools, mayAssemble: true })
  const env = { ...runtime.env, GRANTSCOPE_ELECTRON: runtime.executable }
  const displays = hasDisplay() ? [] : [await virtualDisplay(), await virtualDisplay()]
  try {
    return await runPlaywright('electron', tools, {
      env: { ...env, GRANTSCOPE_TEST_DISPLAYS: displays.map(({ name }) => name).join(' ') },
      args: [`--workers=${Math.max(displays.length, 1)}`, '--output=test-results/electron'],
    })
  } finally {
    for (const display of displays) display.close()
  }
}

/**
 * @param {Counts[]} counts
 * @returns {Counts}
 */
function sum(counts) {
  return counts.reduce((a, b) => ({
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    remarks: [...a.remarks, ...b.remarks],
  }))
}

/**
 * @param {string} project
 * @param {Tools} tools
 * @param {{ env: NodeJS.ProcessEnv, args: string[] }} options
 */
async function runPlaywright(project, { node, reports }, { env, args }) {
  const report = join(reports, `playwright-${project}.json`)
  const command = ['test', `--project=${project}`, '--forbid-only', '--reporter=list,json', ...args]
  const { code } = await run(node, [commandFile(checkout, '@playwright/test'), ...command], {
    cwd: checkout,
    env: { ...process.env, ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
    inherit: true,
  })
  return countPlaywright(report, code)
}
