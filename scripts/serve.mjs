/**
 * npm run serve -- [flags]: sets up, then becomes the headless server. Standard output is the
 * server's alone, so that --json can be read by a script; set-up speaks on standard error.
 */
import './lib/require-node.mjs'
import { join } from 'node:path'
import { runMain } from './lib/failure.mjs'
import { checkout } from './lib/paths.mjs'
import { progressOn } from './lib/progress.mjs'
import { setUp } from './lib/setup.mjs'
import { runForeground } from './lib/spawn.mjs'

await runMain(async () => {
  const { node } = await setUp(progressOn(process.stderr))
  const cli = join(checkout, 'out', 'main', 'cli.js')
  const { code } = await runForeground(node, [cli, 'serve', ...process.argv.slice(2)])
  return code
})
