/**
 * npm start: sets up, then opens the desktop window, or serves the browser workbench and says why.
 * npm run desktop (--desktop): the window or a failure. Other flags go to the app.
 */
import './lib/require-node.mjs'
import { hasDisplay } from './lib/display.mjs'
import { electronArguments, ensureElectron, runsAsRoot } from './lib/electron.mjs'
import { Failure, runMain } from './lib/failure.mjs'
import { checkout } from './lib/paths.mjs'
import { progressOn } from './lib/progress.mjs'
import { setUp } from './lib/setup.mjs'
import { runForeground } from './lib/spawn.mjs'

const progress = progressOn(process.stdout)
const insists = process.argv.includes('--desktop')
const flags = process.argv.slice(2).filter((flag) => flag !== '--desktop')
// An app that ends sooner than this, and not well, has never shown its window.
const windowShownAfterMs = 10_000

await runMain(async () => {
  const { node } = await setUp(progress)
  try {
    return await openDesktop(node)
  } catch (error) {
    if (insists || !(error instanceof Failure)) throw error
    progress.note(`No desktop window: ${error.message}.`)
    progress.note('Serving the browser workbench instead.')
    const { code } = await runForeground(node, ['out/main/cli.js', 'serve', ...flags], { cwd: checkout })
    return code
  }
})

/**
 * @param {string} node
 * @returns {Promise<number>} the app's exit code
 * @throws {Failure} when there can be no window
 */
async function openDesktop(node) {
  if (!hasDisplay()) throw new Failure('there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set)')
  const { executable, env } = await ensureElectron({ node, progress, mayAssemble: insists, patient: insists })
  if (runsAsRoot()) progress.note("Running as root: Chromium's sandbox is off (--no-sandbox).")
  progress.note('Opening the desktop window.')
  const started = performance.now()
  const { code, interrupted } = await runForeground(executable, electronArguments(checkout, flags), {
    cwd: checkout,
    env: { ...process.env, ...env },
  })
  const neverShown = code !== 0 && !interrupted && performance.now() - started < windowShownAfterMs
  if (neverShown) {
    throw new Failure(`Electron (${executable}) ended with code ${code}; its own words are above`)
  }
  return code
}
