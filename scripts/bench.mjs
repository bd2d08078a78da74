/** npm run bench: sets up, then compares the issuer with a bare server. */
import './lib/require-node.mjs'
import { join } from 'node:path'
import { runMain } from './lib/failure.mjs'
import { checkout } from './lib/paths.mjs'
import { progressOn } from './lib/progress.mjs'
import { setUp } from './lib/setup.mjs'
import { runForeground } from './lib/spawn.mjs'

await runMain(async () => {
  const { node } = await setUp(progressOn(process.stderr))
  const { code } = await runForeground(
    node,
    [join(checkout, 'tests', 'bench', 'index.ts'), ...process.argv.slice(2)],
    {
      cwd: checkout,
    },
  )
  return code
})
